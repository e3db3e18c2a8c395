package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.machine.Jvm;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shipped topology, started by its command with a settings file. How far it has come is what
 * its group has committed.
 */
record TopologyContestant(String name, List<String> settings) implements Contestant {

  @Override
  public Figures lap(Arena arena, int round) throws Exception {
    Cluster cluster = arena.cluster();
    Input input = arena.full();
    String id = "bench-%s-%d".formatted(name, round);
    Path folder = Files.createDirectories(arena.folder().resolve(id));
    Topology.Setup setup = new Topology.Setup(cluster, id, folder, settings);
    try (Topology topology = Topology.start(setup, Jvm.touchedHeap())) {
      try (Lap lap = new Lap(topology.process(), arena.brokerPid(), input.records())) {
        Stored.awaitEnd(topology, cluster, id, input, lap::progress);
        topology.stop();
        return lap.figures(
            cluster.bytes(id, "-changelog"),
            cluster.bytes(id, "-repartition"),
            Stored.compare(cluster, id, input));
      }
    } finally {
      cluster.delete(id);
    }
  }
}
