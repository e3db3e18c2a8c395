package io.tillwatch.triage.gateway.redact;

/** Kinds of canonical characters. */
final class Chars {

  private static final byte[] HEX = new byte[0x80];

  static {
    for (int c = 0; c < HEX.length; c++) {
      HEX[c] = (byte) Character.digit(c, 16);
    }
  }

  private Chars() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAsciiLetter(char c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isLetter(char c) {
    return c < 0x80 ? isAsciiLetter(c) : c != Folding.LABEL && Character.isLetter(c);
  }

  static boolean isAlnum(char c) {
    return isDigit(c) || isLetter(c);
  }

  /** Whether the letter is of a script that puts no spaces between words. */
  static boolean isDense(char c) {
    return c >= '\u0E00' && c != Folding.LABEL && Character.isLetter(c);
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z' || c >= 0x80 && Character.isUpperCase(c);
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z' || c >= 0x80 && Character.isLowerCase(c);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(char c) {
    return c < 0x80 ? HEX[c] : -1;
  }
}
