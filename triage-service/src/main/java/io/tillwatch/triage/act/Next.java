package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionOutcome;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt. */
enum Next {
  /** Settled: the other side has it. */
  DONE(ActionOutcome.DONE, false),
  /** Settled without a try: the target is switched off, nobody is meant to hear of it. */
  OFF(ActionOutcome.DONE, false),
  /**
   * Settled: the other side will never take it; the second channel is told. The pager is not given
   * up so soon: somebody mends its settings, and then what burns is paged and what is over ends.
   */
  REFUSED(ActionOutcome.QUARANTINED, true),
  /** Settled: tried often enough; the second channel is told. */
  GIVEN_UP(ActionOutcome.FAILED, true),
  /** Tried when there is room: this was no attempt. */
  HELD(null, false),
  /** Tried again after a wait. */
  AGAIN(null, false),
  /** Tried again after a wait; the second channel is told meanwhile. */
  AGAIN_AND_TELL(null, true);

  private final @Nullable ActionOutcome outcome;
  private final boolean tellsSecondChannel;

  Next(@Nullable ActionOutcome outcome, boolean tellsSecondChannel) {
    this.outcome = outcome;
    this.tellsSecondChannel = tellsSecondChannel;
  }

  /** Decides after the latest of an action's attempts. */
  static Next after(Delivery delivery, Lane.Pending pending, ActSettings settings) {
    int attempt = pending.attempts();
    return switch (delivery) {
      case Delivery.Done _ -> DONE;
      case Delivery.Off _ -> OFF;
      case Delivery.Held _ -> HELD;
      case Delivery.Refused _ when !pending.forPager() -> REFUSED;
      case Delivery.Refused _ when attempt >= settings.attempts() -> REFUSED;
      case Delivery.Refused _ when pending.wasRefused() -> AGAIN;
      case Delivery.Refused _ -> AGAIN_AND_TELL;
      case Delivery.Retry _ when attempt >= settings.attempts() -> GIVEN_UP;
      case Delivery.Retry _ when attempt == settings.secondChannelAfter() -> AGAIN_AND_TELL;
      case Delivery.Retry _ -> AGAIN;
    };
  }

  /** How the action ended; null while it has not. */
  @Nullable ActionOutcome outcome() {
    return outcome;
  }

  boolean tellsSecondChannel() {
    return tellsSecondChannel;
  }
}
