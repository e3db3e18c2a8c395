package io.tillwatch.standalone.chaos;

/** How a stub of an outside system answers at the moment. */
enum Mood {
  WELL,
  /** 429. */
  BUSY,
  /** 503. */
  BROKEN,
  /** Closes the connection, and nothing has happened. */
  RESETS,
  /** Closes the connection after it has done what it was asked to. */
  RESETS_AFTER,
  /** Answers nothing for longer than anybody waits. */
  HANGS,
  /** The same, and it has happened. */
  HANGS_AFTER,
  /** 400. */
  REFUSES,
  /** 401. */
  LOCKED;

  boolean effect() {
    return this == WELL || this == RESETS_AFTER || this == HANGS_AFTER;
  }
}
