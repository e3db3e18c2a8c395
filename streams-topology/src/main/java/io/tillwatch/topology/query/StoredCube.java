package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.TopologyApp;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.cube.CubeReader;
import io.tillwatch.topology.cube.CubeReader.LocalStores;
import io.tillwatch.topology.cube.Rung;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * The cube in this instance's stores. Thread-safe.
 *
 * <p>What is owned here is read only once it is restored; else, if a standby copy is here, that
 * one, and then nothing is settled: a copy's stores follow each at their own pace.
 */
public final class StoredCube implements CubeQueries {

  private final Supplier<Optional<TopologyApp>> app;
  private final TopologySettings settings;

  /**
   * @param app empty until it is started
   */
  public StoredCube(Supplier<Optional<TopologyApp>> app, TopologySettings settings) {
    this.app = app;
    this.settings = settings;
  }

  @Override
  public List<Set<Dimension>> cuboids() {
    return settings.cube().cuboids();
  }

  @Override
  public SortedMap<Rung, Duration> rungs() {
    return settings.cube().rungs();
  }

  @Override
  public Progress progress(EventKind kind) {
    return read(kind, held -> held.progress(kind));
  }

  @Override
  public void scan(CellScan scan, CellVisitor visitor) {
    read(
        scan.kind(),
        held -> {
          held.reader.scan(
              scan.kind(),
              scan.cuboid(),
              scan.slice(),
              new CubeReader.Range(scan.fromMillis(), scan.toMillis(), scan.coarsest()),
              new Visiting(visitor));
          return held;
        });
  }

  @Override
  public SortedMap<Dimension, SortedSet<String>> members(EventKind kind, int limitPerDimension) {
    return read(kind, held -> held.reader.members(kind, limitPerDimension));
  }

  @Override
  public List<WorstCell> worst(EventKind kind, int limit) {
    return read(
        kind,
        held -> {
          if (held.standby) {
            throw Refusal.rebalancing("only the owner knows the worst slices, and it is away");
          }
          return held.reader.worst(kind, limit);
        });
  }

  @Override
  public Optional<Explanation> explain(
      EventKind kind, Aspect aspect, Slice slice, OptionalLong minuteMillis) {
    return read(
        kind,
        held -> {
          if (held.standby) {
            throw Refusal.rebalancing("only the owner knows why, and it is away");
          }
          return held.reader.explain(kind, aspect, slice, minuteMillis);
        });
  }

  @Override
  public IngestShare ingest() {
    Set<Integer> partitions = new TreeSet<>();
    Map<EventKind, IngestCounts> sum = new EnumMap<>(EventKind.class);
    for (int partition = 0; partition < settings.paymentPartitions(); partition++) {
      try {
        owned(partition)
            .ingest()
            .forEach((kind, counts) -> sum.merge(kind, counts, IngestCounts::plus));
        partitions.add(partition);
      } catch (InvalidStateStoreException e) {
        // Runs elsewhere, or nowhere: whoever adds the shares up sees that it is missing.
        continue;
      }
    }
    return new IngestShare(partitions, sum);
  }

  /** What this instance holds of a kind, and how. */
  private record Held(CubeReader reader, boolean standby) {

    Progress progress(EventKind kind) {
      CubeReader.Reached reached = reader.reached(kind);
      return new Progress(
          reached.watermarkMillis(), standby ? 0 : reached.settledToMillis(), standby);
    }
  }

  private <T> T read(EventKind kind, Function<Held, T> query) {
    try {
      return query.apply(held(kind));
    } catch (InvalidStateStoreException e) {
      throw Refusal.rebalancing(
          "%s is not here, or still being restored".formatted(Parameters.label(kind)));
    }
  }

  private Held held(EventKind kind) {
    int partition = partitionOf(kind);
    CubeReader owned = owned(partition);
    try {
      owned.reached(kind);
      return new Held(owned, false);
    } catch (InvalidStateStoreException e) {
      return new Held(reader(partition, /* standby= */ true), true);
    }
  }

  private int partitionOf(EventKind kind) {
    return Combine.partitioner()
        .partitions(
            "", Combine.keyOf(settings.tenant(), kind), new byte[0], settings.cube().partitions())
        .flatMap(partitions -> partitions.stream().findFirst())
        .orElseThrow();
  }

  private CubeReader owned(int partition) {
    return reader(partition, /* standby= */ false);
  }

  private CubeReader reader(int partition, boolean standby) {
    TopologyApp running =
        app.get().orElseThrow(() -> new InvalidStateStoreException("not started"));
    return running.reader(new Partition(running.streams(), partition, standby));
  }

  /** The reader's visitor and the port's. */
  private record Visiting(CellVisitor visitor) implements CubeReader.Visitor {

    @Override
    public boolean cell(long startMillis, Slice slice, Tally tally) {
      return visitor.cell(startMillis, slice, tally);
    }

    @Override
    public boolean passed(int cells) {
      return visitor.passed(cells);
    }
  }

  /** The stores of one partition in this instance. */
  private record Partition(KafkaStreams streams, int partition, boolean standby)
      implements LocalStores {

    @Override
    public ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
      return store(name, QueryableStoreTypes.windowStore());
    }

    @Override
    public ReadOnlyKeyValueStore<String, byte[]> keyed(String name) {
      return store(name, QueryableStoreTypes.keyValueStore());
    }

    private <T> T store(String name, QueryableStoreType<T> type) {
      StoreQueryParameters<T> wanted =
          StoreQueryParameters.fromNameAndType(name, type).withPartition(partition);
      return streams.store(standby ? wanted.enableStaleStores() : wanted);
    }
  }
}
