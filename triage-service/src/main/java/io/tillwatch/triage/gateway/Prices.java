package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.settings.Settings;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What tokens cost, in millionths of a currency per million of them: so many per token.
 *
 * @param inputMicros 0 when not known
 * @param outputMicros 0 when not known
 */
public record Prices(long inputMicros, long outputMicros) {

  private static final Pattern AMOUNT = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");
  private static final int MICRO_DIGITS = 6;
  private static final long PER = 1_000_000;

  /** What so many tokens cost, in millionths of the currency, rounded up. */
  long micros(long inputTokens, long outputTokens) {
    return Math.ceilDiv(inputTokens * inputMicros + outputTokens * outputMicros, PER);
  }

  /** Reads an amount such as {@code 2.50} into millionths; 0 when it is not set. */
  static long micros(Settings settings, String key) {
    String text = settings.text(key, "0").strip();
    if (!AMOUNT.matcher(text).matches()) {
      settings.reject(key, "'" + text + "'", "an amount such as 2.50, up to six decimals");
      return 0;
    }
    return new BigDecimal(text).movePointRight(MICRO_DIGITS).longValueExact();
  }
}
