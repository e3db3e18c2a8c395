package io.tillwatch.triage.gateway.redact;

/**
 * Tells a number of JSON from other digits: its label needs the quotes of its key, or nobody can
 * read the object any more.
 */
final class JsonNumber {

  /** Farthest that the key of an array stands before a number in it. */
  private static final int ARRAY_MAX = 256;

  private static final int QUOTE_MAX = 8;

  private JsonNumber() {}

  /** What stands in place of a finding. */
  static String quoted(String text, Finding finding) {
    String label = finding.type().label();
    int colon = isNumber(text, finding) ? colonBefore(text, finding.from()) : -1;
    if (colon < 1 || text.charAt(colon - 1) != '"') {
      return label;
    }
    // In JSON in JSON, quotes are escaped.
    int from = colon - 1;
    while (from > 0 && colon - from < QUOTE_MAX && text.charAt(from - 1) == '\\') {
      from--;
    }
    String quote = text.substring(from, colon);
    return quote + label + quote;
  }

  private static boolean isNumber(String text, Finding finding) {
    for (int i = finding.from(); i < finding.to(); i++) {
      char c = text.charAt(i);
      if (!Chars.isDigit(c) && "-+.eE, ".indexOf(c) < 0) {
        return false;
      }
    }
    int end = finding.to();
    while (end < text.length() && Chars.isSpace(text.charAt(end))) {
      end++;
    }
    return end < text.length() && ",}]".indexOf(text.charAt(end)) >= 0;
  }

  /** The colon behind the key of the number, or of the array it is in; or -1. */
  private static int colonBefore(String text, int number) {
    int at = beforeSpaces(text, number - 1);
    if (at >= 0 && (text.charAt(at) == '[' || text.charAt(at) == ',')) {
      int limit = Math.max(0, number - ARRAY_MAX);
      while (at > limit && isElement(text.charAt(at))) {
        at--;
      }
      at = text.charAt(at) == '[' ? beforeSpaces(text, at - 1) : -1;
    }
    return at >= 0 && text.charAt(at) == ':' ? at : -1;
  }

  private static int beforeSpaces(String text, int from) {
    int at = from;
    while (at >= 0 && Chars.isSpace(text.charAt(at))) {
      at--;
    }
    return at;
  }

  private static boolean isElement(char c) {
    return Chars.isDigit(c) || Chars.isSpace(c) || "-+.eE,".indexOf(c) >= 0;
  }
}
