package io.tillwatch.triage.gateway.redact;

/** Where telephone numbers begin and end. */
final class Phones {

  private static final int LENGTH_MAX = 28;

  private Phones() {}

  /** Takes a plus sign and an opening bracket before the first digit along. */
  static int start(Scene scene, int digit) {
    int start = digit;
    start = scene.at(start - 1) == '(' ? start - 1 : start;
    return scene.at(start - 1) == '+' ? start - 1 : start;
  }

  /** Behind the last digit of a number that begins here. */
  static int end(Scene scene, int from) {
    int end = from;
    int at = from;
    int gap = 0;
    while (at - from < LENGTH_MAX && gap <= 2) {
      char c = scene.at(at);
      if (Chars.isDigit(c)) {
        end = at + 1;
        gap = 0;
      } else if (c == '+' && scene.at(at - 1) == ')'
          || c == ' '
          || c == '-'
          || c == '.'
          || c == '('
          || c == ')'
          || c == '/') {
        gap++;
      } else {
        break;
      }
      at++;
    }
    return end;
  }

  static int digits(Scene scene, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += Chars.isDigit(scene.at(i)) ? 1 : 0;
    }
    return digits;
  }
}
