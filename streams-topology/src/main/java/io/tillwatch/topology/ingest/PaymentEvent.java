package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.topology.cell.Tally;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A decoded event of any kind, as far as the door looks at it.
 *
 * @param latencyMillis what the latency sketch takes: answer time of auths and captures, lag of
 *     webhooks, completion time of refunds
 * @param ownTexts texts that only this kind of event has
 */
public record PaymentEvent(
    EventKind kind, PaymentStep step, long latencyMillis, List<String> ownTexts) {

  /** What this record says; it must be of that kind. */
  public static PaymentEvent of(EventKind kind, SpecificRecord decoded) {
    return switch (decoded) {
      case AuthEvent e -> new PaymentEvent(kind, e.getStep(), answerTime(e.getStep()), List.of());
      case CaptureEvent e ->
          new PaymentEvent(kind, e.getStep(), answerTime(e.getStep()), List.of());
      case RefundEvent e ->
          new PaymentEvent(kind, e.getStep(), completionTime(e), List.of(e.getRefundId()));
      case WebhookEvent e ->
          new PaymentEvent(
              kind,
              e.getStep(),
              since(e.getPspEventTime(), e.getStep()),
              List.of(e.getPspEventType()));
      case SettlementEvent e -> new PaymentEvent(kind, e.getStep(), Tally.NO_LATENCY, List.of());
      case DisputeEvent e ->
          new PaymentEvent(kind, e.getStep(), Tally.NO_LATENCY, List.of(e.getDisputeId()));
      default -> throw new IllegalArgumentException(decoded.getClass() + " is no payment event");
    };
  }

  private static long answerTime(PaymentStep step) {
    @Nullable Integer latency = step.getLatencyMillis();
    return latency == null ? Tally.NO_LATENCY : latency;
  }

  private static long completionTime(RefundEvent refund) {
    PaymentStep step = refund.getStep();
    return step.getOutcome() == Outcome.SUCCEEDED
        ? since(refund.getRequestedAt(), step)
        : Tally.NO_LATENCY;
  }

  private static long since(Instant from, PaymentStep step) {
    return Math.max(0, step.getEventTime().toEpochMilli() - from.toEpochMilli());
  }
}
