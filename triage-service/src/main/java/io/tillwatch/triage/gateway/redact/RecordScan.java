package io.tillwatch.triage.gateway.redact;

/**
 * Finds what stands beside a card number in one record without any label: expiry date, verification
 * value and name, as in {@code PAN|12/29|123|JANE DOE}.
 */
final class RecordScan {

  private static final int FIELDS_MAX = 6;
  private static final int FIELD_MAX = 48;
  private static final int GAP_MAX = 4;

  private final Scene scene;
  private int from;
  private int to;

  RecordScan(Scene scene) {
    this.scene = scene;
  }

  /** Looks at the fields around the card number between two indexes. */
  void behind(int start, int end) {
    int at = end;
    while (at < end + GAP_MAX && isQuote(scene.at(at))) {
      at++;
    }
    int sign = at;
    while (sign < at + GAP_MAX && scene.at(sign) == ' ') {
      sign++;
    }
    boolean padded = sign > at && !Chars.isAlnum(scene.at(sign)) && isDelimiter(scene.at(sign));
    at = padded ? sign : at;
    char delimiter = scene.at(at);
    if (!isDelimiter(delimiter)) {
      return;
    }
    boolean dated = false;
    boolean verified = false;
    int nameFrom = -1;
    int nameTo = -1;
    for (int i = 0; i < FIELDS_MAX && scene.at(at) == delimiter; i++) {
      int next = field(at + 1, delimiter);
      int afterDate = date(from, to, delimiter);
      if (afterDate > 0) {
        scene.add(SensitiveType.EXPIRY, RedactionReason.CARD_RECORD, from, afterDate);
        dated = true;
        next = afterDate > to ? field(afterDate, delimiter, afterDate) : next;
      } else if (isDigits(from, to, 3, 4) && (dated || dateFollows(next, delimiter))) {
        scene.add(SensitiveType.CVV, RedactionReason.CARD_RECORD, from, to);
        verified = true;
      } else if (delimiter != ' ' && Names.isPerson(scene, from, to)) {
        nameFrom = from;
        nameTo = to;
      } else if (delimiter == ' ' || delimiter == '/') {
        break;
      }
      at = next;
    }
    if (dated && nameFrom >= 0) {
      scene.add(SensitiveType.NAME, RedactionReason.CARD_RECORD, nameFrom, nameTo);
    }
    if (dated && verified) {
      nameBefore(start, delimiter);
    }
  }

  private static boolean isDelimiter(char c) {
    return c == '|' || c == ';' || c == ',' || c == ':' || c == '\t' || c == ' ' || c == '/'
        || c == '~' || c == '^';
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '\\';
  }

  /** Reads a field; answers where its delimiter stands. */
  private int field(int start, char delimiter) {
    int at = start;
    while (at < start + 2 && scene.at(at) == ' ') {
      at++;
    }
    return field(start, delimiter, at);
  }

  private int field(int start, char delimiter, int first) {
    int at = first;
    boolean quoted = isQuote(scene.at(first));
    while (at - start < FIELD_MAX
        && scene.at(at) != delimiter
        && scene.at(at) != '\n'
        && (quoted || scene.at(at) != '"')) {
      at++;
    }
    from = first;
    to = at;
    while (from < to && (isQuote(scene.at(from)) || scene.at(from) == ' ')) {
      from++;
    }
    while (to > from && isTrailing(scene.at(to - 1))) {
      to--;
    }
    return at;
  }

  private static boolean isTrailing(char c) {
    return isQuote(c) || Chars.isSpace(c) || c == ']' || c == ')' || c == '}' || c == ';';
  }

  private boolean dateFollows(int at, char delimiter) {
    int keptFrom = from;
    int keptTo = to;
    boolean follows = false;
    if (scene.at(at) == delimiter && delimiter != ' ') {
      field(at + 1, delimiter);
      follows = date(from, to, delimiter) > 0;
    }
    from = keptFrom;
    to = keptTo;
    return follows;
  }

  /** Where an expiry date that begins here ends, or -1. */
  private int date(int start, int end, char delimiter) {
    if (isDigits(start, end, 4, 4) && delimiter != ' ' && delimiter != '/') {
      boolean date = isComing(number(start, start + 2), number(start + 2, end));
      return date && fits(end, delimiter) ? end : -1;
    }
    if (isDigits(start, end, 6, 6) && delimiter == '|') {
      boolean date =
          Dates.isPair(number(start, start + 2), number(start + 2, end))
              || Dates.isPair(number(start, start + 4), number(start + 4, end));
      return date ? end : -1;
    }
    if (isDigits(start, end, 1, 2) && delimiter != ' ') {
      // Month and year in fields of their own.
      int year = end;
      while (year < end + GAP_MAX && (isQuote(scene.at(year)) || scene.at(year) == delimiter)) {
        year++;
      }
      int yearEnd = year;
      while (yearEnd - year < 4 && Chars.isDigit(scene.at(yearEnd))) {
        yearEnd++;
      }
      boolean two = yearEnd - year == 2 || yearEnd - year == 4;
      boolean pair =
          year > end
              && two
              && !Chars.isAlnum(scene.at(yearEnd))
              && Dates.isMonth(number(start, end))
              && Dates.isYear(number(year, yearEnd));
      return pair ? yearEnd : -1;
    }
    return slashed(start, end);
  }

  private int slashed(int start, int end) {
    int sign = start;
    while (sign < end && Chars.isDigit(scene.at(sign))) {
      sign++;
    }
    char c = scene.at(sign);
    boolean date =
        sign > start
            && sign < end
            && (c == '/' || c == '-')
            && isDigits(sign + 1, end, 2, 4)
            && isDigits(start, sign, 1, 4)
            && Dates.isPair(number(start, sign), number(sign + 1, end));
    return date ? end : -1;
  }

  private static boolean isComing(int first, int second) {
    return Dates.isPair(first, second)
        && Dates.isComingYear(Dates.isMonth(first) && Dates.isYear(second) ? second : first);
  }

  /** Four bare digits are a date when a verification value follows, or no amount can be meant. */
  private boolean fits(int end, char delimiter) {
    if (delimiter == '|' || delimiter == ':' || delimiter == '^') {
      return true;
    }
    int at = end;
    while (at < end + GAP_MAX && isBetween(scene.at(at), delimiter)) {
      at++;
    }
    int digits = at;
    while (digits - at < 5 && Chars.isDigit(scene.at(digits))) {
      digits++;
    }
    return at > end && (digits - at == 3 || digits - at == 4) && !Chars.isAlnum(scene.at(digits));
  }

  private static boolean isBetween(char c, char delimiter) {
    return isQuote(c) || c == delimiter || c == ' ';
  }

  private boolean isDigits(int start, int end, int least, int most) {
    if (end - start < least || end - start > most) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!Chars.isDigit(scene.at(i))) {
        return false;
      }
    }
    return true;
  }

  private int number(int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = number * 10 + scene.at(i) - '0';
    }
    return number;
  }

  private void nameBefore(int start, char delimiter) {
    int end = start;
    while (start - end < GAP_MAX && (isQuote(scene.at(end - 1)) || scene.at(end - 1) == ' ')) {
      end--;
    }
    if (scene.at(end - 1) != delimiter) {
      return;
    }
    int begin = end - 1;
    while (end - begin < FIELD_MAX
        && scene.at(begin - 1) != delimiter
        && scene.at(begin - 1) != '\n') {
      begin--;
    }
    field(begin, delimiter);
    if (Names.isPerson(scene, from, to)) {
      scene.add(SensitiveType.NAME, RedactionReason.CARD_RECORD, from, to);
    }
  }
}
