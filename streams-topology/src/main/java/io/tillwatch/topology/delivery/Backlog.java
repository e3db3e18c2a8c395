package io.tillwatch.topology.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is more to read of a partition, as far as the consumers of this process know.
 *
 * <p>Who has had no event for a while is idle only when there was none to read: a busy machine, or
 * a long catch-up of the partition beside it, is no silence. A partition that has more and hands
 * nothing over for {@link #UNREADABLE_AFTER} cannot be read; nobody waits for it any longer, or a
 * leader that is away would keep every minute open. Thread-safe.
 */
public final class Backlog {

  static final Duration UNREADABLE_AFTER = Duration.ofMinutes(2);

  /** Before anything was handed over. */
  static final long NOTHING = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Map<TopicPartition, State> states = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /** A backlog of which nothing is known yet. */
  public Backlog() {
    this(System::nanoTime);
  }

  /** One with this clock: only differences count. */
  Backlog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * How far the consumer of a partition is.
   *
   * @param reader the consumer
   * @param handedTo behind the last record that was handed over; {@link #NOTHING} at first
   * @param hasMore whether the broker has more, or is not known to have none
   * @param movedAt when it last handed something over, began, had nothing left or was not its turn
   * @param isUnreadable whether that was said to be too long ago
   */
  private record State(
      Object reader, long handedTo, boolean hasMore, long movedAt, boolean isUnreadable) {}

  /** This consumer reads the partition from now on; what an earlier one said counts no more. */
  void begins(TopicPartition partition, Object reader) {
    states.put(partition, new State(reader, NOTHING, true, nanos.getAsLong(), false));
  }

  /** This consumer does not read the partition any more; another one may. */
  void ends(TopicPartition partition, Object reader) {
    states.computeIfPresent(partition, (p, state) -> state.reader == reader ? null : state);
  }

  /** Records up to there were handed over. */
  void handedOver(TopicPartition partition, long to) {
    states.computeIfPresent(
        partition,
        (p, state) -> new State(state.reader, to, state.hasMore, nanos.getAsLong(), false));
  }

  /** There is more, and it waits behind the records of others: that it can be read is not over. */
  void waitsBehindOthers(TopicPartition partition) {
    states.computeIfPresent(
        partition,
        (p, state) -> new State(state.reader, state.handedTo, true, nanos.getAsLong(), false));
  }

  /** Whether the broker has more than what was handed over. */
  void hasMore(TopicPartition partition, boolean more) {
    states.computeIfPresent(
        partition,
        (p, state) -> {
          long now = nanos.getAsLong();
          if (!more) {
            return state.hasMore
                ? new State(state.reader, state.handedTo, false, now, false)
                : state;
          }
          long since = state.hasMore ? state.movedAt : now;
          boolean isUnreadable = now - since >= UNREADABLE_AFTER.toNanos();
          if (isUnreadable && !state.isUnreadable) {
            LOG.warn(
                "{}: nothing came for {}, though there is more: nobody waits for it",
                p,
                UNREADABLE_AFTER);
          }
          return state.hasMore && isUnreadable == state.isUnreadable
              ? state
              : new State(state.reader, state.handedTo, true, since, isUnreadable);
        });
  }

  /** Behind the last record that was handed over; -1 when none was, or nobody reads here. */
  public long handedTo(String topic, int partition) {
    State state = states.get(new TopicPartition(topic, partition));
    return state == null ? NOTHING : state.handedTo;
  }

  /**
   * Whether who is done with all records before an offset has nothing left to do; also when nobody
   * reads here, so that nothing is known, and when what is left cannot be read.
   */
  public boolean isDone(String topic, int partition, long doneTo) {
    State state = states.get(new TopicPartition(topic, partition));
    return state == null || (!state.hasMore || state.isUnreadable) && doneTo >= state.handedTo;
  }
}
