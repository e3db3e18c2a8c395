package io.tillwatch.triage.rehearsal;

/** A promise that a rehearsal found broken. */
final class Violation extends RuntimeException {

  Violation(String message) {
    super(message);
  }

  static void unless(boolean kept, String promise, Object... found) {
    if (!kept) {
      throw new Violation(promise.formatted(found));
    }
  }
}
