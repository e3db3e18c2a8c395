package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One target's executor without its clients: which action is tried, what an attempt leads to, and
 * in which order effect, record and commit follow.
 *
 * <pre>
 *   read ──► lane ──► deliver ──► (second channel) ──► record ──► commit
 *              ▲         │
 *              └─ wait ──┘  not now; a page also when it is refused
 * </pre>
 *
 * <p>Knows neither Kafka nor the clock: a process gives it {@link Hands} on both, a rehearsal those
 * of a world in memory. Single-threaded.
 */
public final class Dispatch {

  private static final int DETAIL_MAX = 512;

  private final ActionTarget target;
  private final ActSettings settings;
  private final BackOff backOff;
  private final Time time;
  private final Hands hands;
  private final Lane lane = new Lane();
  private DoneActions done = new DoneActions();
  private long committed = -1;
  private long ownFrom = Long.MAX_VALUE;

  /**
   * What time it is.
   *
   * @param clock stamps results
   * @param ticker monotonic nanoseconds, for waits: a jump of the clock does not move them
   */
  public record Time(InstantSource clock, LongSupplier ticker) {
    long nanos() {
      return ticker.getAsLong();
    }

    Instant now() {
      return clock.instant();
    }
  }

  /** An executor that has read nothing yet. */
  public Dispatch(
      ActionTarget target, ActSettings settings, RandomGenerator random, Time time, Hands hands) {
    this(target, settings, new BackOff(settings, random), time, hands);
  }

  Dispatch(ActionTarget target, ActSettings settings, BackOff backOff, Time time, Hands hands) {
    this.target = target;
    this.settings = settings;
    this.backOff = backOff;
    this.time = time;
    this.hands = hands;
  }

  /** Goes on where others stopped, who may have tried whatever has no result. */
  public void begin(Iterable<ActionResult> results) {
    begin(results, Long.MAX_VALUE);
  }

  /**
   * Goes on where others stopped.
   *
   * @param results what is on record: is not done again
   * @param ownFrom where the topic ends: what is before it, others may have tried
   */
  public void begin(Iterable<ActionResult> results, long ownFrom) {
    DoneActions settled = new DoneActions();
    results.forEach(settled::add);
    begin(settled, ownFrom);
  }

  void begin(DoneActions settled, long from) {
    done = settled;
    ownFrom = from;
  }

  /** Forgets what was read: another executor has it now. */
  void forget() {
    lane.clear();
    committed = -1;
  }

  /** Whether it holds as much as it may: the rest waits in the topic. */
  public boolean full() {
    return lane.size() >= settings.pending();
  }

  /** Takes a record of the topic; null for one without a value. */
  public void read(@Nullable Action action, long offset) {
    if (action != null && action.getTarget() == target && !done.contains(action.getActionId())) {
      lane.add(action, offset, time.nanos());
    } else {
      lane.passed(offset);
    }
  }

  /** Passes over a record that cannot be read. */
  void passed(long offset) {
    lane.passed(offset);
  }

  /** How long until something is due, at most the given time. */
  public Duration idle(Duration atMost) {
    return lane.idle(time.nanos(), atMost);
  }

  /** Tries the most urgent action that is due, if any, and commits what is settled. */
  public void step() {
    lane.next(time.nanos()).ifPresent(this::attempt);
    long offset = lane.committable();
    if (offset > committed) {
      hands.commit(offset);
      committed = offset;
      CrashPoint.AFTER_COMMIT.pass();
    }
  }

  private void attempt(Lane.Pending pending) {
    Action action = pending.action();
    if (done.contains(action.getActionId())) {
      lane.settle(pending);
      return;
    }
    if (lane.overtaken(pending)) {
      end(pending, ActionOutcome.FAILED, null, "over before it was taken: its resolve is queued");
      return;
    }
    CrashPoint.BEFORE_SEND.pass();
    Delivery delivery = hands.deliver(errand(pending));
    CrashPoint.AFTER_ANSWER.pass();
    if (!(delivery instanceof Delivery.Off || delivery instanceof Delivery.Held)) {
      pending.attempted();
    }
    Next next = Next.after(delivery, pending, settings);
    complain(pending, next, delivery);
    if (next.tellsSecondChannel()) {
      tellSecondChannel(pending, delivery.detail());
    }
    if (delivery instanceof Delivery.Refused) {
      pending.refused();
    }
    ActionOutcome outcome = next.outcome();
    if (outcome == null) {
      pending.waitUntil(time.nanos() + wait(pending, delivery).toNanos());
      return;
    }
    String externalId = delivery instanceof Delivery.Done ok ? ok.externalId() : null;
    end(pending, outcome, externalId, delivery.detail());
  }

  private Errand errand(Lane.Pending pending) {
    Action form = pending.form();
    return new Errand(form, done.name(form), pending.attempts() + 1, pending.offset() < ownFrom);
  }

  private void complain(Lane.Pending pending, Next next, Delivery delivery) {
    if (next != Next.DONE && next != Next.OFF && next != Next.HELD) {
      hands.complain(
          "%s %s of %s try %d: %s (%s)"
              .formatted(
                  target,
                  pending.action().getVerb(),
                  pending.action().getIncidentId(),
                  pending.attempts(),
                  next,
                  delivery.detail()));
    }
  }

  private Duration wait(Lane.Pending pending, Delivery delivery) {
    return switch (delivery) {
      case Delivery.Held held -> BackOff.bounded(held.after());
      case Delivery.Retry retry -> backOff.after(pending.attempts(), retry.after());
      default -> backOff.after(pending.attempts(), Duration.ZERO);
    };
  }

  private void tellSecondChannel(Lane.Pending pending, String why) {
    Action notice = Undelivered.notice(pending.action(), pending.attempts(), why);
    if (!hands.tellSecondChannel(notice)) {
      hands.complain("nobody could be told: " + notice.getSummary());
    }
  }

  private void end(
      Lane.Pending pending, ActionOutcome outcome, @Nullable String externalId, String detail) {
    ActionResult result = result(pending, outcome, externalId, detail);
    hands.record(result);
    CrashPoint.AFTER_RECORD.pass();
    done.add(result);
    lane.settle(pending);
  }

  private ActionResult result(
      Lane.Pending pending, ActionOutcome outcome, @Nullable String externalId, String detail) {
    Action action = pending.action();
    return ActionResult.newBuilder()
        .setActionId(action.getActionId())
        .setIncidentId(action.getIncidentId())
        .setTenant(action.getTenant())
        .setTarget(action.getTarget())
        .setVerb(action.getVerb())
        .setOutcome(outcome)
        .setAttempts(pending.attempts())
        .setExternalId(externalId)
        .setDetail(detail.substring(0, Math.min(detail.length(), DETAIL_MAX)))
        .setAt(time.now())
        .build();
  }

  /** Actions read and not settled. */
  public int pending() {
    return lane.size();
  }
}
