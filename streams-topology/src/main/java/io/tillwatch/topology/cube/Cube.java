package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.commit.CommitHook;
import io.tillwatch.topology.detect.WatchPlan;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The steps CUBE, DETECT and LOCALISE: one task per tenant and kind of event. Thread-safe. */
public final class Cube implements ProcessorSupplier<String, byte[], String, SpecificRecord> {

  /** The cells of minutes. */
  public static final String CELLS_STORE = Rung.MINUTE.store();

  static final String OPEN_STORE = "cube-open";
  static final String STATE_STORE = "cube-state";
  static final String MEMBERS_STORE = "cube-members";
  static final String COMMIT_HOOK = "cube-commit";

  private final CubeSettings settings;
  private final Supplier<WatchPlan> watchPlans;
  private final String tenant;
  private final int sources;
  private final CellBlocks blocks;
  private final CubeMetrics metrics;
  private final CubeBoard board;
  private final InstantSource clock;
  private final boolean writesAtCommit;

  /**
   * Whose cube it is.
   *
   * @param sources ingest tasks that send partials: partitions of the payment topics
   * @param writesAtCommit whether what changed is written at the commit, else with each block
   */
  public record Origin(
      String tenant, int sources, CellBlocks blocks, InstantSource clock, boolean writesAtCommit) {}

  /**
   * A cube of these settings.
   *
   * @param watchPlans the plan that the next minute is judged by, whenever asked
   */
  public Cube(
      CubeSettings settings,
      Supplier<WatchPlan> watchPlans,
      Origin origin,
      CubeMetrics metrics,
      CubeBoard board) {
    this.settings = settings;
    this.watchPlans = watchPlans;
    this.tenant = origin.tenant();
    this.sources = origin.sources();
    this.blocks = origin.blocks();
    this.clock = origin.clock();
    this.writesAtCommit = origin.writesAtCommit();
    this.metrics = metrics;
    this.board = board;
  }

  @Override
  public Processor<String, byte[], String, SpecificRecord> get() {
    return new CubeProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new HashSet<>();
    for (Rung rung : settings.rungs().keySet()) {
      stores.add(CellStore.store(rung.store(), settings.stored(rung), rung.span()));
    }
    stores.add(keyed(OPEN_STORE));
    stores.add(keyed(STATE_STORE));
    stores.add(keyed(MEMBERS_STORE));
    if (writesAtCommit) {
      stores.add(CommitHook.named(COMMIT_HOOK));
    }
    return stores;
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> keyed(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  CubeSettings settings() {
    return settings;
  }

  /** The plan that the next minute is judged by. */
  WatchPlan watchPlan() {
    return watchPlans.get();
  }

  String tenant() {
    return tenant;
  }

  int sources() {
    return sources;
  }

  boolean writesAtCommit() {
    return writesAtCommit;
  }

  CellBlocks blocks() {
    return blocks;
  }

  CubeMetrics metrics() {
    return metrics;
  }

  CubeBoard board() {
    return board;
  }

  InstantSource clock() {
    return clock;
  }
}
