package io.tillwatch.triage.gateway.redact;

/** Which signs a view holds: what cannot be in it is not looked for. */
final class Shapes {

  private static final int DIGIT = 1;
  private static final int ESCAPE = 1 << 1;
  private static final int QUOTED = 1 << 2;
  private static final int TAG = 1 << 3;
  private static final int MASK = 1 << 4;
  private static final int AT = 1 << 5;
  private static final int PLUS = 1 << 6;
  private static final int BRACKET = 1 << 7;
  private static final int TOKEN = 1 << 8;
  private static final int LONG_TOKEN = 1 << 9;
  private static final int MASKS = 1 << 10;
  private static final int TOKEN_MIN = 16;

  private static final short[] SIGNS = new short[0x80];

  static {
    mark(DIGIT, "0123456789");
    mark(ESCAPE, "%&\\#");
    mark(QUOTED, "=");
    mark(TAG, "<");
    mark(MASK, "*xX#?.-_");
    mark(AT, "@");
    mark(PLUS, "+");
    mark(BRACKET, "(");
    mark(TOKEN, "0123456789+/_-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  }

  private int signs;

  private static void mark(int sign, String characters) {
    characters.chars().forEach(c -> SIGNS[c] |= (short) sign);
  }

  void read(View view) {
    char[] chars = view.chars();
    int length = view.length();
    int all = 0;
    int token = 0;
    char before = 0;
    for (int at = 0; at < length; at++) {
      char c = chars[at];
      int sign = c < 0x80 ? SIGNS[c] : 0;
      all |= sign;
      all |= (sign & MASK) != 0 && c == before ? MASKS : 0;
      before = c;
      token = (sign & TOKEN) == 0 ? 0 : token + 1;
      all |= token == TOKEN_MIN ? LONG_TOKEN : 0;
    }
    signs = all;
  }

  /** Whether the character may be part of an encoded token. */
  static boolean isToken(char c) {
    return c < 0x80 && (SIGNS[c] & TOKEN) != 0;
  }

  private boolean has(int sign) {
    return (signs & sign) != 0;
  }

  boolean hasDigits() {
    return has(DIGIT);
  }

  boolean hasEscapes() {
    return has(ESCAPE);
  }

  /** Whether the same sign stands twice that may hide digits. */
  boolean hasMasks() {
    return has(MASKS);
  }

  boolean hasAt() {
    return has(AT);
  }

  boolean hasPlus() {
    return has(PLUS);
  }

  boolean hasBracket() {
    return has(BRACKET);
  }

  boolean hasLongToken() {
    return has(LONG_TOKEN);
  }

  boolean hasTags() {
    return has(TAG);
  }

  /** Whether there may be quoted-printable: not every equals sign is worth another look. */
  boolean isQuotedPrintable(View view) {
    if (has(QUOTED)) {
      for (int at = 0; at < view.length(); at++) {
        if (view.at(at) == '=' && isQuoted(view, at)) {
          return true;
        }
      }
    }
    return false;
  }

  /** One escape behind another, a soft line break, or a separator between digits. */
  private static boolean isQuoted(View view, int at) {
    char first = view.at(at + 1);
    char second = view.at(at + 2);
    if (first == '\n' || first == '\r' && second == '\n') {
      return at + 1 < view.length();
    }
    if (Chars.hex(first) < 0 || Chars.hex(second) < 0) {
      return false;
    }
    boolean separator = first == '2' || first == '0' || first == 'A' || first == 'C';
    return view.at(at + 3) == '=' || separator && Chars.isDigit(view.at(at - 1));
  }
}
