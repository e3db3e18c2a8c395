package io.tillwatch.load.bench.suite;

import java.io.IOException;
import java.io.PrintWriter;

/** Somebody who does the work. */
interface Contestant {

  /** The name in reports and on the command line. */
  String name();

  /** Gets ready for the laps; tells people when it takes long. */
  default void prepare(PrintWriter out) throws IOException, InterruptedException {}

  /** Does the work once, in a process of its own that is measured. */
  Figures lap(Arena arena, int round) throws Exception;
}
