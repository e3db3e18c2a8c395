package io.tillwatch.topology.ingest;

import static io.tillwatch.schemas.cube.DeadLetterReason.AMOUNT_NEGATIVE;
import static io.tillwatch.schemas.cube.DeadLetterReason.AMOUNT_OUT_OF_RANGE;
import static io.tillwatch.schemas.cube.DeadLetterReason.ATTEMPT;
import static io.tillwatch.schemas.cube.DeadLetterReason.BIN_FORMAT;
import static io.tillwatch.schemas.cube.DeadLetterReason.CONTROL_CHARS;
import static io.tillwatch.schemas.cube.DeadLetterReason.COUNTRY;
import static io.tillwatch.schemas.cube.DeadLetterReason.CURRENCY;
import static io.tillwatch.schemas.cube.DeadLetterReason.EVENT_ID;
import static io.tillwatch.schemas.cube.DeadLetterReason.FIELD_TOO_LONG;
import static io.tillwatch.schemas.cube.DeadLetterReason.LATENCY_RANGE;
import static io.tillwatch.schemas.cube.DeadLetterReason.OUTCOME_NOT_ALLOWED;
import static io.tillwatch.schemas.cube.DeadLetterReason.PAN_IN_EVENT;
import static io.tillwatch.schemas.cube.DeadLetterReason.PAYMENT_ID;
import static io.tillwatch.schemas.cube.DeadLetterReason.PSP_UNKNOWN;
import static io.tillwatch.schemas.cube.DeadLetterReason.RAW_CODE_FORMAT;
import static io.tillwatch.schemas.cube.DeadLetterReason.REGION_UNKNOWN;
import static io.tillwatch.schemas.cube.DeadLetterReason.TIME_IN_FUTURE;
import static io.tillwatch.schemas.cube.DeadLetterReason.TIME_OUT_OF_RANGE;
import static io.tillwatch.schemas.cube.DeadLetterReason.TOO_MANY_ATTRIBUTES;

import io.tillwatch.schemas.card.CardNumbers;
import io.tillwatch.schemas.card.Confidential;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.Verdict;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a well-formed event is: one rule per field, in the order of the reasons.
 *
 * <p>A pure function; what it answers names the field and what was expected, never a value that
 * could be a card number: that a time can be, too.
 */
final class EventRules {

  /** Where an event is counted whose own name for it holds what may not be kept. */
  static final String WITHHELD = "withheld";

  static final int ID_MAX = 128;
  static final int NAME_MAX = 64;
  static final int ACCOUNT_MAX = 128;
  static final int VERSION_MAX = 64;
  static final int ATTRIBUTES_MAX = 32;
  static final int ATTRIBUTE_MAX = 256;
  static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  /** A day: nobody waits longer for an answer. */
  static final int LATENCY_MAX_MILLIS = 86_400_000;

  static final int ATTEMPT_MAX = 10_000;
  static final long EVENT_TIME_MIN = Instant.parse("2015-01-01T00:00:00Z").toEpochMilli();

  private static final Set<String> ISO_CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> ISO_COUNTRIES = Set.of(Locale.getISOCountries());

  private final IngestSettings settings;
  private final Set<String> currencies;
  private final long skewMillis;

  EventRules(IngestSettings settings) {
    this.settings = settings;
    this.currencies = settings.currencies().isEmpty() ? ISO_CURRENCIES : settings.currencies();
    this.skewMillis = settings.futureSkew().toMillis();
  }

  /** Why this event is refused; null when it is well-formed. */
  @Nullable Refusal check(PaymentEvent event, long nowMillis) {
    PaymentStep step = event.step();
    Refusal refusal = texts(step);
    for (String own : event.ownTexts()) {
      refusal = refusal != null ? refusal : text("id or type", own, ID_MAX);
    }
    if (refusal == null) {
      refusal = attributes(step.getAttributes());
    }
    if (refusal == null) {
      refusal = identity(step);
    }
    if (refusal == null) {
      refusal = card(step);
    }
    if (refusal == null) {
      refusal = money(step);
    }
    if (refusal == null) {
      refusal = result(event);
    }
    if (refusal == null) {
      refusal = time(step.getEventTime().toEpochMilli(), nowMillis);
    }
    return refusal == null ? cardNumbers(event) : refusal;
  }

  private static @Nullable Refusal cardNumbers(PaymentEvent event) {
    PaymentStep step = event.step();
    boolean found =
        holdsCard(step.getEventId())
            || holdsCard(step.getPaymentId())
            || holdsCard(step.getPsp())
            || holdsCard(step.getRegion())
            || holdsCard(step.getMethod())
            || holdsCard(step.getScheme())
            || holdsCard(step.getMerchantAccount())
            || holdsCard(step.getConnectorVersion())
            || event.ownTexts().stream().anyMatch(EventRules::holdsCard);
    return found ? refusal(PAN_IN_EVENT, "a field holds a card number, expected none") : null;
  }

  private static boolean holdsCard(@Nullable String name) {
    return name != null && CardNumbers.isInName(name);
  }

  /** Whether this PSP is one that was registered by name. */
  boolean isRegisteredPsp(String psp) {
    return settings.psps().contains(psp);
  }

  /** Whether no rule refuses this value of this dimension, which an event names itself. */
  boolean allows(Dimension dimension, String value) {
    return switch (dimension) {
      case PSP -> isName(value, NAME_MAX) && isKnown(value, settings.psps());
      case REGION -> isName(value, NAME_MAX) && isKnown(value, settings.regions());
      case METHOD, SCHEME -> isName(value, NAME_MAX);
      case MERCHANT_ACCOUNT -> isName(value, ACCOUNT_MAX);
      case CONNECTOR_VERSION -> isName(value, VERSION_MAX);
      case ISSUER_COUNTRY -> ISO_COUNTRIES.contains(value);
      case BIN_RANGE, THREE_DS -> false;
    };
  }

  private static boolean isName(String value, int max) {
    return text("", value, max) == null && !Confidential.isIn(value);
  }

  /** What is counted under this name: it may not be one that is kept. */
  static String kept(String name) {
    return Confidential.isIn(name) ? WITHHELD : name;
  }

  /** How many of the names that events are counted under are withheld. */
  static int countWithheld(PaymentStep step) {
    return Math.toIntExact(
        Stream.of(
                step.getPsp(),
                step.getRegion(),
                step.getMethod(),
                step.getScheme(),
                step.getMerchantAccount(),
                step.getConnectorVersion())
            .filter(name -> name != null && Confidential.isIn(name))
            .count());
  }

  /** Whether amounts may be in this currency. */
  boolean allowsCurrency(String code) {
    return currencies.contains(code);
  }

  /** Whether no rule refuses these attributes. */
  static boolean allowsAttributes(Map<String, String> attributes) {
    return attributes(attributes) == null;
  }

  /** Whether an event may have happened then. */
  boolean allowsTime(long eventTimeMillis, long nowMillis) {
    return eventTimeMillis >= EVENT_TIME_MIN && eventTimeMillis - skewMillis <= nowMillis;
  }

  private static @Nullable Refusal texts(PaymentStep step) {
    Refusal refusal = text("eventId", step.getEventId(), ID_MAX);
    refusal = refusal != null ? refusal : text("paymentId", step.getPaymentId(), ID_MAX);
    refusal = refusal != null ? refusal : text("psp", step.getPsp(), NAME_MAX);
    refusal = refusal != null ? refusal : text("bin", step.getBin(), NAME_MAX);
    refusal = refusal != null ? refusal : text("region", step.getRegion(), NAME_MAX);
    refusal = refusal != null ? refusal : text("method", step.getMethod(), NAME_MAX);
    refusal = refusal != null ? refusal : text("scheme", step.getScheme(), NAME_MAX);
    refusal =
        refusal != null ? refusal : text("merchantAccount", step.getMerchantAccount(), ACCOUNT_MAX);
    refusal =
        refusal != null
            ? refusal
            : text("connectorVersion", step.getConnectorVersion(), VERSION_MAX);
    return refusal != null ? refusal : text("rawCode", step.getRawCode(), NAME_MAX);
  }

  private static @Nullable Refusal text(String field, @Nullable String value, int max) {
    if (value == null) {
      return null;
    }
    if (value.length() > max) {
      return refusal(
          FIELD_TOO_LONG, "%s: %d characters, expected at most %d", field, value.length(), max);
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        return refusal(
            CONTROL_CHARS, "%s: U+%04X at %d, expected none", field, (int) value.charAt(i), i);
      }
    }
    return null;
  }

  private static @Nullable Refusal attributes(Map<String, String> attributes) {
    if (attributes.size() > ATTRIBUTES_MAX) {
      return refusal(
          TOO_MANY_ATTRIBUTES, "%d, expected at most %d", attributes.size(), ATTRIBUTES_MAX);
    }
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      int longest = Math.max(attribute.getKey().length(), attribute.getValue().length());
      if (longest > ATTRIBUTE_MAX) {
        return refusal(
            FIELD_TOO_LONG,
            "attributes: %d characters, expected at most %d",
            longest,
            ATTRIBUTE_MAX);
      }
    }
    return null;
  }

  private @Nullable Refusal identity(PaymentStep step) {
    if (step.getEventId().isBlank()) {
      return refusal(EVENT_ID, "empty, expected 1 to %d characters", ID_MAX);
    }
    if (step.getPaymentId().isBlank()) {
      return refusal(PAYMENT_ID, "empty, expected 1 to %d characters", ID_MAX);
    }
    if (step.getAttempt() < 1 || step.getAttempt() > ATTEMPT_MAX) {
      return refusal(ATTEMPT, "%d, expected 1 to %d", step.getAttempt(), ATTEMPT_MAX);
    }
    if (!isKnown(step.getPsp(), settings.psps())) {
      return refusal(PSP_UNKNOWN, "expected %s", expectedNames(settings.psps()));
    }
    if (!isKnown(step.getRegion(), settings.regions())) {
      return refusal(REGION_UNKNOWN, "expected %s", expectedNames(settings.regions()));
    }
    return null;
  }

  private static boolean isKnown(String name, Set<String> registered) {
    return registered.isEmpty() ? isWellFormed(name) : registered.contains(name);
  }

  private static String expectedNames(Set<String> registered) {
    return registered.isEmpty()
        ? "a letter or digit, then letters, digits, '.', '_' or '-'"
        : "one of %d registered names".formatted(registered.size());
  }

  private static boolean isWellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean inside = c == '.' || c == '_' || c == '-';
      if (!isAsciiLetterOrDigit(c) && (i == 0 || !inside)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static @Nullable Refusal card(PaymentStep step) {
    String bin = step.getBin();
    if (bin != null && !isBin(bin)) {
      return CardNumbers.isIn(bin)
          ? refusal(PAN_IN_EVENT, "bin: a card number, expected its first 6 or 8 digits")
          : refusal(BIN_FORMAT, "%d characters, expected 6 or 8 ASCII digits", bin.length());
    }
    String country = step.getIssuerCountry();
    if (country != null && !ISO_COUNTRIES.contains(country)) {
      return refusal(COUNTRY, "issuerCountry: expected ISO 3166-1 alpha-2, upper case");
    }
    return null;
  }

  private static boolean isBin(String bin) {
    return (bin.length() == 6 || bin.length() == 8)
        && bin.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private @Nullable Refusal money(PaymentStep step) {
    if (!currencies.contains(step.getCurrency())) {
      return refusal(CURRENCY, "expected an accepted ISO 4217 code, upper case");
    }
    if (step.getAmountMinor() < 0) {
      return refusal(AMOUNT_NEGATIVE, "amountMinor: below 0, expected 0 to %d", AMOUNT_MAX);
    }
    if (step.getAmountMinor() > AMOUNT_MAX) {
      return refusal(AMOUNT_OUT_OF_RANGE, "amountMinor: expected 0 to %d", AMOUNT_MAX);
    }
    return null;
  }

  private static @Nullable Refusal result(PaymentEvent event) {
    PaymentStep step = event.step();
    Integer latency = step.getLatencyMillis();
    if (latency != null && (latency < 0 || latency > LATENCY_MAX_MILLIS)) {
      return refusal(
          LATENCY_RANGE, "latencyMillis: %d, expected 0 to %d", latency, LATENCY_MAX_MILLIS);
    }
    if (Verdict.of(event.kind(), step.getOutcome()) == Verdict.NOT_ALLOWED) {
      return refusal(
          OUTCOME_NOT_ALLOWED, "%s is no outcome of kind %s", step.getOutcome(), event.kind());
    }
    String rawCode = step.getRawCode();
    if (rawCode != null && (!isPrintableAscii(rawCode) || CardNumbers.isIn(rawCode))) {
      return refusal(RAW_CODE_FORMAT, "rawCode: expected printable ASCII that is no card number");
    }
    return null;
  }

  private static boolean isPrintableAscii(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }

  private @Nullable Refusal time(long eventTime, long nowMillis) {
    if (eventTime < EVENT_TIME_MIN) {
      return refusal(TIME_OUT_OF_RANGE, "eventTime: before 2015, expected later, in milliseconds");
    }
    if (eventTime - skewMillis > nowMillis) {
      return refusal(
          TIME_IN_FUTURE,
          "eventTime: ahead of the clock, expected by %s at most",
          settings.futureSkew());
    }
    return null;
  }

  private static Refusal refusal(DeadLetterReason reason, String format, Object... arguments) {
    return new Refusal(reason, String.format(Locale.ROOT, format, arguments));
  }
}
