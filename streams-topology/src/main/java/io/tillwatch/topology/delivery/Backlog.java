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

  /** However busy a catch-up is: by then a partition that can be read has had its turn. */
  static final Duration BEHIND_OTHERS_MAX = Duration.ofMinutes(10);

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
   * @param since when it last handed something over, began, or had nothing left
   * @param waited nanoseconds since then in which it was its turn and nothing came
   * @param lookedAt when that was last looked at
   * @param isUnreadable whether that is too long
   */
  private record State(
      Object reader,
      long handedTo,
      boolean hasMore,
      long since,
      long waited,
      long lookedAt,
      boolean isUnreadable) {

    static State moved(Object reader, long handedTo, boolean hasMore, long now) {
      return new State(reader, handedTo, hasMore, now, 0, now, false);
    }

    State hasNone(long now) {
      return hasMore ? moved(reader, handedTo, false, now) : this;
    }

    State hasMore(boolean itsTurn, long now) {
      if (!hasMore) {
        return moved(reader, handedTo, true, now);
      }
      long longer = itsTurn ? waited + now - lookedAt : waited;
      boolean isTooLong =
          longer >= UNREADABLE_AFTER.toNanos() || now - since >= BEHIND_OTHERS_MAX.toNanos();
      return new State(reader, handedTo, true, since, longer, now, isUnreadable || isTooLong);
    }
  }

  /** This consumer reads the partition from now on; what an earlier one said counts no more. */
  void begins(TopicPartition partition, Object reader) {
    states.put(partition, State.moved(reader, NOTHING, true, nanos.getAsLong()));
  }

  /** This consumer does not read the partition any more; another one may. */
  void ends(TopicPartition partition, Object reader) {
    states.computeIfPresent(partition, (p, state) -> state.reader == reader ? null : state);
  }

  /** Records up to there were handed over. */
  void handedOver(TopicPartition partition, long to) {
    states.computeIfPresent(
        partition, (p, state) -> State.moved(state.reader, to, state.hasMore, nanos.getAsLong()));
  }

  /** Whether the broker has more than what was handed over; all that was fetched is looked at. */
  void hasMore(TopicPartition partition, boolean more) {
    if (more) {
      hasMoreInTurn(partition, true);
    } else {
      states.computeIfPresent(partition, (p, state) -> state.hasNone(nanos.getAsLong()));
    }
  }

  /**
   * There may be more, and what there is waits behind the records of others: that is not held
   * against the partition, up to {@link #BEHIND_OTHERS_MAX}.
   */
  void waitsBehindOthers(TopicPartition partition) {
    hasMoreInTurn(partition, false);
  }

  private void hasMoreInTurn(TopicPartition partition, boolean itsTurn) {
    states.computeIfPresent(
        partition,
        (p, state) -> {
          State now = state.hasMore(itsTurn, nanos.getAsLong());
          if (now.isUnreadable && !state.isUnreadable) {
            LOG.warn("{}: nothing came, though there is more: nobody waits for it any longer", p);
          }
          return now;
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
