package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The stores of one task, which several kinds may share. A window store drops what is older than
 * its retention by its own newest minute, whoever wrote it: that is known here.
 */
final class CubeStores {

  private static final String MARKER = "marker";
  private static final byte[] NOTHING = {0};

  private final Map<Rung, WindowStore<Bytes, byte[]>> cells = new EnumMap<>(Rung.class);
  private final KeyValueStore<String, byte[]> state;
  private final KeyValueStore<String, byte[]> members;
  private final KeyValueStore<String, byte[]> open;
  private final SortedMap<Rung, Duration> kept;
  private final List<Rung> rungs;

  /** From where on each kind needs the cells of a rung, because they are not in the next yet. */
  private final Map<Rung, Map<EventKind, Long>> needed = new EnumMap<>(Rung.class);

  private long newestMinuteMillis;
  private boolean marked;

  CubeStores(ProcessorContext<?, ?> context, CubeSettings settings) {
    kept = settings.rungs();
    rungs = kept.keySet().stream().filter(rung -> rung != Rung.MINUTE).toList();
    for (Rung rung : kept.keySet()) {
      cells.put(rung, context.getStateStore(rung.store()));
      needed.put(rung, new EnumMap<>(EventKind.class));
    }
    state = context.getStateStore(Cube.STATE_STORE);
    members = context.getStateStore(Cube.MEMBERS_STORE);
    open = context.getStateStore(Cube.OPEN_STORE);
  }

  WindowStore<Bytes, byte[]> cells() {
    return cells(Rung.MINUTE);
  }

  /** The cells of a rung that is kept. */
  WindowStore<Bytes, byte[]> cells(Rung rung) {
    return Objects.requireNonNull(cells.get(rung));
  }

  /** The rungs above the minutes that are kept, the finest first. */
  List<Rung> rungs() {
    return rungs;
  }

  private long retentionMillis(Rung rung) {
    return Objects.requireNonNull(kept.get(rung)).toMillis();
  }

  /** Says from where on a kind needs the cells of a rung; {@link Long#MAX_VALUE} for none. */
  void needs(Rung rung, EventKind kind, long fromMillis) {
    Objects.requireNonNull(needed.get(rung)).put(kind, fromMillis);
  }

  /** Spans from then on may not be written yet: what some kind still needs would be forgotten. */
  long writableToMillis(Rung rung) {
    long from = Long.MAX_VALUE;
    for (long ofKind : Objects.requireNonNull(needed.get(rung)).values()) {
      from = Math.min(from, ofKind);
    }
    return from == Long.MAX_VALUE ? from : from + retentionMillis(rung);
  }

  KeyValueStore<String, byte[]> state() {
    return state;
  }

  KeyValueStore<String, byte[]> members() {
    return members;
  }

  KeyValueStore<String, byte[]> open() {
    return open;
  }

  void seen(long minuteMillis) {
    newestMinuteMillis = Math.max(newestMinuteMillis, minuteMillis);
  }

  /** Cells of earlier minutes are not taken any more. */
  long oldestKeptMillis() {
    return newestMinuteMillis - retentionMillis(Rung.MINUTE);
  }

  /**
   * Writes a record that says nothing into each store that has none. A store without any record has
   * no offset, and without one all stores of the task are thrown away and restored at a start.
   */
  void mark() {
    Bytes marker = CellStore.markerKey();
    if (!marked && state.get(MARKER) == null) {
      state.put(MARKER, NOTHING);
      members.put(MARKER, NOTHING);
      open.put(MARKER, NOTHING);
      cells.forEach((rung, store) -> store.put(marker, NOTHING, rung.floor(newestMinuteMillis)));
    }
    marked = true;
  }
}
