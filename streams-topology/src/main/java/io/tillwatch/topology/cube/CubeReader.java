package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.Ingest;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads what this instance holds of the cube: its own kinds, and standby copies of others.
 *
 * <p>Reads see the last flush, which may not be committed yet. Thread-safe. Every method throws
 * {@link InvalidStateStoreException} while the stores are closed, moving or not here.
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
    boolean cell(long minuteMillis, Slice slice, Tally tally);
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

  /** How far a kind has come. */
  public Reached reached(EventKind kind) {
    byte @Nullable [] stored = stores.keyed(Cube.STATE_STORE).get(KindCube.progressKey(kind));
    if (stored == null) {
      return new Reached(0, 0, 0);
    }
    long watermark = Progress.watermarkIn(stored);
    long closedTo = Progress.nextToCloseIn(stored);
    return new Reached(
        watermark, closedTo, Math.max(0, Math.min(closedTo, watermark - settlesAfterMillis)));
  }

  /**
   * Hands over the stored cells of one cuboid, each once, until the visitor has enough.
   *
   * @param cuboid one of {@link #cuboids()}
   * @param fromMillis start of the first minute, inclusive
   * @param toMillis end of the last minute, exclusive
   */
  public void scan(
      EventKind kind, Set<Dimension> cuboid, long fromMillis, long toMillis, Visitor visitor) {
    ReadOnlyWindowStore<Bytes, byte[]> cells = stores.windows(Cube.CELLS_STORE);
    int mask = Minutes.maskOf(cuboid);
    boolean more = fromMillis < toMillis;
    for (int chunk = 0; more; chunk++) {
      try (WindowStoreIterator<byte[]> minutes =
          cells.fetch(
              CellStore.key(kind, mask, chunk),
              Instant.ofEpochMilli(fromMillis),
              Instant.ofEpochMilli(toMillis - 1))) {
        more = minutes.hasNext();
        while (minutes.hasNext()) {
          if (!visit(minutes.next().value, visitor)) {
            return;
          }
        }
      }
    }
  }

  private boolean visit(byte[] chunk, Visitor visitor) {
    for (CellBlocks.Cell cell : blocks.read(chunk).cells()) {
      if (!visitor.cell(cell.minuteMillis(), cell.slice(), cell.tally())) {
        return false;
      }
    }
    return true;
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
