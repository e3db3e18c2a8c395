package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.card.CardNumbers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a producer adds to an event beyond our fields.
 *
 * <p>Attributes are no dimension and nothing downstream reads them, so one that holds card data
 * does not cost the event: it is dropped and counted.
 */
final class Attributes {

  /** Sensitive authentication data by name, letters only: never kept, whatever the value. */
  private static final Set<String> SENSITIVE_NAMES =
      Set.of(
          "cvv",
          "cvv2",
          "cvc",
          "cvc2",
          "cid",
          "cav2",
          "csc",
          "securitycode",
          "cardsecuritycode",
          "cardverificationvalue",
          "track",
          "track1",
          "track2",
          "track3",
          "trackdata",
          "magstripe",
          "magneticstripe",
          "pin",
          "pinblock",
          "encryptedpinblock");

  /** Names under which 12 to 19 digits are a card number even if they do not pass Luhn. */
  private static final Set<String> CARD_NUMBER_NAMES =
      Set.of("pan", "cardnumber", "card", "cardno", "accountnumber", "primaryaccountnumber", "ccn");

  private Attributes() {}

  /** How many of these must not be kept. */
  static int countSensitive(Map<String, String> attributes) {
    int count = 0;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (isSensitive(attribute.getKey(), attribute.getValue())) {
        count++;
      }
    }
    return count;
  }

  private static boolean isSensitive(String name, String value) {
    String letters = lettersAndDigits(name);
    return SENSITIVE_NAMES.contains(letters)
        || CARD_NUMBER_NAMES.contains(letters) && digits(value) >= 12 && digits(value) <= 19
        || CardNumbers.isIn(value)
        || CardNumbers.isIn(name);
  }

  private static long digits(String value) {
    return value.chars().filter(Character::isDigit).count();
  }

  private static String lettersAndDigits(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        letters.append(c);
      }
    }
    return letters.toString();
  }
}
