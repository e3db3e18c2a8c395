package io.tillwatch.load.bench.suite;

/** Somebody who does the work. */
interface Contestant {

  /** The name in reports and on the command line. */
  String name();

  /** Does the work once, in a process of its own that is measured. */
  Figures lap(Arena arena, int round) throws Exception;
}
