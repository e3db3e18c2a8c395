package io.tillwatch.triage.gateway.redact;

/**
 * Issuer prefixes of ISO/IEC 7812 as the schemes publish them, with the lengths they are used at.
 */
final class Issuers {

  /** Fewest digits of a card number. */
  static final int DIGITS_MIN = 12;

  /** Most digits of a card number. */
  static final int DIGITS_MAX = 19;

  /** No card begins so, at this length. */
  static final int NONE = 0;

  /** Some cards begin so; so do many other numbers of this length. */
  static final int WEAK = 1;

  /** What cards look like. */
  static final int STRONG = 2;

  private Issuers() {}

  /** Whether any card number begins with this digit. */
  static boolean isFirst(char digit) {
    return digit >= '2' && digit <= '6' || digit == '8';
  }

  /**
   * How much like a card it looks.
   *
   * @param p4 the first four digits as a number
   * @param count all digits
   */
  static int strength(int p4, int count) {
    int p2 = p4 / 100;
    int p3 = p4 / 10;
    return switch (p4 / 1000) {
      case 2 -> two(p4, count);
      case 3 -> three(p4, p3, p2, count);
      case 4 -> count == 16 || count == 19 ? STRONG : count == 13 ? WEAK : NONE;
      case 5 -> p2 >= 51 && p2 <= 55 ? at(16, count) : maestro(count);
      case 6 -> p2 == 62 && count >= 16 ? STRONG : maestro(count);
      case 8 -> p2 == 81 && count >= 16 ? WEAK : NONE;
      default -> NONE;
    };
  }

  private static int two(int p4, int count) {
    if (p4 >= 2200 && p4 <= 2204) {
      return count == 16 ? STRONG : count > 16 ? WEAK : NONE;
    }
    return p4 >= 2221 && p4 <= 2720 ? at(16, count) : NONE;
  }

  private static int three(int p4, int p3, int p2, int count) {
    if (p2 == 34 || p2 == 37) {
      return at(15, count);
    }
    if (p4 >= 3528 && p4 <= 3589) {
      return count == 16 ? STRONG : count > 16 ? WEAK : NONE;
    }
    if (p3 >= 300 && p3 <= 305 || p3 == 309 || p2 == 36 || p2 == 38 || p2 == 39) {
      return count == 14 || count == 16 ? STRONG : count > 16 ? WEAK : NONE;
    }
    return NONE;
  }

  private static int maestro(int count) {
    return count == 16 ? STRONG : WEAK;
  }

  private static int at(int length, int count) {
    return count == length ? STRONG : NONE;
  }
}
