package io.tillwatch.triage.api;

/** What was sent is not what is expected; the message says what was found, and not its value. */
final class NotUnderstood extends Exception {

  private static final long serialVersionUID = 1L;

  private final String expected;

  NotUnderstood(String found, String expected) {
    super(found);
    this.expected = expected;
  }

  /**
   * As it is answered.
   *
   * @param error what it is called, for programs
   */
  Answers.Failure failure(String error) {
    return new Answers.Failure(error, String.valueOf(getMessage()), expected);
  }
}
