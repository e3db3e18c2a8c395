package io.tillwatch.topology.cube;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The stores of one task, which several kinds may share. A window store drops what is older than
 * its retention by its own newest minute, whoever wrote it: that is known here.
 */
final class CubeStores {

  private final WindowStore<Bytes, byte[]> cells;
  private final KeyValueStore<String, byte[]> state;
  private final KeyValueStore<String, byte[]> members;
  private long newestMinuteMillis;

  CubeStores(ProcessorContext<?, ?> context) {
    cells = context.getStateStore(Cube.CELLS_STORE);
    state = context.getStateStore(Cube.STATE_STORE);
    members = context.getStateStore(Cube.MEMBERS_STORE);
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

  void seen(long minuteMillis) {
    newestMinuteMillis = Math.max(newestMinuteMillis, minuteMillis);
  }

  long newestMinuteMillis() {
    return newestMinuteMillis;
  }
}
