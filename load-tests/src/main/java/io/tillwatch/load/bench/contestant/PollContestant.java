package io.tillwatch.load.bench.contestant;

/** {@code poll}: receives the bytes and does nothing with them. */
final class PollContestant {

  private PollContestant() {}

  static void run(Assignment assignment) throws Exception {
    Announcer announcer = new Announcer();
    Readers.run(assignment, announcer, thread -> records -> {});
    announcer.done();
  }
}
