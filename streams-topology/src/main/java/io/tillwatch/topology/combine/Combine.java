package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.ingest.Ingested;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The step COMBINE: in the same task as INGEST. Thread-safe. */
public final class Combine implements ProcessorSupplier<String, Ingested, String, byte[]> {

  static final String COMMIT_HOOK = "combine-commit";

  private final CombineSettings settings;
  private final String tenant;
  private final CellBlocks blocks;
  private final InstantSource clock;

  public Combine(CombineSettings settings, String tenant, CellBlocks blocks, InstantSource clock) {
    this.settings = settings;
    this.tenant = tenant;
    this.blocks = blocks;
    this.clock = clock;
  }

  /** Blocks of cells under the subject that all of Tillwatch uses for them. */
  public static CellBlocks blocks(SchemaIds ids) {
    return new CellBlocks("tillwatch.cells-value", ids);
  }

  /** The key of a kind's blocks: all of them meet in one task. */
  public static String keyOf(String tenant, EventKind kind) {
    return tenant + "/" + kind;
  }

  /** Which task a key's blocks meet in: kinds side by side, shifted by tenant. */
  public static StreamPartitioner<String, byte[]> partitioner() {
    return (topic, key, value, partitions) -> Optional.of(Set.of(partitionOf(key, partitions)));
  }

  static int partitionOf(String key, int partitions) {
    int slash = key.lastIndexOf('/');
    int shift = key.substring(0, slash).hashCode();
    int kind = EventKind.valueOf(key.substring(slash + 1)).ordinal();
    return Math.floorMod(shift + kind, partitions);
  }

  @Override
  public Processor<String, Ingested, String, byte[]> get() {
    return new CombineProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(CommitHook.named(COMMIT_HOOK));
  }

  String keyOf(EventKind kind) {
    return keyOf(tenant, kind);
  }

  CombineSettings settings() {
    return settings;
  }

  String tenant() {
    return tenant;
  }

  CellBlocks blocks() {
    return blocks;
  }

  InstantSource clock() {
    return clock;
  }
}
