package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.detect.WatchPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStore;

/** The cube of one kind with stores that can be set back to the last commit, and a recount. */
final class CubeStage implements CubeReader.LocalStores {

  private static final long START = 1_772_445_600_000L;
  private static final long MINUTE = CellStore.MINUTE_MILLIS;
  private static final int SOURCES = 2;
  private static final EventKind KIND = EventKind.AUTH;
  private static final List<String> KEYED =
      List.of(Cube.OPEN_STORE, Cube.STATE_STORE, Cube.MEMBERS_STORE);
  private static final Set<Dimension> LEAF = EnumSet.allOf(Dimension.class);

  private final CellBlocks blocks = Combine.blocks(EmbeddedSchemaIds.load());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CubeMetrics metrics = new CubeMetrics(registry);
  final CubeBoard board = new CubeBoard();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();
  private CubeSettings settings;
  private Map<String, StateStore> stores = new HashMap<>();
  private KindCube cube;
  private long now = START;

  /** What came, and what of it was committed: leaf cells by minute. */
  private final Map<Long, Map<Slice, Tally>> counts = new TreeMap<>();

  private final Map<Long, Map<Slice, Tally>> committedCounts = new TreeMap<>();

  /** Minutes that have changed since the last commit. */
  private final Set<Long> touched = new HashSet<>();

  private final Map<String, Undoing> keyed = new HashMap<>();
  private final Map<Rung, Map<Windowed<Bytes>, byte[]>> committedCells = new EnumMap<>(Rung.class);

  final AtomicReference<WatchPlan> plan = new AtomicReference<>(WatchPlan.DEFAULT);

  CubeStage(CubeSettings settings) {
    this.settings = settings;
    KEYED.forEach(name -> keyed.put(name, new Undoing(Seeded.keyedStore(name))));
    this.cube = start();
  }

  CubeSettings settings() {
    return settings;
  }

  /** A block of some cells of about now, of which some are late. */
  void send(Random random) {
    now += random.nextInt(20_000);
    List<CellBlocks.Cell> cells = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      long behind = random.nextInt(10) == 0 ? random.nextInt(90) * MINUTE : random.nextInt(60_000);
      cells.add(
          new CellBlocks.Cell(minute(now - behind), Seeded.leaf(random), Seeded.tally(random)));
    }
    send(cells, random.nextInt(SOURCES));
  }

  /** A block of cells after a while; some are late, up to as long as they are taken. */
  void send(Random random, Duration silenceMax, Duration lateMax) {
    now += random.nextLong(silenceMax.toMillis());
    List<CellBlocks.Cell> cells = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      long behind =
          random.nextInt(10) == 0 ? random.nextLong(lateMax.toMillis()) : random.nextInt(120_000);
      cells.add(
          new CellBlocks.Cell(minute(now - behind), Seeded.leaf(random), Seeded.tally(random)));
    }
    send(cells, random.nextInt(SOURCES));
  }

  /** A block of these cells of now, from every source. */
  void send(List<Slice> leaves, Random random) {
    now += MINUTE;
    List<CellBlocks.Cell> cells = new ArrayList<>();
    leaves.forEach(leaf -> cells.add(new CellBlocks.Cell(minute(now), leaf, Seeded.tally(random))));
    for (int source = 1; source < SOURCES; source++) {
      send(List.of(), source);
    }
    send(cells, 0);
  }

  /** One cell of so long ago. */
  void sendLate(Duration ago, Slice leaf, Random random) {
    send(
        List.of(new CellBlocks.Cell(minute(now - ago.toMillis()), leaf, Seeded.tally(random))),
        random.nextInt(SOURCES));
  }

  /** One event. */
  void sendOne(Slice leaf) {
    Tally tally = new Tally();
    tally.add(KIND, Outcome.APPROVED, null, 1, "EUR", 5, 20);
    send(List.of(new CellBlocks.Cell(minute(now), leaf, tally)), 0);
  }

  private void send(List<CellBlocks.Cell> cells, int source) {
    for (CellBlocks.Cell cell : cells) {
      touched.add(cell.minuteMillis());
      counts
          .computeIfAbsent(cell.minuteMillis(), m -> new HashMap<>())
          .computeIfAbsent(cell.slice(), s -> new Tally())
          .merge(cell.tally());
      sent.addAndGet(cell.tally().events());
    }
    cube.take(
        blocks.write(
            new CellBlocks.Head("acme", KIND, source, now - 2_000, /* idle= */ false), cells));
  }

  void tick() {
    cube.tick(now);
  }

  void commit() {
    cube.commit();
    keyed.values().forEach(Undoing::commit);
    for (Rung rung : settings.rungs().keySet()) {
      Map<Windowed<Bytes>, byte[]> cells = new HashMap<>();
      try (KeyValueIterator<Windowed<Bytes>, byte[]> all = windows(rung.store()).all()) {
        all.forEachRemaining(entry -> cells.put(entry.key, entry.value));
      }
      committedCells.put(rung, cells);
    }
    touched.forEach(
        minute -> committedCounts.put(minute, copy(Objects.requireNonNull(counts.get(minute)))));
    touched.clear();
    committed.set(sent.get());
  }

  /** Everything since the last commit never was. */
  void kill() {
    for (long minute : touched) {
      Map<Slice, Tally> before = committedCounts.get(minute);
      if (before == null) {
        counts.remove(minute);
      } else {
        counts.put(minute, copy(before));
      }
    }
    touched.clear();
    sent.set(committed.get());
    cube.close();
    keyed.values().forEach(Undoing::undo);
    cube = start();
  }

  void restart() {
    commit();
    cube.close();
    cube = start();
  }

  void restart(CubeSettings other) {
    commit();
    cube.close();
    settings = other;
    cube = start();
  }

  /** Time passes until every minute is sealed and its blocks are gone. */
  void sealAll() {
    now += Duration.ofHours(3).toMillis();
    for (int source = 0; source < SOURCES; source++) {
      send(List.of(), source);
    }
    for (int i = 0; i < 3 * OpenBlocks.KEPT_TICKS; i++) {
      send(List.of(), 0);
      tick();
      commit();
    }
  }

  long openBlocks() {
    return Seeded.content(keyed(Cube.OPEN_STORE)).size();
  }

  long committedEvents() {
    return committed.get();
  }

  long sentEvents() {
    return sent.get();
  }

  double folded(Dimension dimension) {
    return registry
        .get("tillwatch.cube.cells.folded")
        .tag("dimension", dimension.label())
        .counter()
        .count();
  }

  void scan(Set<Dimension> cuboid, CubeReader.Visitor visitor) {
    reader(board).scan(KIND, cuboid, Slice.TOTAL, 0, now + MINUTE, visitor);
  }

  long eventsSeen() {
    long[] sum = new long[1];
    reader(board)
        .scan(
            KIND,
            LEAF,
            Slice.TOTAL,
            0,
            Long.MAX_VALUE,
            (minute, slice, tally) -> {
              sum[0] += tally.events();
              return true;
            });
    return sum[0];
  }

  /** Each cell has at least what is committed and at most what came. */
  void checkBetweenCommits() {
    Map<Long, Map<Slice, Tally>> seen = read(board, LEAF, Slice.TOTAL, 0, Long.MAX_VALUE);
    seen.forEach((minute, cells) ->
        cells.forEach((slice, tally) ->
            assertThat(tally.events())
                .isBetween(events(committedCounts, minute, slice), events(counts, minute, slice))));
    committedCounts.forEach((minute, cells) ->
        assertThat(seen.getOrDefault(minute, Map.of()).keySet()).containsAll(cells.keySet()));
  }

  private static long events(Map<Long, Map<Slice, Tally>> counts, long minute, Slice slice) {
    Tally tally = counts.getOrDefault(minute, Map.of()).get(slice);
    return tally == null ? 0 : tally.events();
  }

  /** Some questions, to be asked after a commit. */
  void checkSome(Random random) {
    List<Set<Dimension>> cuboids = settings.cuboids();
    Set<Dimension> cuboid = cuboids.get(random.nextInt(cuboids.size()));
    EnumSet<Dimension> fixed = EnumSet.noneOf(Dimension.class);
    cuboid.forEach(dimension -> {
      if (random.nextInt(3) > 0) {
        fixed.add(dimension);
      }
    });
    Slice wanted = Seeded.leaf(random).keep(fixed);
    long from = minute(now - random.nextInt(100) * MINUTE);
    long to = from + random.nextInt(60) * MINUTE;
    check(cuboid, wanted, from, to);
    check(cuboid, Seeded.leaf(random).keep(cuboid), from, to);
  }

  void checkAll() {
    for (Set<Dimension> cuboid : settings.cuboids()) {
      check(cuboid, Slice.TOTAL, 0, Long.MAX_VALUE);
    }
  }

  /**
   * After a commit: each span that a rung has is the recount of its minutes, cell by cell, in every
   * cuboid; and reading coarse cells first finds every event that is still held once.
   */
  void checkRungs() {
    for (Rung rung : settings.rungs().keySet()) {
      SealedScan scan =
          new SealedScan(windows(rung.store()), KIND, RollUps.maskOf(LEAF), Slice.TOTAL, blocks);
      SortedMap<Long, byte[]> heads = scan.heads(0, Long.MAX_VALUE);
      for (Set<Dimension> cuboid : settings.cuboids()) {
        Map<Long, Map<Slice, Tally>> expected = bySpan(rung, cuboid);
        expected.keySet().retainAll(heads.keySet());
        Map<Long, Map<Slice, Tally>> read = new TreeMap<>();
        scan.scan(RollUps.maskOf(cuboid), heads, into(read));
        assertThat(read).as("%s of %s", cuboid, rung).isEqualTo(expected);
      }
    }
  }

  /** Reads from the coarsest cells down. */
  void checkDescent(Random random, Duration heldMinutes) {
    List<Set<Dimension>> cuboids = settings.cuboids();
    Set<Dimension> cuboid = cuboids.get(random.nextInt(cuboids.size()));
    Rung coarsest = settings.rungs().lastKey();
    long from = minute(now - random.nextLong(heldMinutes.toMillis()));
    long to = from + random.nextLong(heldMinutes.toMillis());
    to = minute(to);
    Map<Slice, Tally> expected = new HashMap<>();
    for (Map.Entry<Long, Map<Slice, Tally>> minute : counts.entrySet()) {
      if (minute.getKey() >= from && minute.getKey() < to) {
        minute
            .getValue()
            .forEach((leaf, tally) ->
                expected.computeIfAbsent(leaf.keep(cuboid), s -> new Tally()).merge(tally));
      }
    }
    for (CubeBoard of : List.of(board, new CubeBoard())) {
      Map<Slice, Tally> read = new HashMap<>();
      reader(of)
          .scan(
              KIND,
              cuboid,
              Slice.TOTAL,
              new CubeReader.Range(from, to, coarsest),
              (start, slice, tally) -> {
                read.computeIfAbsent(slice, s -> new Tally()).merge(tally);
                return true;
              });
      assertThat(read).isEqualTo(expected);
    }
  }

  /**
   * Every event that was counted is in the coarsest rung, up to where it is written; returns how
   * many spans it has.
   */
  int checkAllCameUp() {
    Rung top = settings.rungs().lastKey();
    byte[] stored = keyed(Cube.STATE_STORE).get(Ladder.progressKey(KIND, top));
    long doneTo = RungProgress.of(stored, new int[0]).doneToMillis;
    Map<Long, Map<Slice, Tally>> expected = bySpan(top, Set.of());
    Map<Long, Map<Slice, Tally>> read = new TreeMap<>();
    SealedScan scan =
        new SealedScan(windows(top.store()), KIND, RollUps.maskOf(LEAF), Slice.TOTAL, blocks);
    scan.scan(0, 0, Long.MAX_VALUE, into(read));
    long held = doneTo - top.span().toMillis() - settings.stored(top).toMillis();
    expected.keySet().removeIf(start -> start >= doneTo || start <= held);
    assertThat(read).isEqualTo(expected);
    return read.size();
  }

  /** Whether a commit fell between two parts of a cuboid of a coarser rung. */
  boolean isBetweenParts() {
    return settings.rungs().keySet().stream()
        .map(rung -> keyed(Cube.STATE_STORE).get(Ladder.progressKey(KIND, rung)))
        .anyMatch(stored -> RungProgress.of(stored, new int[0]).parts > 0);
  }

  /** Time passes without a word. */
  void pass(Duration time) {
    now += time.toMillis();
  }

  private static CubeReader.Visitor into(Map<Long, Map<Slice, Tally>> read) {
    return (start, slice, tally) -> {
      Tally before = read.computeIfAbsent(start, m -> new HashMap<>()).put(slice, tally);
      assertThat(before).as("%s twice", slice).isNull();
      return true;
    };
  }

  private Map<Long, Map<Slice, Tally>> bySpan(Rung rung, Set<Dimension> cuboid) {
    Map<Long, Map<Slice, Tally>> spans = new TreeMap<>();
    counts.forEach((minute, leaves) ->
        leaves.forEach((leaf, tally) ->
            spans
                .computeIfAbsent(rung.floor(minute), m -> new HashMap<>())
                .computeIfAbsent(leaf.keep(cuboid), s -> new Tally())
                .merge(tally)));
    return spans;
  }

  void checkTotals() {
    check(Set.of(), Slice.TOTAL, 0, Long.MAX_VALUE);
  }

  void check(Set<Dimension> cuboid, Slice wanted) {
    check(cuboid, wanted, 0, Long.MAX_VALUE);
  }

  private void check(Set<Dimension> cuboid, Slice wanted, long from, long to) {
    Map<Long, Map<Slice, Tally>> expected = new TreeMap<>();
    counts.forEach((minute, leaves) ->
        leaves.forEach((leaf, tally) -> {
          if (minute >= from && minute < to && wanted.covers(leaf)) {
            expected
                .computeIfAbsent(minute, m -> new HashMap<>())
                .computeIfAbsent(leaf.keep(cuboid), s -> new Tally())
                .merge(tally);
          }
        }));
    assertThat(read(board, cuboid, wanted, from, to)).as("owner").isEqualTo(expected);
    assertThat(read(new CubeBoard(), cuboid, wanted, from, to)).as("copy").isEqualTo(expected);
  }

  private Map<Long, Map<Slice, Tally>> read(
      CubeBoard of, Set<Dimension> cuboid, Slice wanted, long from, long to) {
    Map<Long, Map<Slice, Tally>> read = new TreeMap<>();
    reader(of)
        .scan(
            KIND,
            cuboid,
            wanted,
            from,
            to,
            (minute, slice, tally) -> {
              Tally before = read.computeIfAbsent(minute, m -> new HashMap<>()).put(slice, tally);
              assertThat(before).as("%s twice", slice).isNull();
              return true;
            });
    return read;
  }

  CubeReader reader(CubeBoard of) {
    return new CubeReader(this, settings, blocks, of, 0);
  }

  private KindCube start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>(properties);
    stores = new HashMap<>();
    keyed.values().forEach(store -> open(store.seen(), context));
    for (Rung rung : settings.rungs().keySet()) {
      WindowStore<Bytes, byte[]> cells = Seeded.windowStore(rung, settings.stored(rung));
      open(cells, context);
      committedCells
          .getOrDefault(rung, Map.of())
          .forEach((key, value) -> cells.put(key.key(), value, key.window().start()));
    }
    Cube of =
        new Cube(
            settings,
            plan::get,
            new Cube.Origin(
                "acme",
                SOURCES,
                blocks,
                () -> Instant.ofEpochMilli(now),
                /* writesAtCommit= */ true),
            metrics,
            board);
    CubeStores found = new CubeStores(context, settings);
    return new KindCube(of, KIND, found, findings -> {});
  }

  private void open(StateStore store, MockProcessorContext<Void, Void> context) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    stores.put(store.name(), store);
  }

  @Override
  @SuppressWarnings("unchecked") // made in start()
  public ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
    return (WindowStore<Bytes, byte[]>) stores.get(name);
  }

  @Override
  @SuppressWarnings("unchecked") // made in start()
  public ReadOnlyKeyValueStore<String, byte[]> keyed(String name) {
    return (KeyValueStore<String, byte[]>) stores.get(name);
  }

  private static Map<Slice, Tally> copy(Map<Slice, Tally> cells) {
    Map<Slice, Tally> copy = new HashMap<>();
    cells.forEach((slice, tally) -> copy.put(slice, tally.copy()));
    return copy;
  }

  private static long minute(long millis) {
    return millis - Math.floorMod(millis, MINUTE);
  }
}
