package io.tillwatch.load.recording;

/** What an event does to a minute. */
@FunctionalInterface
interface Impact {

  /**
   * Changes a minute of the event.
   *
   * @param since minutes since the event began, 0 in its first
   * @param length of the event in minutes
   */
  void on(Minute minute, int since, int length);

  default Impact and(Impact other) {
    return (minute, since, length) -> {
      on(minute, since, length);
      other.on(minute, since, length);
    };
  }
}
