package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.topology.cell.CellBlocks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The step COMBINE, in the same processor as INGEST, so that no event crosses between the two.
 *
 * @param tenant whose payments
 * @param blocks how partial cells are written
 * @param clock which watermarks never run ahead of
 * @param leavesAtCommit whether partials wait for the commit of their events; else they leave with
 *     each batch
 */
public record Combine(
    CombineSettings settings,
    String tenant,
    CellBlocks blocks,
    InstantSource clock,
    boolean leavesAtCommit) {

  /** Blocks of cells under the subject that all of Tillwatch uses for them. */
  public static CellBlocks blocks(SchemaIds ids) {
    return new CellBlocks("tillwatch.cells-value", ids);
  }

  /** The key of a kind's blocks: all of them meet in one task. */
  public static String keyOf(String tenant, EventKind kind) {
    return tenant + "/" + kind;
  }

  /** The kind whose blocks have this key. */
  public static EventKind kindOf(String key) {
    return EventKind.valueOf(key.substring(key.lastIndexOf('/') + 1));
  }

  /** Which task a key's blocks meet in: kinds side by side, shifted by tenant. */
  public static StreamPartitioner<String, byte[]> partitioner() {
    return (topic, key, value, partitions) -> Optional.of(Set.of(partitionOf(key, partitions)));
  }

  static int partitionOf(String key, int partitions) {
    int slash = key.lastIndexOf('/');
    int shift = key.substring(0, slash).hashCode();
    return Math.floorMod(shift + kindOf(key).ordinal(), partitions);
  }

  /** The combiner of the ingest task of this partition, empty. */
  public Combiner combiner(int partition) {
    return new Combiner(this, partition);
  }

  String keyOf(EventKind kind) {
    return keyOf(tenant, kind);
  }
}
