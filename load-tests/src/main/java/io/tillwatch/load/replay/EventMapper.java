package io.tillwatch.load.replay;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.replay.Purchases.Place;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes an event of a row. */
final class EventMapper {

  private static final Pattern BIN = Pattern.compile("\\d{6}(\\d{2})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final int ATTEMPT_MAX = 10_000;
  private static final int ID_CHARACTERS_MAX = 128;
  private static final int NAME_CHARACTERS_MAX = 64;
  private static final long AMOUNT_MINOR_MAX = 1_000_000_000_000_000L;

  private final Mapping.Rules rules;
  private final @Nullable Purchases purchases;

  EventMapper(Mapping mapping) {
    this.rules = mapping.rules();
    PurchaseRule purchase = rules.purchase();
    this.purchases = purchase == null ? null : new Purchases(purchase);
  }

  /** The event of a row, delivered at its event time. */
  Delivery map(Row row) throws BadRow {
    PaymentStep step = step(row);
    SpecificRecord event =
        switch (rules.event()) {
          case AUTH -> new AuthEvent(step);
          case CAPTURE -> new CaptureEvent(step);
          case REFUND ->
              new RefundEvent(step, needed(row, Field.REFUND_ID), moment(row, Field.REQUESTED_AT));
          case WEBHOOK ->
              new WebhookEvent(
                  step,
                  needed(row, Field.PSP_EVENT_TYPE),
                  moment(row, Field.PSP_EVENT_TIME),
                  orElse(number(row, Field.DELIVERY_ATTEMPT, 1, 1_000), 1),
                  number(row, Field.HTTP_STATUS, 100, 599));
          case SETTLEMENT, DISPUTE -> throw new IllegalStateException("no mapping allows it");
        };
    return new Delivery(step.getEventTime().toEpochMilli(), step.getPaymentId(), event);
  }

  private PaymentStep step(Row row) throws BadRow {
    String eventId = needed(row, Field.EVENT_ID, ID_CHARACTERS_MAX);
    if (purchases == null) {
      String paymentId = needed(row, Field.PAYMENT_ID, ID_CHARACTERS_MAX);
      Integer attempt = number(row, Field.ATTEMPT, 1, ATTEMPT_MAX);
      return step(row, eventId, new Place(paymentId, orElse(attempt, 1)));
    }
    // Made once to find all that is wrong with a row before it becomes part of a purchase.
    PaymentStep alone = step(row, eventId, new Place(eventId, 1));
    long millis = alone.getEventTime().toEpochMilli();
    boolean succeeded = Outcomes.isSuccess(alone.getOutcome());
    return step(row, eventId, purchases.place(row, eventId, millis, succeeded));
  }

  private PaymentStep step(Row row, String eventId, Place place) throws BadRow {
    Outcome outcome = outcome(row);
    return new PaymentStep(
        eventId,
        moment(row, Field.EVENT_TIME),
        place.paymentId(),
        place.attempt(),
        needed(row, Field.PSP, NAME_CHARACTERS_MAX),
        matching(row, Field.BIN, BIN, "the first 6 or 8 digits and no more"),
        needed(row, Field.REGION, NAME_CHARACTERS_MAX),
        matching(row, Field.ISSUER_COUNTRY, COUNTRY, "two capital letters"),
        orElse(text(row, Field.METHOD, NAME_CHARACTERS_MAX), "card"),
        text(row, Field.SCHEME, NAME_CHARACTERS_MAX),
        currency(row),
        amount(row),
        text(row, Field.MERCHANT_ACCOUNT, NAME_CHARACTERS_MAX),
        text(row, Field.CONNECTOR_VERSION, NAME_CHARACTERS_MAX),
        flag(row),
        number(row, Field.LATENCY_MILLIS, 0, Integer.MAX_VALUE),
        outcome,
        Outcomes.isSuccess(outcome) ? null : reason(row),
        text(row, Field.RAW_CODE, NAME_CHARACTERS_MAX),
        Map.of());
  }

  private Outcome outcome(Row row) throws BadRow {
    String text = needed(row, Field.OUTCOME);
    for (Outcome outcome : Outcomes.of(rules.event())) {
      if (outcome.name().equalsIgnoreCase(text)) {
        return outcome;
      }
    }
    throw bad(Field.OUTCOME, text, "one of " + String.join(", ", Outcomes.labels(rules.event())));
  }

  private @Nullable Reason reason(Row row) throws BadRow {
    String text = text(row, Field.REASON, NAME_CHARACTERS_MAX);
    if (text == null) {
      return null;
    }
    try {
      return Reason.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad(Field.REASON, text, "a normalised reason, or a lookup that gives one");
    }
  }

  private @Nullable Boolean flag(Row row) throws BadRow {
    String text = text(row, Field.THREE_DS, NAME_CHARACTERS_MAX);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(Field.THREE_DS, text, "true or false, or a lookup that gives them");
    };
  }

  private String currency(Row row) throws BadRow {
    String text = matching(row, Field.CURRENCY, CURRENCY, "three capital letters");
    if (text == null) {
      throw empty(Field.CURRENCY);
    }
    return text;
  }

  private long amount(Row row) throws BadRow {
    FieldRule rule = rule(Field.AMOUNT_MINOR);
    Long amount = rule.number(row, 0, AMOUNT_MINOR_MAX);
    if (amount == null) {
      throw empty(Field.AMOUNT_MINOR);
    }
    return amount;
  }

  private @Nullable Integer number(Row row, Field field, int least, int most) throws BadRow {
    FieldRule rule = rules.fields().get(field);
    Long number = rule == null ? null : rule.number(row, least, most);
    return number == null ? null : Math.toIntExact(number);
  }

  private Instant moment(Row row, Field field) throws BadRow {
    Long millis = rule(field).millis(row);
    if (millis == null) {
      throw empty(field);
    }
    return Instant.ofEpochMilli(millis);
  }

  private @Nullable String matching(Row row, Field field, Pattern pattern, String expected)
      throws BadRow {
    String text = text(row, field, ID_CHARACTERS_MAX);
    if (text != null && !pattern.matcher(text).matches()) {
      throw bad(field, text, expected);
    }
    return text;
  }

  /** The rule of a field that every mapping of this kind of event has. */
  private FieldRule rule(Field field) {
    return Objects.requireNonNull(rules.fields().get(field));
  }

  private String needed(Row row, Field field) throws BadRow {
    return needed(row, field, ID_CHARACTERS_MAX);
  }

  private String needed(Row row, Field field, int most) throws BadRow {
    String text = text(row, field, most);
    if (text == null) {
      throw empty(field);
    }
    return text;
  }

  private @Nullable String text(Row row, Field field, int most) throws BadRow {
    FieldRule rule = rules.fields().get(field);
    String text = rule == null ? null : rule.text(row);
    if (text != null && text.length() > most) {
      throw bad(field, text, "at most %d characters".formatted(most));
    }
    return text;
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static BadRow empty(Field field) {
    return new BadRow(field.label() + " is empty, expected a value");
  }

  private static BadRow bad(Field field, String value, String expected) {
    return new BadRow("%s is %s, expected %s".formatted(field.label(), Shown.of(value), expected));
  }
}
