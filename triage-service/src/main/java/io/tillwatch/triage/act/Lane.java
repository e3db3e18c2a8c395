package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The actions of one target that are read but not settled, and which of them is next.
 *
 * <p>Actions of one incident go out in the order of the topic, those of a pager in that of its
 * episode: a resolve waits until its trigger is settled, and no trigger follows a resolve; but a
 * resolve that a pager refuses does not hold up the page of the next episode, which is an alert of
 * its own. Among those the worse severity goes first, then the older. An action that waits for its
 * next attempt holds up nothing but what stands behind it. Time is a monotonic count of
 * nanoseconds, so that a jump of the wall clock neither sticks nor hurries a retry. Not
 * thread-safe.
 */
final class Lane {

  /** One action with its attempts. */
  static final class Pending {
    private final Action action;
    private final long offset;
    private int attempts;
    private boolean refused;
    private long dueNanos;

    Pending(Action action, long offset, long dueNanos) {
      this.action = action;
      this.offset = offset;
      this.dueNanos = dueNanos;
    }

    Action action() {
      return action;
    }

    long offset() {
      return offset;
    }

    /** What is handed to the target: once refused, the plainest form of the action. */
    Action form() {
      return refused ? Plain.form(action) : action;
    }

    boolean forPager() {
      return action.getTarget() == ActionTarget.PAGER;
    }

    void refused() {
      refused = true;
    }

    boolean wasRefused() {
      return refused;
    }

    int attempts() {
      return attempts;
    }

    void attempted() {
      attempts++;
    }

    void waitUntil(long nanos) {
      dueNanos = nanos;
    }
  }

  private static final Comparator<Pending> WORST_FIRST =
      Comparator.<Pending, Integer>comparing(p -> p.action.getSeverity().ordinal())
          .thenComparing(p -> p.action.getCreatedAt())
          .thenComparing(p -> p.offset);

  private final Map<String, Deque<Pending>> queues = new LinkedHashMap<>();
  private final TreeSet<Long> openOffsets = new TreeSet<>();
  private long nextOffset = -1;

  /** Takes an action that is still to be done. */
  void add(Action action, long offset, long nowNanos) {
    queues
        .computeIfAbsent(queue(action), key -> new ArrayDeque<>())
        .addLast(new Pending(action, offset, nowNanos));
    openOffsets.add(offset);
    passed(offset);
  }

  /** What keeps its order: incidents; at a pager the alert, which is one episode's. */
  private static String queue(Action action) {
    return action.getTarget() == ActionTarget.PAGER ? action.getDedupKey() : action.getIncidentId();
  }

  /** Notes a record that needs nothing here: another target's, or done before. */
  void passed(long offset) {
    nextOffset = Math.max(nextOffset, offset + 1);
  }

  /** The action to try now: of those whose wait is over, the worst. */
  Optional<Pending> next(long nowNanos) {
    return queues.values().stream()
        .map(Deque::peekFirst)
        .filter(Objects::nonNull)
        .filter(p -> p.dueNanos - nowNanos <= 0)
        .min(WORST_FIRST);
  }

  /**
   * Whether it is a page, or that somebody has it, that failed before and is over by now: a pager
   * that has heard of the resolve, or never of the page, would ring for nothing.
   */
  boolean overtaken(Pending pending) {
    Deque<Pending> queue = queues.get(queue(pending.action));
    return pending.attempts > 0
        && (pending.action.getVerb() == ActionVerb.TRIGGER
            || pending.action.getVerb() == ActionVerb.ACKNOWLEDGE)
        && queue != null
        && queue.stream()
            .map(Pending::action)
            .filter(behind -> behind.getVerb() == ActionVerb.RESOLVE)
            .anyMatch(behind -> behind.getDedupKey().equals(pending.action.getDedupKey()));
  }

  /** How long until some action is due, at most the given time. */
  Duration idle(long nowNanos, Duration atMost) {
    long wait = atMost.toNanos();
    for (Deque<Pending> queue : queues.values()) {
      Pending head = queue.peekFirst();
      if (head != null) {
        wait = Math.min(wait, Math.max(0, head.dueNanos - nowNanos));
      }
    }
    return Duration.ofNanos(wait);
  }

  /** Drops an action whose result is on record. */
  void settle(Pending pending) {
    Deque<Pending> queue = queues.get(queue(pending.action));
    if (queue == null || queue.peekFirst() != pending) {
      throw new IllegalStateException(
          "action %s is not the first of its queue".formatted(pending.action.getActionId()));
    }
    queue.removeFirst();
    if (queue.isEmpty()) {
      queues.remove(queue(pending.action));
    }
    openOffsets.remove(pending.offset);
  }

  /** The offset to commit: everything before it is settled; -1 while nothing was read. */
  long committable() {
    return openOffsets.isEmpty() ? nextOffset : openOffsets.first();
  }

  int size() {
    return openOffsets.size();
  }

  /** Forgets everything: the partition went to another executor. */
  void clear() {
    queues.clear();
    openOffsets.clear();
    nextOffset = -1;
  }
}
