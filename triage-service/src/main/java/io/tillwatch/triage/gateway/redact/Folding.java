package io.tillwatch.triage.gateway.redact;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * What a character counts as: digits of every script are {@code 0} to {@code 9}, wide and accented
 * letters are plain ones, dashes and spaces are one each, invisible marks are nothing.
 */
final class Folding {

  /** Stands for a character that is not there. */
  static final char NOTHING = 0;

  /** Stands for a label of ours: belongs to nothing, joins nothing. */
  static final char LABEL = '\uE000';

  private static final String NUMERALS =
      "\u3007\u96F6\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D"
          + "\u58F9\u8D30\u53C1\u8086\u4F0D\u9646\u67D2\u634C\u7396"
          + "\u58F1\u8CB3\u53C3\u9678\u5E7A\u5F10\u53C2\u5169\u4E24";
  private static final String NUMERAL_DIGITS = "00123456789" + "123456789" + "123612322";
  private static final String BULLETS = "\u2022\u25CF\u2219\u204E\u2731\u2588\u25AA\u25A0\u00D7";
  private static final String BLANKS = "\u0640\u2800\u115F\u1160\u3164\uFFA0";
  private static final char[] OF = new char[Character.MAX_VALUE + 1];

  static {
    for (int c = 0; c < OF.length; c++) {
      OF[c] = (char) (c < 0x80 ? ascii(c) : slowly(c));
    }
    for (int i = 0; i < NUMERALS.length(); i++) {
      OF[NUMERALS.charAt(i)] = NUMERAL_DIGITS.charAt(i);
    }
    BULLETS.chars().forEach(c -> OF[c] = '*');
    BLANKS.chars().forEach(c -> OF[c] = NOTHING);
    OF['\u2212'] = '-';
    OF['\u00B7'] = '.';
    OF['\u0085'] = '\n';
    OF[LABEL] = '?';
    // Halves of pairs are joined before they are folded; a lone one is some other character.
    Arrays.fill(OF, Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1, '?');
  }

  private Folding() {}

  static char of(char c) {
    return OF[c];
  }

  /** The same for any code point. */
  static char ofCodePoint(int codePoint) {
    return codePoint < OF.length ? OF[codePoint] : (char) slowly(codePoint);
  }

  private static int ascii(int c) {
    boolean layout = c == '\n' || c == '\r' || c == '\t';
    if (c >= 0x1C && c < ' ') {
      // The separators of files, groups, records and units.
      return '|';
    }
    return c < ' ' && !layout || c == 0x7F ? NOTHING : c;
  }

  private static int slowly(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER, Character.LETTER_NUMBER ->
          number(c);
      case Character.FORMAT,
          Character.CONTROL,
          Character.ENCLOSING_MARK,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          isTagDigit(c) ? c - 0xE0000 : NOTHING;
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
      case Character.DASH_PUNCTUATION -> '-';
      default -> compatible(c);
    };
  }

  private static int number(int c) {
    int value = Character.getNumericValue(c);
    return value >= 0 && value <= 9 ? '0' + value : compatible(c);
  }

  private static boolean isTagDigit(int c) {
    return c >= 0xE0030 && c <= 0xE0039;
  }

  private static int compatible(int c) {
    if (c >= 0x0370 && c < 0x1D00 || c >= 0x2E80 && c < 0xF900 || c > 0x1FBFF) {
      return Math.min(c, 0xFFFD);
    }
    String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
    char first = plain.charAt(0);
    return first < 0x80 ? first : Math.min(c, 0xFFFD);
  }
}
