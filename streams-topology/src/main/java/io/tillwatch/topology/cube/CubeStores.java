package io.tillwatch.topology.cube;

import java.time.Duration;
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

  private final WindowStore<Bytes, byte[]> cells;
  private final KeyValueStore<String, byte[]> state;
  private final KeyValueStore<String, byte[]> members;
  private final KeyValueStore<String, byte[]> open;
  private final long retentionMillis;
  private long newestMinuteMillis;
  private boolean marked;

  CubeStores(ProcessorContext<?, ?> context, Duration retention) {
    cells = context.getStateStore(Cube.CELLS_STORE);
    state = context.getStateStore(Cube.STATE_STORE);
    members = context.getStateStore(Cube.MEMBERS_STORE);
    open = context.getStateStore(Cube.OPEN_STORE);
    retentionMillis = retention.toMillis();
  }

  WindowStore<Bytes, byte[]> cells() {
    return cells;
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
    return newestMinuteMillis - retentionMillis;
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
      cells.put(marker, NOTHING, newestMinuteMillis);
    }
    marked = true;
  }
}
