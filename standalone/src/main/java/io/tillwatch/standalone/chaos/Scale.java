package io.tillwatch.standalone.chaos;

/** How much of a protocol is run. */
enum Scale {
  /** A look in passing: seconds. */
  QUICK,
  /** Minutes. */
  DEFAULT,
  /** All that the protocol asks for. */
  FULL;

  int of(int quick, int dflt, int full) {
    return switch (this) {
      case QUICK -> quick;
      case DEFAULT -> dflt;
      case FULL -> full;
    };
  }
}
