package io.tillwatch.load.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** How a file writes moments. */
sealed interface TimeFormat {

  /** ISO 8601, with an offset or Z. */
  TimeFormat ISO_8601 = new Iso();

  /** What is expected, for messages. */
  String description();

  /** Epoch milliseconds of a text. */
  long millis(String text);

  /**
   * The format of that name: {@code iso}, {@code epoch-millis}, {@code epoch-seconds}, or a
   * pattern.
   */
  static TimeFormat named(String name, ZoneId zone) {
    return switch (name) {
      case "iso" -> ISO_8601;
      case "epoch-millis" -> new Epoch(1);
      case "epoch-seconds" -> new Epoch(1_000);
      default -> new Pattern(name, DateTimeFormatter.ofPattern(name, Locale.ROOT), zone);
    };
  }

  /** ISO 8601. */
  record Iso() implements TimeFormat {
    @Override
    public String description() {
      return "such as 2026-01-31T23:59:59Z";
    }

    @Override
    public long millis(String text) {
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
  }

  /** A number since 1970, fractions allowed. */
  record Epoch(int unitMillis) implements TimeFormat {
    @Override
    public String description() {
      return unitMillis == 1 ? "milliseconds since 1970" : "seconds since 1970";
    }

    @Override
    public long millis(String text) {
      BigDecimal millis = new BigDecimal(text).multiply(BigDecimal.valueOf(unitMillis));
      return millis.toBigInteger().longValueExact();
    }
  }

  /** A pattern of {@link DateTimeFormatter}; texts without an offset are in the zone. */
  record Pattern(String text, DateTimeFormatter formatter, ZoneId zone) implements TimeFormat {
    @Override
    public String description() {
      return "written " + text;
    }

    @Override
    public long millis(String value) {
      TemporalAccessor parsed =
          formatter.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
      return switch (parsed) {
        case OffsetDateTime moment -> moment.toInstant().toEpochMilli();
        case LocalDateTime local -> local.atZone(zone).toInstant().toEpochMilli();
        default -> Instant.from(parsed).atOffset(ZoneOffset.UTC).toInstant().toEpochMilli();
      };
    }
  }
}
