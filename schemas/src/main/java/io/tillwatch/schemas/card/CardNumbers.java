package io.tillwatch.schemas.card;

/**
 * Finds card numbers (PANs) in text: 12 to 19 digits, separators undone, that pass Luhn and have an
 * issuer's prefix and length.
 *
 * <p>A run of digits is judged whole, and together with the runs that follow it when nothing but
 * one separator stands between; digits of any script count. Parts of a run are not: order numbers
 * and epoch times stay what they are. Linear in the length of the text; makes no object.
 */
public final class CardNumbers {

  /** Fewest digits of a card number: a text with fewer holds none. */
  public static final int DIGITS_MIN = 12;

  private static final int DIGITS_MAX = 19;

  /** Longest word before a hash. */
  private static final int HASH_PREFIX_MAX = 8;

  private static final int UUID_LENGTH = 36;
  private static final int PREFIX_DIGITS = 4;

  private CardNumbers() {}

  /** Whether a card number is in this text, whatever separates its digits. */
  public static boolean isIn(CharSequence text) {
    return find(text, false);
  }

  /**
   * Whether a card number is in this name: unbroken, or in the groups cards are printed in. Ids are
   * full of short numbers with separators between; one in ten of them would pass Luhn.
   */
  public static boolean isInName(CharSequence name) {
    return find(name, true) && !isHash(name);
  }

  /**
   * UUIDs and hashes in hexadecimal happen to have long runs of digits. One stands alone or behind
   * a short word and perhaps a dash, of which as much as can be is taken for the word.
   */
  private static boolean isHash(CharSequence name) {
    int word = 0;
    while (word < HASH_PREFIX_MAX && word < name.length() && isLetter(name.charAt(word))) {
      word++;
    }
    for (int prefix = word; prefix >= 0; prefix--) {
      if (prefix < name.length()
          && (name.charAt(prefix) == '-' || name.charAt(prefix) == '_')
          && isHashFrom(name, prefix + 1)) {
        return hasHexLetter(name, prefix + 1);
      }
      if (isHashFrom(name, prefix)) {
        return hasHexLetter(name, prefix);
      }
    }
    return false;
  }

  /** Whether the rest is a UUID, or hexadecimal digits of a usual length. */
  private static boolean isHashFrom(CharSequence name, int from) {
    int length = name.length() - from;
    boolean uuid = length == UUID_LENGTH;
    if (!uuid && length != 16 && length != 24 && length != 32 && length != 40 && length != 64) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = name.charAt(from + i);
      boolean dash = uuid && (i == 8 || i == 13 || i == 18 || i == 23);
      if (dash ? c != '-' : !isHexLetter(c) && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasHexLetter(CharSequence name, int from) {
    for (int i = from; i < name.length(); i++) {
      if (isHexLetter(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHexLetter(char c) {
    return c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean find(CharSequence text, boolean onlyAsPrinted) {
    if (text.length() < DIGITS_MIN || !hasEnoughDigits(text)) {
      return false;
    }
    for (int start = 0; start < text.length(); start++) {
      if (digitAt(text, start) >= 0
          && (start == 0 || digitAt(text, start - 1) < 0)
          && startsCard(text, start, onlyAsPrinted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasEnoughDigits(CharSequence text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += digitAt(text, i) >= 0 ? 1 : 0;
    }
    return count >= DIGITS_MIN;
  }

  /** Whether the run of digits from here, alone or with the next ones, is a card number. */
  private static boolean startsCard(CharSequence text, int start, boolean onlyAsPrinted) {
    int count = 0;
    int run = 0;
    int prefix = 0;
    int evenDoubled = 0;
    int oddDoubled = 0;
    int at = start;
    while (at < text.length()) {
      int digit = digitAt(text, at);
      if (digit < 0 || count == DIGITS_MAX) {
        return false;
      }
      prefix = count < PREFIX_DIGITS ? prefix * 10 + digit : prefix;
      evenDoubled += count % 2 == 0 ? doubled(digit) : digit;
      oddDoubled += count % 2 == 0 ? digit : doubled(digit);
      count++;
      run++;
      at++;
      boolean runEnds = at == text.length() || digitAt(text, at) < 0;
      // Luhn doubles every second digit, counted from the last one, which is not.
      int luhn = count % 2 == 0 ? evenDoubled : oddDoubled;
      if (runEnds && count >= DIGITS_MIN && luhn % 10 == 0 && hasIssuer(prefix, count)) {
        return true;
      }
      if (runEnds) {
        if (onlyAsPrinted && !isPrintedGroup(run, count)) {
          return false;
        }
        at = afterSeparator(text, at);
        run = 0;
      }
    }
    return false;
  }

  /** A digit doubled as Luhn does it: the sum of the result's digits. */
  private static int doubled(int digit) {
    return digit > 4 ? digit * 2 - 9 : digit * 2;
  }

  /** Cards are printed 4-4-4-4, 4-4-4-4-3, 4-6-5 or 4-6-4: what may come before a separator. */
  private static boolean isPrintedGroup(int length, int digitsSoFar) {
    return length == 4 || length == 6 && digitsSoFar == 10;
  }

  private static int afterSeparator(CharSequence text, int at) {
    int next = at;
    while (next < text.length() && isInvisible(text.charAt(next))) {
      next++;
    }
    if (next < text.length() && isSeparator(text.charAt(next))) {
      next++;
    }
    while (next < text.length() && isInvisible(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case ' ',
          '-',
          '.',
          '_',
          '/',
          ',',
          '\u00A0',
          '\u2010',
          '\u2011',
          '\u2012',
          '\u2013',
          '\u2014',
          '\u2212',
          '\u3000',
          '\uFF0D',
          '\t' ->
          true;
      default -> false;
    };
  }

  private static boolean isInvisible(char c) {
    return Character.getType(c) == Character.FORMAT;
  }

  private static int digitAt(CharSequence text, int at) {
    char c = text.charAt(at);
    if (c <= '9') {
      return c - '0';
    }
    return c < 0x80 ? -1 : Character.digit(c, 10);
  }

  /**
   * ISO/IEC 7812 issuer prefixes as the schemes publish them, with the lengths they are used at.
   *
   * @param p4 the first four digits
   */
  private static boolean hasIssuer(int p4, int count) {
    int p3 = p4 / 10;
    int p2 = p4 / 100;
    return switch (p4 / 1000) {
      case 2 -> p4 >= 2221 && p4 <= 2720 && count == 16 || p4 >= 2200 && p4 <= 2204 && count >= 16;
      case 3 ->
          (p2 == 34 || p2 == 37) && count == 15
              || (p3 <= 305 && p3 >= 300 || p2 == 36 || p2 == 38 || p2 == 39)
                  && (count == 14 || count >= 16)
              || p4 >= 3528 && p4 <= 3589 && count >= 16;
      case 4 -> count == 13 || count == 16 || count == 19;
      case 5 -> p2 >= 51 && p2 <= 55 && count == 16 || p2 == 50 || p2 >= 56;
      case 6 -> true;
      case 8 -> p2 == 81 && count >= 16;
      default -> false;
    };
  }
}
