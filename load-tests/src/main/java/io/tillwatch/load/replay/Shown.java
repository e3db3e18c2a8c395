package io.tillwatch.load.replay;

import io.tillwatch.schemas.card.CardNumbers;
import java.util.regex.Pattern;

/** A value of a file as messages may show it: short, and never with the digits of a card number. */
final class Shown {

  private static final int CHARACTERS_MAX = 40;

  /** Nine digits or more, separated or not: longer than any BIN. */
  private static final Pattern MANY_DIGITS = Pattern.compile("\\p{Nd}(?:[ .\\-]?\\p{Nd}){8,}");

  private Shown() {}

  static String of(String value) {
    if (CardNumbers.isIn(value)) {
      return "'[digits]'";
    }
    String masked = MANY_DIGITS.matcher(value).replaceAll("[digits]");
    boolean isShort = masked.length() <= CHARACTERS_MAX;
    String clear = (isShort ? masked : masked.substring(0, CHARACTERS_MAX) + "…");
    return "'" + clear.replaceAll("\\p{Cntrl}", " ") + "'";
  }
}
