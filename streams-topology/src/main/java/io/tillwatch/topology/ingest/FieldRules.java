package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.FieldView;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cell.Verdict;
import java.util.Map;

/**
 * Takes over into a view what the fields of an event say, when no rule could refuse it.
 *
 * <p>The rules are those of {@link EventRules}. Where it says no the event may still be a valid
 * one, of a rare make: ids beyond ASCII, for instance, are left to those who read whole events.
 * Used by one task.
 */
final class FieldRules {

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Reason[] REASONS = Reason.values();

  private final EventRules rules;
  private final LeafCodes leaves;
  private final PlainText text = new PlainText();

  FieldRules(EventRules rules, LeafCodes leaves) {
    this.rules = rules;
    this.leaves = leaves;
  }

  /** Whether the event in these fields is certainly valid; then it is in the view. */
  boolean admit(EventKind kind, FieldView fields, long nowMillis, EventView into) {
    into.kind = kind;
    return identity(fields, into)
        && time(fields, nowMillis, into)
        && money(fields, into)
        && result(kind, fields, into)
        && own(kind, fields, into)
        && attributes(fields, into)
        && leaves.read(fields, into);
  }

  private boolean identity(FieldView fields, EventView into) {
    into.id = fields.bytes(EventFields.EVENT_ID);
    into.idFrom = fields.from(EventFields.EVENT_ID);
    into.idLength = fields.length(EventFields.EVENT_ID);
    long attempt = fields.number(EventFields.ATTEMPT);
    into.attempt = (int) attempt;
    return attempt >= 1
        && attempt <= EventRules.ATTEMPT_MAX
        && isName(fields, EventFields.EVENT_ID)
        && !text.isBlank()
        && isName(fields, EventFields.PAYMENT_ID)
        && !text.isBlank();
  }

  /** Whether it is plain text, not too long and without a card number. */
  private boolean isName(FieldView fields, int slot) {
    int length = fields.length(slot);
    return length <= EventRules.ID_MAX
        && text.isPlain(fields.bytes(slot), fields.from(slot), length)
        && !text.holdsCardAsName();
  }

  private boolean time(FieldView fields, long nowMillis, EventView into) {
    into.eventTimeMillis = fields.number(EventFields.EVENT_TIME);
    return rules.allowsTime(into.eventTimeMillis, nowMillis);
  }

  private static boolean money(FieldView fields, EventView into) {
    into.amountMinor = fields.number(EventFields.AMOUNT_MINOR);
    return into.amountMinor >= 0 && into.amountMinor <= EventRules.AMOUNT_MAX;
  }

  private boolean result(EventKind kind, FieldView fields, EventView into) {
    into.outcome = OUTCOMES[(int) fields.number(EventFields.OUTCOME)];
    into.reason =
        fields.isNull(EventFields.REASON) ? null : REASONS[(int) fields.number(EventFields.REASON)];
    into.latencyMillis =
        fields.isNull(EventFields.LATENCY_MILLIS)
            ? Tally.NO_LATENCY
            : fields.number(EventFields.LATENCY_MILLIS);
    boolean latencyInRange =
        fields.isNull(EventFields.LATENCY_MILLIS)
            || into.latencyMillis >= 0 && into.latencyMillis <= EventRules.LATENCY_MAX_MILLIS;
    return latencyInRange
        && Verdict.of(kind, into.outcome) != Verdict.NOT_ALLOWED
        && (fields.isNull(EventFields.RAW_CODE) || rawCode(fields));
  }

  private boolean rawCode(FieldView fields) {
    int length = fields.length(EventFields.RAW_CODE);
    return length <= EventRules.NAME_MAX
        && text.isPlain(
            fields.bytes(EventFields.RAW_CODE), fields.from(EventFields.RAW_CODE), length)
        && !text.holdsCard();
  }

  /** What only this kind of event has, and which latency counts for it. */
  private boolean own(EventKind kind, FieldView fields, EventView into) {
    switch (kind) {
      case AUTH, CAPTURE -> {
        return true;
      }
      case SETTLEMENT, DISPUTE -> into.latencyMillis = Tally.NO_LATENCY;
      case WEBHOOK -> into.latencyMillis = sinceOwnTime(fields, into);
      case REFUND ->
          into.latencyMillis =
              into.outcome == Outcome.SUCCEEDED ? sinceOwnTime(fields, into) : Tally.NO_LATENCY;
    }
    return kind == EventKind.SETTLEMENT || isName(fields, EventFields.OWN_TEXT);
  }

  private static long sinceOwnTime(FieldView fields, EventView into) {
    return Math.max(0, into.eventTimeMillis - fields.number(EventFields.OWN_TIME));
  }

  private static boolean attributes(FieldView fields, EventView into) {
    into.redacted = 0;
    if (fields.number(EventFields.ATTRIBUTES) == 0) {
      return true;
    }
    Map<String, String> attributes = fields.map(EventFields.ATTRIBUTES);
    into.redacted = Attributes.countSensitive(attributes);
    return EventRules.allowsAttributes(attributes);
  }
}
