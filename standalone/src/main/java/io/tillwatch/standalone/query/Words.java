package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;

/** How the values of an answer read on a terminal. */
public final class Words {

  private Words() {}

  /**
   * A slice or root cell, for example {@code psp=northpay region=eu-west}; nothing fixed is {@code
   * all}.
   */
  public static String slice(JsonNode slice) {
    StringJoiner joiner = new StringJoiner(" ").setEmptyValue("all");
    slice.properties().forEach(e -> joiner.add(e.getKey() + "=" + e.getValue().asText()));
    return joiner.toString();
  }

  /** A share between 0 and 1 as a percentage; a dash when there is none. */
  public static String percent(JsonNode share) {
    return share.isNumber() ? String.format(Locale.ROOT, "%.1f %%", share.asDouble() * 100) : "-";
  }

  /** A whole number; a dash when there is none. */
  public static String count(JsonNode number) {
    return number.isNumber()
        ? String.format(Locale.ROOT, "%,d", Math.round(number.asDouble()))
        : "-";
  }

  /** A number with a decimal; a dash when there is none. */
  public static String decimal(JsonNode number) {
    return number.isNumber() ? String.format(Locale.ROOT, "%,.1f", number.asDouble()) : "-";
  }

  /** A text; a dash when there is none. */
  public static String text(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? "-" : node.asText();
  }
}
