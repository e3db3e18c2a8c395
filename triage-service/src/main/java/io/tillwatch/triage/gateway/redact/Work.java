package io.tillwatch.triage.gateway.redact;

/**
 * Counts the characters that were looked at, in whatever view. What is decoded beyond the allowance
 * is not looked into but taken out, so that the work is at most a constant times the length.
 */
final class Work {

  /** Looks per character of the text; ordinary text needs one to four. */
  private static final long LOOKS_MAX = 48;

  private static final long ALLOWANCE = 4096;

  private long done;
  private long limit = ALLOWANCE;
  private long total;

  void begin(int length) {
    done = 0;
    limit = ALLOWANCE + LOOKS_MAX * length;
  }

  void add(int length) {
    done += length;
    total += length;
  }

  boolean isOver() {
    return done > limit;
  }

  /** All that was looked at since the beginning. */
  long total() {
    return total;
  }
}
