package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.product.Cluster;
import io.tillwatch.load.bench.product.StoredCells;
import io.tillwatch.load.bench.product.Topology;
import io.tillwatch.load.bench.recount.Comparison;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import java.time.Instant;
import java.util.function.LongConsumer;

/** How a topology is followed to the end of its input, and what it has stored there. */
final class Stored {

  private static final String CELLS_CHANGELOG = "-cube-cells-changelog";
  private static final long LOOK_MILLIS = 100;

  /** Some commits: each seals what the one before had no time for. */
  private static final long AT_REST_MILLIS = 3_000;

  private Stored() {}

  /**
   * Waits until all input is committed, the cube has seen the last record of every partition, so
   * that all minutes are closed, and all of them are sealed.
   *
   * @param committed is told how many records are, again with all of them as long as cells are
   *     stored
   */
  static void awaitEnd(
      Topology topology, Cluster cluster, String id, Input input, LongConsumer committed)
      throws Exception {
    Instant last = Instant.ofEpochMilli(input.markerMillis());
    awaitCommitted(topology, cluster, id, input, input.records(), committed);
    while (topology.watermark().isBefore(last)) {
      pause(topology);
    }
    awaitSealed(topology, cluster, id, () -> committed.accept(input.records()));
  }

  /** What is sealed shows in the changelog; when it rests, all is. */
  static void awaitSealed(Topology topology, Cluster cluster, String id, Runnable stored)
      throws Exception {
    long bytes = -1;
    long sinceMillis = 0;
    while (bytes < 0 || System.currentTimeMillis() - sinceMillis < AT_REST_MILLIS) {
      long now = cluster.bytes(id, CELLS_CHANGELOG);
      if (now != bytes) {
        bytes = now;
        sinceMillis = System.currentTimeMillis();
        stored.run();
      }
      pause(topology);
    }
  }

  /** Waits until so many records of the input are committed. */
  static void awaitCommitted(
      Topology topology,
      Cluster cluster,
      String id,
      Input input,
      long records,
      LongConsumer committed)
      throws Exception {
    long now = cluster.committed(id, input.topic());
    while (now < records) {
      pause(topology);
      now = cluster.committed(id, input.topic());
      committed.accept(now);
    }
  }

  private static void pause(Topology topology) throws InterruptedException {
    Thread.sleep(LOOK_MILLIS);
    if (!topology.process().isAlive()) {
      throw topology.process().ended("before it was done");
    }
  }

  /** Compares what is stored with the recount. */
  static Differences compare(Cluster cluster, String id, Input input) {
    Comparison comparison = input.recount().compare();
    StoredCells cells = new StoredCells(cluster.topics().ids());
    cluster.read(id + CELLS_CHANGELOG, cells::put);
    cells.forEach(comparison);
    return comparison.finish();
  }
}
