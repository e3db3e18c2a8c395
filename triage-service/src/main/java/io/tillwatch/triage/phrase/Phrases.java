package io.tillwatch.triage.phrase;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.slice.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Places, values and times in words. Pure and thread-safe. */
public final class Phrases {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Phrases() {}

  /** A slice, for example {@code northpay · eu-west}; {@code all traffic} when nothing is fixed. */
  public static String place(Map<String, String> slice) {
    StringJoiner joiner = new StringJoiner(" · ");
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension.label());
      if (value != null) {
        joiner.add(named(dimension, value));
      }
    }
    return joiner.length() == 0 ? "all traffic" : joiner.toString();
  }

  /** Values that say nothing by themselves carry their dimension's name. */
  private static String named(Dimension dimension, String value) {
    return switch (dimension) {
      case PSP, REGION -> value;
      case BIN_RANGE -> "BIN " + value;
      case METHOD -> "method " + value;
      case SCHEME -> value;
      case ISSUER_COUNTRY -> "issuers in " + value;
      case MERCHANT_ACCOUNT -> "account " + value;
      case CONNECTOR_VERSION -> "connector " + value;
      case THREE_DS -> "3DS " + value;
    };
  }

  /** Root cells: the first one, and how many more. */
  public static String places(List<SliceEvidence> rootCells) {
    if (rootCells.isEmpty()) {
      return place(Map.of());
    }
    String first = place(rootCells.getFirst().getSlice());
    return rootCells.size() == 1 ? first : first + " and " + (rootCells.size() - 1) + " more";
  }

  /** What is measured and how it moved, for example {@code approvals 86 % → 4 %}. */
  public static String change(EventKind kind, Kpi kpi, double expected, double observed) {
    return subject(kind, kpi) + " " + value(kpi, expected) + " → " + value(kpi, observed);
  }

  private static String subject(EventKind kind, Kpi kpi) {
    String events =
        switch (kind) {
          case AUTH -> "authorisations";
          case CAPTURE -> "captures";
          case REFUND -> "refunds";
          case WEBHOOK -> "webhooks";
          case SETTLEMENT -> "settlements";
          case DISPUTE -> "disputes";
        };
    return switch (kpi) {
      case SUCCESS_RATE -> kind == EventKind.AUTH ? "approvals" : events + " succeeded";
      case TECHNICAL_SUCCESS_RATE -> events + " without technical error";
      case VOLUME -> events;
      case LATENCY -> "latency of " + events;
      case WEBHOOK_LAG -> "webhook lag";
      case WEBHOOK_FAILURE -> "webhook failures";
      case CAPTURE_SUCCESS -> "captures succeeded";
      case REFUND_SLA -> "refunds in time";
      case REASON_MIX, UNKNOWN -> events;
    };
  }

  /** A value of a KPI with its unit. */
  public static String value(Kpi kpi, double value) {
    return switch (kpi) {
      case VOLUME -> number(value) + "/min";
      case LATENCY, WEBHOOK_LAG -> Math.round(value) + " ms";
      default -> percent(value);
    };
  }

  /** A share, for example {@code 86 %}, with a decimal where whole numbers hide too much. */
  public static String percent(double share) {
    double percent = share * 100;
    boolean fine = (percent > 0 && percent < 1) || (percent > 99 && percent < 100);
    return fine
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  /** A count, with a decimal when small. */
  public static String number(double value) {
    return value < 10 && value != Math.rint(value)
        ? String.format(Locale.ROOT, "%.1f", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  /** Amounts, each in its own currency, for example {@code 1234.50 EUR}. */
  public static String amounts(List<Money> amounts) {
    return amounts.stream().map(Phrases::amount).collect(Collectors.joining(", "));
  }

  private static String amount(Money money) {
    int digits = fractionDigits(money.getCurrency());
    return BigDecimal.valueOf(money.getAmountMinor(), digits).toPlainString()
        + " "
        + money.getCurrency();
  }

  private static int fractionDigits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2; // no ISO code: shown as most currencies are
    }
  }

  /** Hour and minute in UTC. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /** A symbol as screens show it. */
  public static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
