package io.tillwatch.triage.gateway.redact;

import java.util.ArrayList;
import java.util.List;
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
          | Vocabulary.HOLDER
          | Vocabulary.RANGE;

  /** What a word may say besides that something is some other number. */
  private static final int SAYS_MORE =
      Vocabulary.SECURITY | Vocabulary.CODE | Vocabulary.DATE | Vocabulary.NUMBER;

  private static final int COLUMNS_MAX = 64;
  private static final int LINE_MAX = 2048;
  private static final int WORDS_MAX = 5;

  /** Lines in a row that have other fields than the header; more end the table. */
  private static final int ODD_ROWS_MAX = 3;

  private static final int BLOCK_DIGITS = 16;

  /** Most columns that share a card number. */
  private static final int PARTS_MAX = 4;

  private final Scene scene;
  private final Words words;

  /** What each column holds; null for what may stay. */
  private final @Nullable SensitiveType[] kinds = new @Nullable SensitiveType[COLUMNS_MAX];

  private final CardDigits digits = new CardDigits();
  private final int[] from = new int[COLUMNS_MAX];
  private final int[] to = new int[COLUMNS_MAX];

  /** The column of the first digits of cards, or -1. */
  private int bin;

  /** Up to where lines were read already, as a header or as rows. */
  private int behind;

  private final List<Header> tables = new ArrayList<>();

  TableScan(Scene scene) {
    this.scene = scene;
    words = scene.words;
  }

  /** Begins with another view. */
  void begin() {
    behind = 0;
    tables.clear();
  }

  /** The tables of the view in order, by places in its source. */
  List<Header> tables() {
    return tables.isEmpty() ? List.of() : List.copyOf(tables);
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
      if (readHeader(columns)) {
        readRows(nextLine(end), columns, delimiter);
        View view = scene.view();
        tables.add(new Header(view.start(start), view.end(end - 1), view.end(behind - 1)));
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
      if (c == ';' || c == '\t' || c == '|') {
        return c;
      }
      boolean spaces = c == ' ' && scene.at(i - 1) == ' ' && found == 0;
      found = c == ',' || spaces ? c : found;
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
    bin = -1;
    for (int i = 0; i < columns; i++) {
      bin = bin < 0 && isBin(from[i], to[i]) ? i : bin;
      SensitiveType kind = kind(from[i], to[i]);
      kinds[i] = kind;
      any |= kind != null;
      card |= kind == SensitiveType.PAN || kind == SensitiveType.CVV;
    }
    for (int i = 0; i < columns; i++) {
      // Other things expire too.
      kinds[i] = kinds[i] == SensitiveType.EXPIRY && !card ? null : kinds[i];
    }
    return (any || bin >= 0) && columns > 1;
  }

  /** Whether the column is of the first digits of cards. */
  private boolean isBin(int begin, int end) {
    int word = words.wordFrom(begin);
    return word < words.words()
        && words.wordStart(word) < end
        && (words.flags(word) & Vocabulary.RANGE) != 0;
  }

  private @Nullable SensitiveType kind(int begin, int end) {
    int all = 0;
    int known = -1;
    boolean other = false;
    int count = 0;
    for (int word = words.wordFrom(begin);
        word < words.words() && words.wordStart(word) < end;
        word++) {
      int flags = words.flags(word);
      all |= flags;
      known = flags == 0 ? 0 : known;
      other |= (flags & Vocabulary.OTHER_ID) != 0 && (flags & SAYS_MORE) == 0;
      count++;
    }
    if (count == 0 || count > WORDS_MAX) {
      return null;
    }
    boolean number = (all & (Vocabulary.NUMBER | Vocabulary.CODE)) != 0;
    boolean card = (all & Vocabulary.CARD) != 0;
    boolean verification =
        (all & Vocabulary.CVV) != 0
            || (all & Vocabulary.SECURITY) != 0 && (number || card)
            || card && (all & Vocabulary.CODE) != 0;
    if (known != 0 && verification && !other) {
      return SensitiveType.CVV;
    }
    if (known != 0 && (all & Vocabulary.PIN) != 0) {
      return SensitiveType.PIN;
    }
    boolean holder = (all & Vocabulary.HOLDER) != 0 || card && (all & Vocabulary.NAME) != 0;
    if (known != 0 && holder) {
      return SensitiveType.NAME;
    }
    if ((all & Vocabulary.EXPIRY) != 0) {
      return SensitiveType.EXPIRY;
    }
    if (other) {
      return null;
    }
    boolean pan =
        (all & Vocabulary.PAN) != 0 || card && ((all & Vocabulary.NUMBER) != 0 || count == 1);
    return pan ? SensitiveType.PAN : null;
  }

  /** Reads rows up to an empty line, or some lines one behind the other that are no rows. */
  private void readRows(int first, int columns, char delimiter) {
    int length = scene.view().length();
    int at = first;
    int odd = 0;
    while (at < length && odd <= ODD_ROWS_MAX) {
      int end = at;
      while (end < length && !isLineEnd(end)) {
        end++;
      }
      if (end == at) {
        return;
      }
      if (!isRule(at, end)) {
        int count = split(at, end, delimiter);
        boolean closed = count == columns + 1 && from[columns] == to[columns];
        odd = count == columns || closed ? 0 : odd + 1;
        if (odd == 0) {
          for (int i = 0; i < columns; i++) {
            mark(kinds[i], from[i], to[i]);
          }
          markParts(columns);
          behind = end;
        }
      }
      at = nextLine(end);
    }
  }

  /** Marks what is between the first and the last digits of a card that columns share. */
  private void markParts(int columns) {
    for (int last = bin + 2; bin >= 0 && last < Math.min(columns, bin + PARTS_MAX); last++) {
      digits.clear();
      for (int i = bin; i <= last && areDigits(from[i], to[i]); i++) {
        digits.take(scene.view(), from[i], to[i]);
      }
      if (digits.strength() == Issuers.STRONG) {
        for (int i = bin + 1; i < last; i++) {
          scene.add(SensitiveType.PAN, RedactionReason.COLUMN, from[i], to[i]);
        }
        return;
      }
    }
  }

  private boolean areDigits(int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (!Chars.isDigit(scene.at(i))) {
        return false;
      }
    }
    return end > begin;
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
