package io.tillwatch.triage.gateway.redact;

/**
 * One look at every character of a view, for all who look for something particular: what cannot be
 * in it is not looked for, and what may be is looked for where it may be.
 */
final class Shapes {

  private static final int MARK = 1;
  private static final int DIGIT = 1 << 1;
  private static final int ESCAPE = 1 << 2;
  private static final int QUOTED = 1 << 3;
  private static final int TAG = 1 << 4;
  private static final int MASK = 1 << 5;
  private static final int TOKEN = 1 << 6;
  private static final int WORD = 1 << 7;
  private static final int OTHER = 0x7F;

  /** Shorter tokens hold no card number. */
  static final int TOKEN_MIN = 16;

  /** Shortest row of bytes, each written out, that may be a card number: six of four digits. */
  static final int CELLS_MIN = EncodedScan.SPACED_MIN / 2 * (4 + 1) - 1;

  private static final int HASH_MIN = 32;
  private static final int TOKEN_LINE_MAX = 1024;

  private static final short[] SIGNS = new short[OTHER + 1];

  static {
    mark(MARK, "@+(%&\\#=<");
    mark(DIGIT, "0123456789");
    mark(ESCAPE, "%&\\#");
    mark(QUOTED, "=");
    mark(TAG, "<");
    mark(MASK, "*xX#?.-_");
    mark(TOKEN, "0123456789+/_-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    // Letters that are in no byte that is written out, as 0x34 or U+0034.
    mark(WORD, "ghijklmnopqrstuvwyzGHIJKLMNOPQRSTVWYZ");
  }

  /** Where the same sign stands twice that may hide digits, or a star before a digit. */
  private final Places masks = new Places();

  /** Where tokens are long enough, and rows of what may be bytes. */
  private final Places tokens = new Places();

  private int signs;

  private static void mark(int sign, String characters) {
    characters.chars().forEach(c -> SIGNS[c] |= (short) sign);
  }

  void read(View view) {
    char[] chars = view.chars();
    int length = view.length();
    int[] marks = view.marksToFill();
    masks.clear();
    tokens.clear();
    int marked = 0;
    int all = 0;
    int token = 0;
    int row = 0;
    char before = 0;
    for (int at = 0; at < length; at++) {
      char c = chars[at];
      int sign = SIGNS[Math.min(c, OTHER)];
      all |= sign;
      marks[marked] = at;
      marked += sign & MARK;
      if (c == before && (sign & MASK) != 0 || before == '*' && (sign & DIGIT) != 0) {
        masks.note(at);
      }
      before = c;
      token = (sign & TOKEN) == 0 ? 0 : token + 1;
      row = (sign & WORD) != 0 ? 0 : row + 1;
      if (token == TOKEN_MIN || row >= CELLS_MIN) {
        tokens.note(at);
      }
    }
    view.marked(marked);
    signs = all;
  }

  /** Whether the character may be part of an encoded token. */
  static boolean isToken(char c) {
    return (SIGNS[Math.min(c, OTHER)] & TOKEN) != 0;
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

  /** Where the same sign stands twice that may hide digits. */
  Places masks() {
    return masks;
  }

  /**
   * Where the sixteenth character of a token stands, and what may be a row of bytes that are
   * written out, from its {@link #CELLS_MIN}th character on.
   */
  Places tokens() {
    return tokens;
  }

  boolean hasTags() {
    return has(TAG);
  }

  boolean hasEqualsSigns() {
    return has(QUOTED);
  }

  /**
   * Whether the equals sign here certainly is one of quoted-printable, which not every one is: one
   * escape behind another, a soft line break, or a separator between digits.
   */
  static boolean isQuoted(View view, int at) {
    char first = view.at(at + 1);
    char second = view.at(at + 2);
    if (first == '\n' || first == '\r' && second == '\n') {
      return at + 1 < view.length() && !isPadding(view, at);
    }
    if (Chars.hex(first) < 0 || Chars.hex(second) < 0) {
      return false;
    }
    boolean separator = first == '2' || first == '0' || first == 'A' || first == 'C';
    return view.at(at + 3) == '='
        || separator && Chars.isDigit(view.at(at - 1)) && !isHash(view, at + 1);
  }

  /** Whether so many hexadecimal digits stand here that a key like {@code sha256} has them. */
  private static boolean isHash(View view, int from) {
    int to = from;
    while (to - from < HASH_MIN && Chars.hex(view.at(to)) >= 0) {
      to++;
    }
    return to - from == HASH_MIN;
  }

  /**
   * Whether the equals sign at the end of a line fills up a token, and no other line of it comes.
   * An equals sign before another is no soft line break in any case: it would be written as one.
   */
  static boolean isPadding(View view, int at) {
    if (view.at(at - 1) == '=') {
      return true;
    }
    int from = at;
    boolean letters = false;
    while (at - from < TOKEN_MIN && isToken(view.at(from - 1))) {
      from--;
      letters |= Chars.isLetter(view.at(from));
    }
    int size = at - from;
    boolean token = size == TOKEN_MIN || size >= TOKEN_MIN / 2 && (size + 1) % 4 == 0;
    int behind = view.at(at + 1) == '\r' ? at + 2 : at + 1;
    return letters && token && !isTokenLine(view, behind + 1);
  }

  /** Whether a line begins here that is nothing but a token, or its last part. */
  static boolean isTokenLine(View view, int from) {
    int to = from;
    while (to - from < TOKEN_LINE_MAX && isToken(view.at(to))) {
      to++;
    }
    char behind = view.at(to);
    return to > from && (behind == '\n' || behind == '\r' || behind == '=' || behind == '"');
  }
}
