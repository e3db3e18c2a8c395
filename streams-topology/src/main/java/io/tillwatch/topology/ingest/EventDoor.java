package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.frame.FieldReader;
import io.tillwatch.schemas.frame.FrameLimits;
import io.tillwatch.schemas.frame.Framed;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.frame.MalformedFrame;
import io.tillwatch.schemas.frame.RecordReader;
import io.tillwatch.schemas.frame.RecordReaders;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a value is a valid event of its kind: size, decode, validate, no card numbers.
 * Used by one task: a site's own serde need not be thread-safe.
 */
final class EventDoor {

  private final Map<EventKind, RecordReader<? extends SpecificRecord>> readers =
      new EnumMap<>(EventKind.class);
  private final EventRules rules;

  EventDoor(IngestSettings settings, RecordReaders makers, Map<String, EventKind> topics) {
    this.rules = new EventRules(settings);
    topics.forEach((topic, kind) -> readers.put(kind, makers.of(typeOf(kind), topic)));
  }

  private static Class<? extends SpecificRecord> typeOf(EventKind kind) {
    return switch (kind) {
      case AUTH -> AuthEvent.class;
      case CAPTURE -> CaptureEvent.class;
      case REFUND -> RefundEvent.class;
      case WEBHOOK -> WebhookEvent.class;
      case SETTLEMENT -> SettlementEvent.class;
      case DISPUTE -> DisputeEvent.class;
    };
  }

  /** What a look at a value told. */
  sealed interface Judgement {}

  /**
   * A valid event.
   *
   * @param redacted attributes that hold card data and are dropped, and names that are withheld
   */
  record Valid(PaymentEvent event, int redacted) implements Judgement {}

  /**
   * No valid event.
   *
   * @param schemaId of its frame, when it had one
   * @param psp when it is a registered one
   */
  record Invalid(Refusal refusal, @Nullable Integer schemaId, @Nullable String psp)
      implements Judgement {}

  /**
   * Judges one value.
   *
   * @param nowMillis the time that events must not be ahead of
   */
  Judgement judge(EventKind kind, byte @Nullable [] value, long nowMillis) {
    if (value != null && value.length > FrameLimits.EVENT.bytes()) {
      return new Invalid(tooLarge(value.length), null, null);
    }
    Framed<? extends SpecificRecord> framed;
    try {
      framed = Objects.requireNonNull(readers.get(kind)).read(value);
    } catch (MalformedFrame e) {
      Integer schemaId = e.schemaId().isPresent() ? e.schemaId().getAsInt() : null;
      return new Invalid(new Refusal(e.reason(), e.detail()), schemaId, null);
    }
    PaymentEvent event = PaymentEvent.of(kind, framed.value());
    Refusal refusal = rules.check(event, nowMillis);
    if (refusal != null) {
      String psp = event.step().getPsp();
      return new Invalid(refusal, framed.schemaId(), rules.isRegisteredPsp(psp) ? psp : null);
    }
    PaymentStep step = event.step();
    int redacted = Attributes.countSensitive(step.getAttributes()) + EventRules.countWithheld(step);
    return new Valid(event, redacted);
  }

  /** A reader of the fields of this kind alone; null where a site's own serde decodes. */
  @Nullable FieldReader<?> fields(EventKind kind) {
    return readers.get(kind) instanceof FramedReader<?> framed
        ? new FieldReader<>(framed, EventFields.of(kind))
        : null;
  }

  EventRules rules() {
    return rules;
  }

  private static Refusal tooLarge(int length) {
    return new Refusal(
        DeadLetterReason.RECORD_TOO_LARGE,
        "%d bytes, expected at most %d".formatted(length, FrameLimits.EVENT.bytes()));
  }
}
