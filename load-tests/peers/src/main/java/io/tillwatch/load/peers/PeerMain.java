package io.tillwatch.load.peers;

import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.peers.flink.FlinkPeer;
import io.tillwatch.load.peers.jet.JetPeer;
import java.time.Duration;
import java.util.Arrays;

/**
 * The process of a peer: its name, then its assignment. A name that ends in {@code -10s} takes a
 * checkpoint every ten seconds instead of every second.
 */
public final class PeerMain {

  private static final String SLOW = "-10s";

  private PeerMain() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    boolean slow = name.endsWith(SLOW);
    Duration checkpoints = Duration.ofSeconds(slow ? 10 : 1);
    Assignment assignment = Assignment.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
    switch (slow ? name.substring(0, name.length() - SLOW.length()) : name) {
      case "flink" -> FlinkPeer.run(assignment, checkpoints, false);
      case "flink-combiner" -> FlinkPeer.run(assignment, checkpoints, true);
      case "jet" -> JetPeer.run(assignment, checkpoints);
      default -> throw new IllegalArgumentException("no peer " + name);
    }
  }
}
