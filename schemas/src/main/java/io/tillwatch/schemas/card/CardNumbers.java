package io.tillwatch.schemas.card;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds card numbers (PANs) in text: 12 to 19 digits, separators undone, that pass Luhn and have an
 * issuer's prefix and length.
 *
 * <p>A run of digits is judged whole, and together with the runs that follow it when nothing but
 * one separator stands between; digits of any script count. Parts of a run are not: order numbers
 * and epoch times stay what they are. Linear in the length of the text.
 */
public final class CardNumbers {

  private static final int DIGITS_MIN = 12;
  private static final int DIGITS_MAX = 19;

  /** A UUID or a hash of a usual length, perhaps behind a short word. */
  private static final Pattern HASH =
      Pattern.compile(
          "\\p{Alpha}{0,8}[-_]?"
              + "(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
              + "|\\p{XDigit}{16}|\\p{XDigit}{24}|\\p{XDigit}{32}"
              + "|\\p{XDigit}{40}|\\p{XDigit}{64})");

  private static final Pattern HEX_LETTER = Pattern.compile("[a-fA-F]");

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

  /** UUIDs and hashes in hexadecimal happen to have long runs of digits. */
  private static boolean isHash(CharSequence name) {
    Matcher hash = HASH.matcher(name);
    return hash.matches() && HEX_LETTER.matcher(hash.group(1)).find();
  }

  private static boolean find(CharSequence text, boolean onlyAsPrinted) {
    if (text.length() < DIGITS_MIN || !hasEnoughDigits(text)) {
      return false;
    }
    int[] digits = new int[DIGITS_MAX];
    for (int start = 0; start < text.length(); start++) {
      if (digitAt(text, start) >= 0
          && (start == 0 || digitAt(text, start - 1) < 0)
          && startsCard(text, start, onlyAsPrinted, digits)) {
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
  private static boolean startsCard(
      CharSequence text, int start, boolean onlyAsPrinted, int[] digits) {
    int count = 0;
    int run = 0;
    int at = start;
    while (at < text.length()) {
      int digit = digitAt(text, at);
      if (digit < 0 || count == DIGITS_MAX) {
        return false;
      }
      digits[count++] = digit;
      run++;
      at++;
      boolean runEnds = at == text.length() || digitAt(text, at) < 0;
      if (runEnds && isCard(digits, count)) {
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

  private static boolean isCard(int[] digits, int count) {
    return count >= DIGITS_MIN && hasIssuer(digits, count) && passesLuhn(digits, count);
  }

  private static boolean passesLuhn(int[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int digit = digits[count - 1 - i];
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /**
   * ISO/IEC 7812 issuer prefixes as the schemes publish them, with the lengths they are used at.
   */
  private static boolean hasIssuer(int[] digits, int count) {
    int p2 = digits[0] * 10 + digits[1];
    int p4 = p2 * 100 + digits[2] * 10 + digits[3];
    int p3 = p4 / 10;
    return switch (digits[0]) {
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
