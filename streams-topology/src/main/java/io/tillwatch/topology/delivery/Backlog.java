package io.tillwatch.topology.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether there is more to read of a partition, as far as the consumers of this process know.
 *
 * <p>Who has had no event for a while is idle only when there was none to read: a busy machine, or
 * a long catch-up of the partition beside it, is no silence. Thread-safe.
 */
public final class Backlog {

  /** Before anything was handed over. */
  static final long NOTHING = -1;

  private final Map<TopicPartition, State> states = new ConcurrentHashMap<>();

  /**
   * How far the consumer of a partition is.
   *
   * @param handedTo behind the last record that was handed over; {@link #NOTHING} at first
   * @param hasMore whether the broker has more, or is not known to have none
   */
  private record State(long handedTo, boolean hasMore) {}

  /** The partition is read from now on; what is known of an earlier reader counts no more. */
  void begins(TopicPartition partition) {
    states.put(partition, new State(NOTHING, true));
  }

  /** The partition is not read here any more. */
  void ends(TopicPartition partition) {
    states.remove(partition);
  }

  /** Records up to there were handed over. */
  void handedOver(TopicPartition partition, long to) {
    states.computeIfPresent(partition, (p, state) -> new State(to, state.hasMore));
  }

  /** What the broker has beyond what was handed over. */
  void hasMore(TopicPartition partition, boolean more) {
    states.computeIfPresent(
        partition, (p, state) -> state.hasMore == more ? state : new State(state.handedTo, more));
  }

  /** Behind the last record that was handed over; -1 when none was, or nobody reads here. */
  public long handedTo(String topic, int partition) {
    State state = states.get(new TopicPartition(topic, partition));
    return state == null ? NOTHING : state.handedTo;
  }

  /**
   * Whether who is done with all records before an offset has nothing left to do; also when nobody
   * reads here, so that nothing is known.
   */
  public boolean isDone(String topic, int partition, long doneTo) {
    State state = states.get(new TopicPartition(topic, partition));
    return state == null || !state.hasMore && doneTo >= state.handedTo;
  }
}
