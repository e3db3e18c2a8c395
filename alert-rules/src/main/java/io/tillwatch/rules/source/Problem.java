package io.tillwatch.rules.source;

import java.util.regex.Pattern;

/**
 * One thing wrong with a rule file.
 *
 * @param found what stands there; not told when it may be a card number or somebody's address
 */
public record Problem(Place place, String found, String expected) {

  private static final int CARD_DIGITS_MIN = 12;

  /** Has as many digits as a card number. */
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+");

  public Problem {
    String rest = TIME.matcher(found).replaceAll("");
    if (rest.indexOf('@') >= 0
        || rest.codePoints().filter(Character::isDigit).count() >= CARD_DIGITS_MIN) {
      found = "what is not shown here";
    }
  }

  @Override
  public String toString() {
    return "%s: found %s, expected %s".formatted(place, found, expected);
  }
}
