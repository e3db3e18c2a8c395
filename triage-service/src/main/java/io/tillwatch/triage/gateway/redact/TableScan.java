package io.tillwatch.triage.gateway.redact;

import org.jspecify.annotations.Nullable;

/**
 * Finds card data in the columns of a table whose first line names them, as in {@code
 * card,cvv,amount}: by line, with commas, semicolons, tabs, bars or two spaces between.
 */
final class TableScan {

  /** What the words of a header say that makes a line worth reading as one. */
  static final int COLUMNS =
      Vocabulary.CVV
          | Vocabulary.PIN
          | Vocabulary.PAN
          | Vocabulary.CARD
          | Vocabulary.SECURITY
          | Vocabulary.HOLDER;

  private static final int COLUMNS_MAX = 64;
  private static final int LINE_MAX = 2048;
  private static final int WORDS_MAX = 5;
  private static final int BLOCK_DIGITS = 16;

  private final Scene scene;
  private final Words words;

  /** What each column holds; null for what may stay. */
  private final @Nullable SensitiveType[] kinds = new @Nullable SensitiveType[COLUMNS_MAX];

  private final int[] from = new int[COLUMNS_MAX];
  private final int[] to = new int[COLUMNS_MAX];

  /** Up to where lines were read already, as a header or as rows. */
  private int behind;

  /** Where the header begins whose table goes on up to the end of the view; -1 without one. */
  private int openFrom;

  private int openTo;

  TableScan(Scene scene) {
    this.scene = scene;
    words = scene.words;
  }

  /** Begins with another view. */
  void begin() {
    behind = 0;
    openFrom = -1;
  }

  /** The header of the table that the view ends in, by places in its source. */
  @Nullable Header open() {
    View view = scene.view();
    return openFrom < 0 ? null : new Header(view.start(openFrom), view.end(openTo - 1));
  }

  /** Reads the table whose header the word is part of, if it is. */
  void look(int word) {
    int at = words.wordStart(word);
    if (at < behind) {
      return;
    }
    int start = at;
    while (start > behind && at - start < LINE_MAX && isInHeader(start - 1)) {
      start--;
    }
    behind = words.wordEnd(word);
    if (start > 0 && scene.at(start - 1) != '\n') {
      return;
    }
    int end = at;
    while (end - start < LINE_MAX && isInHeader(end)) {
      end++;
    }
    behind = end;
    char delimiter = delimiter(start, end);
    if (delimiter != 0 && isLineEnd(end)) {
      int columns = split(start, end, delimiter);
      if (readHeader(columns) && isTableToTheEnd(nextLine(end), columns, delimiter)) {
        openFrom = start;
        openTo = end;
      }
    }
  }

  /** Whether the character may be of a header: words and what is between them, but no values. */
  private boolean isInHeader(int at) {
    char c = scene.at(at);
    boolean number =
        Chars.isDigit(c) && Chars.isDigit(scene.at(at - 1)) && Chars.isDigit(scene.at(at - 2));
    return !number && "\n\r:={}<>[]".indexOf(c) < 0 && c != Folding.LABEL;
  }

  /** What parts the fields of a line; a space stands for two or more of them. */
  private char delimiter(int start, int end) {
    char found = 0;
    for (int i = start; i < end; i++) {
      char c = scene.at(i);
      if (c == ',' || c == ';' || c == '\t' || c == '|') {
        return c;
      }
      found = c == ' ' && scene.at(i - 1) == ' ' ? c : found;
    }
    return found;
  }

  /** Whether a field ends here. */
  private boolean isDelimiter(int at, char delimiter) {
    return scene.at(at) == delimiter && (delimiter != ' ' || scene.at(at + 1) == ' ');
  }

  private boolean isLineEnd(int at) {
    return at < scene.view().length() && (scene.at(at) == '\n' || scene.at(at) == '\r');
  }

  private int nextLine(int end) {
    return scene.at(end) == '\r' && scene.at(end + 1) == '\n' ? end + 2 : end + 1;
  }

  /** Splits a line into its fields, without quotes and spaces; answers how many there are. */
  private int split(int start, int end, char delimiter) {
    int count = 0;
    int at = start;
    while (at <= end && count < COLUMNS_MAX) {
      int begin = at;
      boolean quoted = false;
      while (at < end && (quoted || !isDelimiter(at, delimiter))) {
        quoted ^= scene.at(at) == '"';
        at++;
      }
      int close = at;
      while (delimiter == ' ' && scene.at(at + 1) == ' ') {
        at++;
      }
      while (begin < close && isPadding(scene.at(begin))) {
        begin++;
      }
      while (close > begin && isPadding(scene.at(close - 1))) {
        close--;
      }
      from[count] = begin;
      to[count] = close;
      count++;
      at++;
    }
    return count;
  }

  private static boolean isPadding(char c) {
    return c == ' ' || c == '"' || c == '\'';
  }

  /** Whether some column holds what may not stay. */
  private boolean readHeader(int columns) {
    boolean any = false;
    boolean card = false;
    for (int i = 0; i < columns; i++) {
      SensitiveType kind = kind(from[i], to[i]);
      kinds[i] = kind;
      any |= kind != null;
      card |= kind == SensitiveType.PAN || kind == SensitiveType.CVV;
    }
    for (int i = 0; i < columns; i++) {
      // Other things expire too.
      kinds[i] = kinds[i] == SensitiveType.EXPIRY && !card ? null : kinds[i];
    }
    return any && columns > 1;
  }

  private @Nullable SensitiveType kind(int begin, int end) {
    int all = 0;
    int known = -1;
    int count = 0;
    for (int word = words.wordFrom(begin);
        word < words.words() && words.wordStart(word) < end;
        word++) {
      int flags = words.flags(word);
      all |= flags;
      known = flags == 0 ? 0 : known;
      count++;
    }
    if (count == 0 || count > WORDS_MAX || (all & Vocabulary.OTHER_ID) != 0) {
      return null;
    }
    boolean number = (all & (Vocabulary.NUMBER | Vocabulary.CODE)) != 0;
    if (known != 0 && ((all & Vocabulary.CVV) != 0 || (all & Vocabulary.SECURITY) != 0 && number)) {
      return SensitiveType.CVV;
    }
    if (known != 0 && (all & Vocabulary.PIN) != 0) {
      return SensitiveType.PIN;
    }
    boolean card = (all & Vocabulary.CARD) != 0;
    if ((all & Vocabulary.HOLDER) != 0 || card && (all & Vocabulary.NAME) != 0) {
      return SensitiveType.NAME;
    }
    if ((all & Vocabulary.EXPIRY) != 0) {
      return SensitiveType.EXPIRY;
    }
    boolean pan =
        (all & Vocabulary.PAN) != 0 || card && ((all & Vocabulary.NUMBER) != 0 || count == 1);
    return pan ? SensitiveType.PAN : null;
  }

  /** Reads rows; whether there was nothing else up to the end. */
  private boolean isTableToTheEnd(int first, int columns, char delimiter) {
    int at = first;
    while (at < scene.view().length()) {
      int end = at;
      while (end - at < LINE_MAX && end < scene.view().length() && !isLineEnd(end)) {
        end++;
      }
      if (!isRule(at, end)) {
        boolean last = end == scene.view().length();
        if (end == at || split(at, end, delimiter) != columns) {
          // The text may end within a row.
          return last;
        }
        for (int i = 0; i < columns; i++) {
          mark(kinds[i], from[i], to[i]);
        }
      }
      behind = end;
      at = nextLine(end);
    }
    return true;
  }

  /** Whether the line only parts the header from the rows. */
  private boolean isRule(int start, int end) {
    boolean rule = end > start;
    for (int i = start; i < end && rule; i++) {
      rule = "|-+=: ".indexOf(scene.at(i)) >= 0;
    }
    return rule;
  }

  private void mark(@Nullable SensitiveType kind, int begin, int end) {
    if (kind == null || end <= begin) {
      return;
    }
    int digits = 0;
    boolean spaced = true;
    boolean hex = true;
    for (int i = begin; i < end; i++) {
      boolean digit = Chars.isDigit(scene.at(i));
      digits += digit ? 1 : 0;
      spaced &= digit || scene.at(i) == ' ' || scene.at(i) == '-';
      hex &= Chars.hex(scene.at(i)) >= 0;
    }
    boolean plain = digits == end - begin;
    boolean found =
        switch (kind) {
          case CVV -> plain && (digits == 3 || digits == 4);
          case PIN -> plain && digits == 4 || hex && end - begin == BLOCK_DIGITS;
          case PAN -> spaced && digits >= Issuers.DIGITS_MIN && digits <= Issuers.DIGITS_MAX;
          case EXPIRY -> isDate(begin, end, digits);
          default -> Names.isPerson(scene, begin, end);
        };
    if (found) {
      scene.add(kind, RedactionReason.COLUMN, begin, end);
    }
  }

  /** Month and year in four or six digits, with one sign between them at most. */
  private boolean isDate(int begin, int end, int digits) {
    int number = 0;
    for (int i = begin; i < end; i++) {
      char c = scene.at(i);
      if (Chars.isDigit(c)) {
        number = number * 10 + c - '0';
      } else if (c != '/' && c != '-' && c != '.') {
        return false;
      }
    }
    return (digits == 4 || digits == 6)
        && end - begin - digits <= 1
        && Dates.isSingle(number, digits);
  }
}
