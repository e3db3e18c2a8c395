package io.tillwatch.triage.outside;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long an answer asks us to wait.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {

  /** Longer is not believed: executors grant far less. */
  static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * Seconds, or a date; a date is counted from the answer's own date, so that a clock that is off,
   * ours or theirs, changes nothing.
   *
   * @param now our time, for answers without a date
   * @return zero when it says nothing that can be read, or a time that has passed
   */
  static Duration of(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(text -> seconds(text).or(() -> until(text, headers, now)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait)
        .orElse(Duration.ZERO);
  }

  private static Optional<Duration> seconds(String text) {
    // Some say 1.5: rounded up, so that it is not too early.
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1_000)));
  }

  private static Optional<Duration> until(String text, HttpHeaders headers, Instant now) {
    Instant from = headers.firstValue("Date").flatMap(RetryAfter::date).orElse(now);
    return date(text).map(then -> Duration.between(from, then));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
