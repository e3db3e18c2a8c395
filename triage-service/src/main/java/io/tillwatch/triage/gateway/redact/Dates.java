package io.tillwatch.triage.gateway.redact;

/** Which numbers may be the month and the year of an expiry date. */
final class Dates {

  private static final int YEAR_MIN = 15;
  private static final int YEAR_MAX = 59;

  private Dates() {}

  static boolean isMonth(int number) {
    return number >= 1 && number <= 12;
  }

  /** Whether it is a year of cards that may still be about, with or without its century. */
  static boolean isYear(int number) {
    int year = number >= 2000 ? number - 2000 : number;
    return year >= YEAR_MIN && year <= YEAR_MAX;
  }

  /** Whether one is a month and the other a year, in either order. */
  static boolean isPair(int first, int second) {
    return isMonth(first) && isYear(second) || isYear(first) && isMonth(second);
  }

  /** Whether so many digits in a row may be month and year, or one of both. */
  static boolean isSingle(int number, int digits) {
    return switch (digits) {
      case 1 -> isMonth(number);
      case 2 -> isMonth(number) || isYear(number);
      case 4 -> isYear(number) || isPair(number / 100, number % 100);
      case 6 ->
          isPair(number / 100, number % 100)
              || isPair(number / 10000, number % 10000)
              || isPair(number / 10000, number / 100 % 100);
      default -> false;
    };
  }

  /** Whether most cards in use expire in this year: two digits. */
  static boolean isComingYear(int number) {
    return number >= 24 && number <= 38;
  }

  /** Whether a date like {@code 2026-11-30} begins here. */
  static boolean isDay(Scene scene, int at) {
    return (scene.at(at) == '2' && scene.at(at + 1) == '0'
            || scene.at(at) == '1' && scene.at(at + 1) == '9')
        && scene.at(at + 4) == '-'
        && scene.at(at + 7) == '-'
        && isMonth(number(scene, at + 5))
        && number(scene, at + 8) >= 1
        && number(scene, at + 8) <= 31
        && !Chars.isDigit(scene.at(at + 10))
        && Chars.isDigit(scene.at(at + 2))
        && Chars.isDigit(scene.at(at + 3));
  }

  /** Two digits as a number; -1 when there are none. */
  static int number(Scene scene, int at) {
    char first = scene.at(at);
    char second = scene.at(at + 1);
    return Chars.isDigit(first) && Chars.isDigit(second) ? (first - '0') * 10 + second - '0' : -1;
  }
}
