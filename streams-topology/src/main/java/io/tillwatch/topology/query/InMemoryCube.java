package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.cube.Rung;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The twin of the stores: leaf cells in memory, rolled up on demand. Thread-safe. */
public final class InMemoryCube implements CubeQueries {

  private record Key(EventKind kind, Slice leaf, long minuteMillis) {}

  private final List<Set<Dimension>> cuboids;
  private final Map<Key, Tally> leaves = new HashMap<>();
  private final Map<EventKind, Progress> progress = new EnumMap<>(EventKind.class);
  private final Map<EventKind, List<WorstCell>> worst = new EnumMap<>(EventKind.class);
  private final Map<EventKind, List<Explanation>> explanations = new EnumMap<>(EventKind.class);
  private final Map<EventKind, IngestCounts> ingest = new EnumMap<>(EventKind.class);
  private Set<Integer> partitions = Set.of(0);

  /** An empty cube that pretends to store these roll-ups besides the leaves. */
  public InMemoryCube(List<Set<Dimension>> rollUps) {
    List<Set<Dimension>> all = new ArrayList<>(rollUps);
    all.add(Set.copyOf(Dimension.ALL));
    this.cuboids = List.copyOf(all);
  }

  /** Adds to a leaf cell. */
  public synchronized void add(EventKind kind, Slice leaf, long minuteMillis, Tally tally) {
    leaves.computeIfAbsent(new Key(kind, leaf, minuteMillis), k -> new Tally()).merge(tally);
  }

  /** Says how far a kind has come. */
  public synchronized void progress(EventKind kind, Progress now) {
    progress.put(kind, now);
  }

  /** Says which ingest tasks run here; only that of partition 0 unless said. */
  public synchronized void partitions(Set<Integer> counted) {
    partitions = Set.copyOf(counted);
  }

  /** Sets the worst slices of a kind, worst first. */
  public synchronized void worst(EventKind kind, List<WorstCell> cells) {
    worst.put(kind, List.copyOf(cells));
  }

  /** Sets what is said of a cell in a minute; what is added last is of the last minute. */
  public synchronized void explained(EventKind kind, Explanation explanation) {
    explanations.computeIfAbsent(kind, k -> new ArrayList<>()).addFirst(explanation);
  }

  /** Adds to the ingest tallies of a kind. */
  public synchronized void ingested(EventKind kind, IngestCounts counts) {
    ingest.merge(kind, counts, IngestCounts::plus);
  }

  @Override
  public List<Set<Dimension>> cuboids() {
    return cuboids;
  }

  /** What a cube keeps unless told otherwise; the twin forgets nothing, and has minutes only. */
  @Override
  public SortedMap<Rung, Duration> rungs() {
    return CubeSettings.DEFAULT.rungs();
  }

  @Override
  public synchronized Progress progress(EventKind kind) {
    return progress.getOrDefault(kind, new Progress(0, 0, false));
  }

  @Override
  public void scan(CellScan scan, CellVisitor visitor) {
    for (Map.Entry<Key, Tally> cell : rolledUp(scan).entrySet()) {
      Key key = cell.getKey();
      if (!visitor.cell(key.minuteMillis, key.leaf, cell.getValue())) {
        return;
      }
    }
  }

  @Override
  public synchronized SortedMap<Dimension, SortedSet<String>> members(
      EventKind kind, int limitPerDimension) {
    SortedMap<Dimension, SortedSet<String>> members = new TreeMap<>();
    for (Dimension dimension : Dimension.ALL) {
      SortedSet<String> values = new TreeSet<>();
      leaves.keySet().stream()
          .filter(key -> key.kind == kind)
          .map(key -> Objects.requireNonNull(key.leaf.get(dimension)))
          .sorted()
          .distinct()
          .limit(limitPerDimension)
          .forEach(values::add);
      members.put(dimension, values);
    }
    return members;
  }

  @Override
  public synchronized List<WorstCell> worst(EventKind kind, int limit) {
    return worst.getOrDefault(kind, List.of()).stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<Explanation> explain(
      EventKind kind, Aspect aspect, Slice slice, OptionalLong minuteMillis) {
    return explanations.getOrDefault(kind, List.of()).stream()
        .filter(told -> told.aspect().equals(aspect) && told.slice().equals(slice))
        .filter(told -> told.minuteMillis() == minuteMillis.orElse(told.minuteMillis()))
        .findFirst();
  }

  @Override
  public synchronized IngestShare ingest() {
    return new IngestShare(partitions, Map.copyOf(ingest));
  }

  private synchronized Map<Key, Tally> rolledUp(CellScan scan) {
    Map<Key, Tally> cells = new HashMap<>();
    leaves.forEach((key, tally) -> {
      if (key.kind == scan.kind()
          && key.minuteMillis >= scan.fromMillis()
          && key.minuteMillis < scan.toMillis()) {
        Slice slice = key.leaf.keep(scan.cuboid());
        cells
            .computeIfAbsent(new Key(key.kind, slice, key.minuteMillis), k -> new Tally())
            .merge(tally);
      }
    });
    return cells;
  }
}
