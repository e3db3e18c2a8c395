package io.tillwatch.triage.gateway.redact;

/** What kinds of encoding a view may hold: keeps texts without any from being looked at twice. */
record Shapes(boolean isEscaped, boolean isQuotedPrintable, boolean hasTags) {

  static Shapes of(View view) {
    boolean escaped = false;
    boolean quoted = false;
    boolean tags = false;
    char[] chars = view.chars();
    for (int at = 0; at < view.length(); at++) {
      char c = chars[at];
      escaped |= c == '%' || c == '&' || c == '\\';
      quoted |= c == '=' && isQuoted(view, at);
      tags |= c == '<';
    }
    return new Shapes(escaped, quoted, tags);
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
