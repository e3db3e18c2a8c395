package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.StoredCells;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The shipped topology, started by its command with a settings file.
 *
 * <p>How far it has come is what its group has committed; it is done when its input is committed
 * and the cube has seen the last record of every partition, so that all minutes are closed.
 */
record TopologyContestant(String name, List<String> settings) implements Contestant {

  private static final long LOOK_MILLIS = 100;

  @Override
  public Figures lap(Arena arena, int round) throws Exception {
    Cluster cluster = arena.cluster();
    Input input = arena.full();
    String id = "bench-%s-%d".formatted(name, round);
    Path folder = Files.createDirectories(arena.folder().resolve(id));
    try (Topology topology = Topology.start(new Topology.Setup(cluster, id, folder, settings))) {
      try (Lap lap = new Lap(topology.process(), arena.brokerPid(), input.records())) {
        awaitDone(topology, lap, cluster, id, input);
        lap.end();
        topology.stop();
        Comparison comparison = input.recount().compare();
        StoredCells cells = new StoredCells(cluster.topics().ids());
        cluster.read(id + "-cube-cells-changelog", cells::put);
        cells.forEach(comparison);
        return lap.figures(
            cluster.bytes(id, "-changelog"),
            cluster.bytes(id, "-repartition"),
            comparison.finish());
      }
    } finally {
      cluster.delete(id);
    }
  }

  private static void awaitDone(Topology topology, Lap lap, Cluster cluster, String id, Input input)
      throws Exception {
    long committed = 0;
    Instant last = Instant.ofEpochMilli(input.markerMillis());
    while (committed < input.records() || topology.watermark().isBefore(last)) {
      Thread.sleep(LOOK_MILLIS);
      if (!topology.process().isAlive()) {
        throw topology.process().ended("before it was done");
      }
      committed = cluster.committed(id, input.topic());
      lap.progress(committed);
    }
  }
}
