package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.detect.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

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
  private final CubeBoard board = new CubeBoard();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();
  private CubeSettings settings;
  private Map<String, StateStore> stores = new HashMap<>();
  private KindCube cube;
  private long now = START;

  /** What came, and what of it was committed: leaf cells by minute. */
  private Map<Long, Map<Slice, Tally>> counts = new TreeMap<>();

  private Map<Long, Map<Slice, Tally>> committedCounts = new TreeMap<>();
  private final Map<String, Map<String, byte[]>> committedKeyed = new HashMap<>();
  private final Map<Windowed<Bytes>, byte[]> committedCells = new HashMap<>();

  CubeStage(CubeSettings settings) {
    this.settings = settings;
    KEYED.forEach(name -> committedKeyed.put(name, Map.of()));
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
      cells.add(new CellBlocks.Cell(minute(now - behind), leaf(random), tally(random)));
    }
    send(cells, random.nextInt(SOURCES));
  }

  /** One event. */
  void sendOne(Slice leaf) {
    Tally tally = new Tally();
    tally.add(KIND, Outcome.APPROVED, null, 1, "EUR", 5, 20);
    send(List.of(new CellBlocks.Cell(minute(now), leaf, tally)), 0);
  }

  private void send(List<CellBlocks.Cell> cells, int source) {
    for (CellBlocks.Cell cell : cells) {
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
    KEYED.forEach(name -> committedKeyed.put(name, content(keyed(name))));
    committedCells.clear();
    try (KeyValueIterator<Windowed<Bytes>, byte[]> all = windows(Cube.CELLS_STORE).all()) {
      all.forEachRemaining(entry -> committedCells.put(entry.key, entry.value));
    }
    committedCounts = copy(counts);
    committed.set(sent.get());
  }

  /** Everything since the last commit never was. */
  void kill() {
    counts = copy(committedCounts);
    sent.set(committed.get());
    cube.close();
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
    return content(keyed(Cube.OPEN_STORE)).size();
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
    Slice wanted = leaf(random).keep(fixed);
    long from = minute(now - random.nextInt(100) * MINUTE);
    long to = from + random.nextInt(60) * MINUTE;
    check(cuboid, wanted, from, to);
    check(cuboid, leaf(random).keep(cuboid), from, to);
  }

  void checkAll() {
    for (Set<Dimension> cuboid : settings.cuboids()) {
      check(cuboid, Slice.TOTAL, 0, Long.MAX_VALUE);
    }
  }

  void checkTotals() {
    check(Set.of(), Slice.TOTAL, 0, Long.MAX_VALUE);
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

  private CubeReader reader(CubeBoard of) {
    return new CubeReader(this, settings, blocks, of, 0);
  }

  private KindCube start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>(properties);
    stores = new HashMap<>();
    for (String name : KEYED) {
      KeyValueStore<String, byte[]> store = keyedStore(name);
      open(store, context);
      committedKeyed.get(name).forEach(store::put);
    }
    WindowStore<Bytes, byte[]> cells = windowStore();
    open(cells, context);
    committedCells.forEach((key, value) -> cells.put(key.key(), value, key.window().start()));
    Cube of =
        new Cube(
            settings,
            WatchSettings.DEFAULT,
            new Cube.Origin("acme", SOURCES, blocks, () -> Instant.ofEpochMilli(now)),
            metrics,
            board);
    CubeStores found = new CubeStores(context, settings.retention());
    return new KindCube(of, KIND, found, findings -> {});
  }

  private void open(StateStore store, MockProcessorContext<Void, Void> context) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    stores.put(store.name(), store);
  }

  private static KeyValueStore<String, byte[]> keyedStore(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled()
        .withCachingDisabled()
        .build();
  }

  private WindowStore<Bytes, byte[]> windowStore() {
    return Stores.windowStoreBuilder(
            Stores.inMemoryWindowStore(
                Cube.CELLS_STORE, settings.retention(), Duration.ofMinutes(1), false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingDisabled()
        .withCachingDisabled()
        .build();
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

  private static Map<String, byte[]> content(ReadOnlyKeyValueStore<String, byte[]> store) {
    Map<String, byte[]> content = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        content.put(entry.key, entry.value);
      }
    }
    return content;
  }

  private static Map<Long, Map<Slice, Tally>> copy(Map<Long, Map<Slice, Tally>> counts) {
    Map<Long, Map<Slice, Tally>> copy = new TreeMap<>();
    counts.forEach((minute, cells) -> {
      Map<Slice, Tally> ofMinute = new HashMap<>();
      cells.forEach((slice, tally) -> ofMinute.put(slice, tally.copy()));
      copy.put(minute, ofMinute);
    });
    return copy;
  }

  private static long minute(long millis) {
    return millis - Math.floorMod(millis, MINUTE);
  }

  private static Slice leaf(Random random) {
    @Nullable String[] values = new @Nullable String[Dimension.ALL.size()];
    for (int d = 0; d < values.length; d++) {
      // Fewer than the fewest values that a dimension has room for.
      int skewed = (int) Math.min(5, Math.abs(random.nextGaussian() * 1.5));
      values[d] = skewed == 4 ? null : "v" + skewed;
    }
    return Slice.leaf(values);
  }

  private static Tally tally(Random random) {
    Tally tally = new Tally();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean declined = random.nextInt(4) == 0;
      tally.add(
          KIND,
          declined ? Outcome.DECLINED : Outcome.APPROVED,
          declined ? Reason.DO_NOT_HONOR : null,
          1 + random.nextInt(2),
          random.nextBoolean() ? "EUR" : "USD",
          random.nextInt(10_000),
          random.nextInt(3_000));
    }
    return tally;
  }
}
