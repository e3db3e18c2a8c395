package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.suite.SpokenContestant.Program;
import io.tillwatch.load.bench.suite.SpokenContestant.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Another stream processor, from a module that this one does not know. */
record PeerContestant(String name) implements Contestant {

  private static final String MAIN = "io.tillwatch.load.peers.PeerMain";

  /** What Hazelcast asks for on a modular JDK, "to get the best performance results". */
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=java.se",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  @Override
  public void prepare(PrintWriter out) throws IOException, InterruptedException {
    module().ensureBuilt(out);
  }

  @Override
  public Figures lap(Arena arena, int round) throws Exception {
    Program program = new Program(module().classPath(), MAIN, FLAGS, List.of(name));
    return new SpokenContestant(name, program, Work.COUNTS).lap(arena, round);
  }

  private static PeerModule module() {
    return PeerModule.find()
        .orElseThrow(() ->
            new IllegalStateException(
                "the other engines are built from source: run the bench in a checkout, or"
                    + " leave them out of --peers"));
  }
}
