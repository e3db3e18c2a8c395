package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.BlockScan;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.Ingest;
import io.tillwatch.topology.ingest.IngestCounts;
import java.util.EnumMap;
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
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads what this instance holds of the cube: its own kinds, and standby copies of others.
 *
 * <p>Reads see what is not committed yet. Thread-safe. Every method throws {@link
 * InvalidStateStoreException} while the stores are closed, moving or not here.
 */
public final class CubeReader {

  private final LocalStores stores;
  private final CubeSettings settings;
  private final CellBlocks blocks;
  private final CubeBoard board;
  private final long settlesAfterMillis;

  /** Where the stores are: the running topology, or a test driver. */
  public interface LocalStores {

    /** A window store of this instance. */
    ReadOnlyWindowStore<Bytes, byte[]> windows(String name);

    /** A key-value store of this instance. */
    ReadOnlyKeyValueStore<String, byte[]> keyed(String name);
  }

  /**
   * How far the cube of a kind has come, in event time; 0 before the first event.
   *
   * @param watermarkMillis up to here the input has been seen
   * @param closedToMillis minutes that end here or before are closed
   * @param settledToMillis minutes that end here or before are too old for late events as well
   */
  public record Reached(long watermarkMillis, long closedToMillis, long settledToMillis) {}

  /** Receives cells. The tally is the visitor's own. */
  @FunctionalInterface
  public interface Visitor {
    /** Returns whether to go on. */
    boolean cell(long startMillis, Slice slice, Tally tally);

    /** So many stored cells were read that are not handed over; returns whether to go on. */
    default boolean passed(int cells) {
      return true;
    }
  }

  /**
   * @param settlesAfterMillis event time after which a minute takes no late events any more
   */
  public CubeReader(
      LocalStores stores,
      CubeSettings settings,
      CellBlocks blocks,
      CubeBoard board,
      long settlesAfterMillis) {
    this.stores = stores;
    this.settings = settings;
    this.blocks = blocks;
    this.board = board;
    this.settlesAfterMillis = settlesAfterMillis;
  }

  /** The sets of dimensions that cells are stored for; the first one has all of them. */
  public List<Set<Dimension>> cuboids() {
    return settings.cuboids();
  }

  /**
   * How far a kind has come. The watermark is that of the cells that can be read, what is closed
   * and settled is as of the last commit.
   */
  public Reached reached(EventKind kind) {
    byte @Nullable [] stored = stores.keyed(Cube.STATE_STORE).get(KindCube.progressKey(kind));
    OpenMinutes open = board.open(kind);
    long now = open == null ? Progress.NONE : open.watermarkMillis();
    if (stored == null) {
      return new Reached(now, 0, 0);
    }
    if (!Progress.isReadable(stored)) {
      throw new InvalidStateStoreException("a copy of stores that another build writes");
    }
    long watermark = Progress.watermarkIn(stored);
    long closedTo = Progress.nextToCloseIn(stored);
    return new Reached(
        Math.max(now, watermark),
        closedTo,
        Math.max(0, Math.min(closedTo, watermark - settlesAfterMillis)));
  }

  /**
   * What to read.
   *
   * @param fromMillis start of the first minute, inclusive
   * @param toMillis end of the last minute, exclusive
   * @param coarsest cells may cover so much time, where they are within the range
   */
  public record Range(long fromMillis, long toMillis, Rung coarsest) {

    boolean has(long minuteMillis) {
      return minuteMillis >= fromMillis && minuteMillis < toMillis;
    }
  }

  /**
   * Hands over the cells of one cuboid, each event in one of them, until the visitor has enough:
   * coarse ones as far as there are some, finer ones for the rest.
   *
   * @param cuboid one of {@link #cuboids()}
   * @param wanted only cells that it covers; {@link Slice#TOTAL} for all
   */
  public void scan(
      EventKind kind, Set<Dimension> cuboid, Slice wanted, Range range, Visitor visitor) {
    int mask = RollUps.maskOf(cuboid);
    List<Rung> rungs =
        settings.rungs().keySet().stream()
            .filter(rung -> rung.compareTo(range.coarsest) <= 0)
            .toList();
    Descent descent = new Descent(kind, cuboid, wanted, visitor, oldestMillis(kind));
    descend(descent, mask, rungs, range.fromMillis, range.toMillis);
  }

  /** One walk down the rungs. */
  private record Descent(
      EventKind kind,
      Set<Dimension> cuboid,
      Slice wanted,
      Visitor visitor,
      Map<Rung, Long> oldestMillis) {}

  /** Where the cells of each rung begin, at the latest. */
  private Map<Rung, Long> oldestMillis(EventKind kind) {
    byte @Nullable [] stored = stores.keyed(Cube.STATE_STORE).get(KindCube.progressKey(kind));
    long newest = stored == null ? 0 : Progress.newestMinuteIn(stored);
    Map<Rung, Long> oldest = new EnumMap<>(Rung.class);
    settings
        .rungs()
        .keySet()
        .forEach(rung -> oldest.put(rung, newest - settings.stored(rung).toMillis()));
    return oldest;
  }

  private boolean descend(Descent of, int mask, List<Rung> rungs, long fromMillis, long toMillis) {
    Rung rung = rungs.getLast();
    if (rung == Rung.MINUTE) {
      Enough enough = new Enough(of.visitor);
      scan(of.kind, of.cuboid, of.wanted, fromMillis, toMillis, enough);
      return !enough.reached;
    }
    List<Rung> finer = rungs.subList(0, rungs.size() - 1);
    long first = rung.ceil(fromMillis);
    SealedScan scan = scan(rung, of.kind, of.wanted);
    SortedMap<Long, byte[]> heads = scan.heads(first, rung.floor(toMillis));
    if (!scan.scan(mask, heads, of.visitor)) {
      return false;
    }
    long oldestFiner = Objects.requireNonNull(of.oldestMillis.get(finer.getLast()));
    long at = fromMillis;
    for (long start : heads.keySet()) {
      if (at < start && start > oldestFiner && !descend(of, mask, finer, at, start)) {
        return false;
      }
      at = start + rung.span().toMillis();
    }
    return at >= toMillis || descend(of, mask, finer, at, toMillis);
  }

  private SealedScan scan(Rung rung, EventKind kind, Slice wanted) {
    return new SealedScan(
        stores.windows(rung.store()),
        kind,
        RollUps.maskOf(settings.cuboids().getFirst()),
        wanted,
        blocks);
  }

  /** A visitor that remembers whether it has had enough. */
  private static final class Enough implements Visitor {

    private final Visitor visitor;
    private boolean reached;

    Enough(Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public boolean cell(long startMillis, Slice slice, Tally tally) {
      reached = !visitor.cell(startMillis, slice, tally);
      return !reached;
    }

    @Override
    public boolean passed(int cells) {
      reached = !visitor.passed(cells);
      return !reached;
    }
  }

  /**
   * Hands over the cells of one cuboid, each once, until the visitor has enough: those on disk and
   * those in memory as of one moment.
   *
   * @param cuboid one of {@link #cuboids()}
   * @param wanted only cells that it covers; {@link Slice#TOTAL} for all
   * @param fromMillis start of the first minute, inclusive
   * @param toMillis end of the last minute, exclusive
   */
  public void scan(
      EventKind kind,
      Set<Dimension> cuboid,
      Slice wanted,
      long fromMillis,
      long toMillis,
      Visitor visitor) {
    int mask = RollUps.maskOf(cuboid);
    SealedScan sealed = scan(Rung.MINUTE, kind, wanted);
    OpenMinutes open = board.open(kind);
    if (open == null) {
      scanCopy(kind, mask, wanted, new Range(fromMillis, toMillis, Rung.MINUTE), sealed, visitor);
      return;
    }
    try (OpenView view = open.look(fromMillis, toMillis)) {
      if (sealed.scan(mask, fromMillis, Math.min(toMillis, view.sealedToMillis()), visitor)) {
        view.scan(mask, wanted, visitor);
      }
    }
  }

  /**
   * Reads a copy, of which no task has the open minutes in memory. Each store follows its owner at
   * its own pace: a minute whose head has arrived is read from its chunks, any other from the
   * blocks, which are kept for a while after their minutes were sealed.
   */
  private void scanCopy(
      EventKind kind, int mask, Slice wanted, Range range, SealedScan sealed, Visitor visitor) {
    SortedMap<Long, Map<Slice, Tally>> open = new TreeMap<>();
    BlockScan scan = new BlockScan(blocks, wanted);
    try (KeyValueIterator<String, byte[]> all =
        OpenBlocks.all(stores.keyed(Cube.OPEN_STORE), kind)) {
      while (all.hasNext()) {
        BlockScan.Seen seen =
            scan.scan(
                all.next().value,
                (minute, slice, tally) -> {
                  if (range.has(minute)) {
                    open.computeIfAbsent(minute, m -> new TreeMap<>())
                        .computeIfAbsent(slice.keep(mask), s -> new Tally())
                        .merge(tally);
                  }
                  return true;
                });
        if (!visitor.passed(seen.cells())) {
          return;
        }
      }
    }
    open.keySet().removeAll(sealed.heads(range.fromMillis, range.toMillis).keySet());
    if (!sealed.scan(mask, range.fromMillis, range.toMillis, visitor)) {
      return;
    }
    open.forEach(
        (minute, cells) -> cells.forEach((slice, tally) -> visitor.cell(minute, slice, tally)));
  }

  /** Values of each dimension of the cells still held, sorted; at most so many per dimension. */
  public SortedMap<Dimension, SortedSet<String>> members(EventKind kind, int limitPerDimension) {
    ReadOnlyKeyValueStore<String, byte[]> store = stores.keyed(Cube.MEMBERS_STORE);
    SortedMap<Dimension, SortedSet<String>> members = new TreeMap<>();
    for (Dimension dimension : Dimension.ALL) {
      String prefix = Members.prefix(kind, dimension);
      SortedSet<String> values = new TreeSet<>();
      try (KeyValueIterator<String, byte[]> entries =
          store.range(prefix, prefix + Character.MAX_VALUE)) {
        while (entries.hasNext() && values.size() < limitPerDimension) {
          KeyValue<String, byte[]> entry = entries.next();
          values.add(entry.key.substring(prefix.length()));
        }
      }
      members.put(dimension, values);
    }
    return members;
  }

  /** The cells that did worst in the last closed minutes, worst first; at the owner only. */
  public List<WorstCell> worst(EventKind kind, int limit) {
    return board.worst(kind, limit);
  }

  /**
   * Why a cell did or did not fire in a minute, the last closed one when empty; at the owner only.
   *
   * @return empty when that minute is not held, or none was closed yet
   */
  public Optional<Explanation> explain(
      EventKind kind, Aspect aspect, Slice slice, OptionalLong minuteMillis) {
    CubeBoard.Explainer explainer = board.explainer(kind);
    if (explainer == null) {
      throw new InvalidStateStoreException("no task of this instance watches " + kind);
    }
    return explainer.explain(aspect, slice, minuteMillis);
  }

  /** What the ingest tasks whose ledgers are here have counted, by kind. */
  public Map<EventKind, IngestCounts> ingest() {
    Map<EventKind, IngestCounts> counts = new EnumMap<>(EventKind.class);
    try (KeyValueIterator<String, byte[]> entries = stores.keyed(Ingest.LEDGER_STORE).all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        EventKind kind = EventKind.valueOf(entry.key.substring(0, entry.key.indexOf('/')));
        counts.merge(kind, IngestCounts.of(entry.value), IngestCounts::plus);
      }
    }
    return counts;
  }
}
