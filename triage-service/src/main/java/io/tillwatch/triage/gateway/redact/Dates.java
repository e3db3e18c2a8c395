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

  /** Whether most cards in use expire in this year: two digits. */
  static boolean isComingYear(int number) {
    return number >= 24 && number <= 38;
  }
}
