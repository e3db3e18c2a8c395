package io.tillwatch.triage.gateway.redact;

import java.util.Arrays;

/**
 * Finds card numbers that are spread over fields, lines or words whose names need not say so: what
 * stands between their parts is the same each time, but for letters and numbers that count.
 */
final class FieldScan {

  private static final int PART_MAX = 10;
  private static final int GAP_MAX = 48;
  private static final int INDEX_MAX = 2;
  private static final int INDEX_GAP_MAX = 4;
  private static final int TOLD_NEAR = 4;
  private static final int BIN_MIN = 6;
  private static final int BIN_MAX = 8;

  /** Nobody has looked yet. */
  private static final int UNKNOWN = -1;

  /** Nothing joins two runs. */
  private static final int NONE = 0;

  /** Between two runs are signs only, as between groups. */
  private static final int PLAIN = 1;

  /** Between two runs are words like {@code and then}. */
  private static final int SAID = 2;

  private final Scene scene;
  private final Words words;
  private final Hashes hashes;
  private final CardDigits digits = new CardDigits();
  private int[] value = new int[64];

  /** What stands before each value: one of the constants, or a hash. */
  private int[] gap = new int[64];

  /** The number in the key of each value, or -1. */
  private int[] index = new int[64];

  private boolean[] named = new boolean[64];
  private int values;
  private boolean stamp;

  FieldScan(Scene scene) {
    this.scene = scene;
    words = scene.words;
    hashes = new Hashes(scene);
  }

  void scan() {
    if (!isPossible()) {
      return;
    }
    hashes.begin();
    read();
    int at = 0;
    while (at + 1 < values) {
      int taken = isCode(at) ? codes(at) : 0;
      taken = taken == 0 ? take(at) : taken;
      at += Math.max(1, taken);
    }
  }

  /** Whether there are runs enough that may be parts: groups, single digits, codes. */
  private boolean isPossible() {
    int digitsOfGroups = 0;
    int codes = 0;
    for (int run = 0; run < words.runs(); run++) {
      int length = words.runLength(run);
      codes += length == 2 ? 1 : 0;
      digitsOfGroups += length > PART_MAX || length == 2 ? 0 : length;
    }
    return digitsOfGroups >= Issuers.DIGITS_MIN || codes >= Issuers.DIGITS_MIN;
  }

  /** Collects the runs that are values, and what stands before each. */
  private void read() {
    values = 0;
    stamp = false;
    int key = -1;
    boolean begins = true;
    for (int run = 0; run < words.runs(); run++) {
      if (isStamp(run)) {
        continue;
      }
      if (isInHash(run)) {
        begins = true;
        key = -1;
        continue;
      }
      if (isKey(run)) {
        key = scene.number(run);
        continue;
      }
      if (values == value.length) {
        value = Arrays.copyOf(value, values * 2);
        gap = Arrays.copyOf(gap, values * 2);
        index = Arrays.copyOf(index, values * 2);
        named = Arrays.copyOf(named, values * 2);
      }
      value[values] = run;
      index[values] = key;
      named[values] = false;
      gap[values] = begins ? NONE : UNKNOWN;
      begins = false;
      key = -1;
      values++;
    }
  }

  /** Whether the run is part of a time or a date. */
  private boolean isStamp(int run) {
    int from = words.runStart(run);
    int to = words.runEnd(run);
    char before = scene.at(from - 1);
    boolean goesOn = before == '.' || before == ',' || before == '-' && to - from == 2;
    stamp = stamp && goesOn || isClock(from, to) || to - from == 4 && isDay(to) && isDay(to + 3);
    return stamp;
  }

  private boolean isClock(int from, int to) {
    return to - from == 2
        && (scene.at(to) == ':' && Chars.isDigit(scene.at(to + 1))
            || scene.at(from - 1) == ':' && Chars.isDigit(scene.at(from - 2)));
  }

  private boolean isDay(int at) {
    return scene.at(at) == '-'
        && Chars.isDigit(scene.at(at + 1))
        && Chars.isDigit(scene.at(at + 2));
  }

  /** Whether the run counts keys or parts, and is no value. */
  private boolean isKey(int run) {
    int from = words.runStart(run);
    int to = words.runEnd(run);
    if (to - from > INDEX_MAX) {
      return false;
    }
    int word = words.wordBefore(run);
    char before = scene.at(from - 1);
    boolean counts =
        word >= 0
            && before != '='
            && before != ':'
            && from - words.wordEnd(word) <= INDEX_GAP_MAX
            && (words.flags(word) & (Vocabulary.PART | Vocabulary.OTHER_ID)) != 0;
    // The number of an element, in an object that holds its text in quotes; or 1st, 2nd.
    counts |= before == ':' && scene.at(to) == ',' && isQuote(scene.at(to + 1));
    counts |= word + 1 < words.words() && words.wordStart(word + 1) == to && isOrdinal(word + 1);
    int end = to;
    while (end < to + 3
        && (scene.at(end) == '"' || scene.at(end) == '\'' || scene.at(end) == ']')) {
      end++;
    }
    char sign = scene.at(end);
    boolean closed = sign == ':' || sign == '=' || sign == '>' || end > to && sign == ' ';
    boolean attached = end > to || Chars.isLetter(before) || before == '_' || before == '.';
    return counts || closed && attached;
  }

  private boolean isOrdinal(int word) {
    int from = words.wordStart(word);
    char behind = scene.at(from + 1);
    return words.wordEnd(word) == from + 2
        && (behind == 't' || behind == 'd' || behind == 'h')
        && "snrt".indexOf(scene.at(from)) >= 0;
  }

  /** What stands before a value; looked at once, and only when it is asked for. */
  private int gap(int at) {
    if (gap[at] == UNKNOWN) {
      gap[at] = gapBefore(at);
    }
    return gap[at];
  }

  /** A kind of gap, or a hash of it in which what counts or differs by name is the same. */
  private int gapBefore(int at) {
    int run = value[at];
    int from = words.runEnd(value[at - 1]);
    int to = words.runStart(run);
    boolean parts = words.runLength(run) <= PART_MAX;
    if (to - from > GAP_MAX || !parts || words.runLength(value[at - 1]) > PART_MAX) {
      return NONE;
    }
    int word = words.wordBefore(value[at - 1]) + 1;
    boolean said = true;
    boolean other = false;
    int lettered = 0;
    for (int i = word; i <= words.wordBefore(run); i++) {
      int flags = words.flags(i);
      said &= (flags & (Vocabulary.PART | Vocabulary.FILLER)) != 0;
      other |= (flags & Vocabulary.OTHER_ID) != 0 && (flags & Vocabulary.PART) == 0;
      named[at] |= (flags & (Vocabulary.CARD | Vocabulary.PAN | Vocabulary.PIECE)) != 0;
      lettered++;
    }
    if (other && !named[at]) {
      return NONE;
    }
    boolean quoted = isQuote(scene.at(from)) && isQuote(scene.at(to - 1));
    return hash(from, to, word, lettered, said, quoted || named[at]);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private int hash(int from, int to, int first, int lettered, boolean said, boolean loose) {
    char[] chars = scene.view().chars();
    int word = first;
    int hash = 17;
    boolean light = true;
    int at = from;
    while (at < to) {
      char c = chars[at];
      if (c == Folding.LABEL) {
        return NONE;
      }
      if (word < first + lettered && words.wordStart(word) == at) {
        int end = words.wordEnd(word);
        boolean any = loose || end - at == 1 || Chars.isDigit(scene.at(at - 1));
        any |= (words.flags(word) & Vocabulary.PART) != 0;
        hash = hash * 31 + (any ? 'w' : words.hash(word));
        at = end;
        word++;
      } else if (Chars.isDigit(c)) {
        hash = Chars.isDigit(scene.at(at - 1)) && at > from ? hash : hash * 31 + '#';
        light = false;
        at++;
      } else {
        hash = hash * 31 + c;
        light &= Chars.isSpace(c) || c == ',' || c == '.' || c == '-';
        at++;
      }
    }
    if (light) {
      return lettered == 0 ? to - from <= 3 ? PLAIN : NONE : said ? SAID : hash >>> 1 | 4;
    }
    return hash >>> 1 | 4;
  }

  /** How many values from here on are a card number. */
  private int take(int first) {
    if (!Issuers.isFirst(scene.at(words.runStart(value[first]))) || gap(first + 1) == NONE) {
      return 0;
    }
    int key = NONE;
    boolean joined = false;
    boolean card = true;
    int count = words.runLength(value[first]);
    long shape = count;
    for (int last = first + 1; last < values && gap(last) != NONE; last++) {
      boolean hashed = gap(last) > SAID;
      count += words.runLength(value[last]);
      if (hashed && key != NONE && gap(last) != key || count > Issuers.DIGITS_MAX) {
        return 0;
      }
      key = hashed ? gap(last) : key;
      joined |= gap(last) != PLAIN;
      card &= named[last] || gap(last) == PLAIN;
      shape = shape << 5 | words.runLength(value[last]);
      boolean strong = count >= Issuers.DIGITS_MIN && strength(first, last) == Issuers.STRONG;
      if (strong && !joined && GroupScan.isPrinted(shape)) {
        // A card in groups: what comes behind it is of another field.
        return last - first + 1;
      }
      strong = strong && joined && !isCut(first, last);
      if (strong && isCard(first, last, shape, card) && !isInUuid(first, last)) {
        for (int i = first; i <= last; i++) {
          mark(i);
        }
        return last - first + 1;
      }
      if (isRest(first, last)) {
        mark(last);
        return 2;
      }
    }
    return 0;
  }

  /** Whether a row that is a card begins behind the first value: the rest of it would be left. */
  private boolean isCut(int first, int last) {
    if (last + 1 == values || gap(last + 1) != gap(last)) {
      return false;
    }
    int row = last - 1;
    while (row > first && gap(row) == gap(last)) {
      row--;
    }
    digits.clear();
    for (int i = row; i < values && (i == row || gap(i) == gap(last)); i++) {
      digits.take(scene.view(), words.runStart(value[i]), words.runEnd(value[i]));
      if (digits.count() > Issuers.DIGITS_MAX) {
        return false;
      }
      if (row > first && i > last && digits.strength() == Issuers.STRONG) {
        return true;
      }
    }
    return false;
  }

  /** Letters of a hash stand between digits too: nothing goes over one. */
  private boolean isInHash(int run) {
    return (isHexLetter(scene.at(words.runStart(run) - 1))
            || isHexLetter(scene.at(words.runEnd(run))))
        && hashes.isPart(run);
  }

  /** Whether it begins or ends in a group of a UUID that has no letter. */
  private boolean isInUuid(int first, int last) {
    return hashes.isPart(value[first]) || hashes.isPart(value[last]);
  }

  private static boolean isHexLetter(char c) {
    return Chars.hex(c) > 9;
  }

  private int strength(int first, int last) {
    digits.clear();
    for (int i = first; i <= last; i++) {
      digits.take(scene.view(), words.runStart(value[i]), words.runEnd(value[i]));
    }
    return digits.strength();
  }

  /** How many values from here on are the decimal codes of a card's digits. */
  private int codes(int first) {
    digits.clear();
    int last = first;
    while (last < values
        && last - first < Issuers.DIGITS_MAX
        && isCode(last)
        && (last == first || gap(last) == gap(first + 1))) {
      digits.takeDigit(scene.at(words.runEnd(value[last]) - 1) - '0' + codeTens(last));
      last++;
      if (digits.strength() == Issuers.STRONG && !(last < values && isCode(last))) {
        scene.add(
            SensitiveType.PAN,
            RedactionReason.INSIDE_ENCODED,
            words.runStart(value[first]),
            words.runEnd(value[last - 1]));
        return last - first;
      }
    }
    return 0;
  }

  /** Whether it is one of the codes 48 to 57. */
  private boolean isCode(int at) {
    int from = words.runStart(value[at]);
    char tens = scene.at(from);
    char ones = scene.at(from + 1);
    return words.runLength(value[at]) == 2
        && (tens == '4' && ones >= '8' || tens == '5' && ones <= '7');
  }

  private int codeTens(int at) {
    return scene.at(words.runStart(value[at])) == '4' ? -8 : 2;
  }

  private void mark(int at) {
    scene.add(
        SensitiveType.PAN,
        RedactionReason.SPLIT_OVER_FIELDS,
        words.runStart(value[at]),
        words.runEnd(value[at]));
  }

  private boolean isCard(int first, int last, long shape, boolean card) {
    if (card) {
      return true;
    }
    boolean singles = digits.count() == last - first + 1;
    boolean joint = last == first + 1 && isJoint(first, last);
    boolean told = isTold(first, last);
    // Four groups that stand together, and three digits far behind, are not printed so.
    boolean printed =
        GroupScan.isPrinted(shape) && (!GroupScan.isLongest(shape) || gap(first + 1) == gap(last));
    return (printed || singles || joint || told)
        && isWhole(first, last)
        && isCounted(first, last)
        && !isOther(first);
  }

  /** Whether a sentence about a card gives all parts. */
  private boolean isTold(int first, int last) {
    boolean told = false;
    int word = words.wordBefore(value[first]);
    for (int i = word; i >= 0 && i > word - TOLD_NEAR; i--) {
      told |= (words.flags(i) & (Vocabulary.CARD | Vocabulary.PAN)) != 0;
    }
    for (int i = first + 1; i <= last; i++) {
      told &= gap(i) == SAID || gap(i) == PLAIN;
    }
    return told;
  }

  /** Whether the row goes neither further back nor further on. */
  private boolean isWhole(int first, int last) {
    int before = first > 0 ? gap(first) : NONE;
    int behind = last + 1 < values ? gap(last + 1) : NONE;
    return (before == NONE || before != gap(first + 1)) && (behind == NONE || behind != gap(last));
  }

  /** Whether numbers in the keys, if there are any, go up by one each. */
  private boolean isCounted(int first, int last) {
    for (int i = first + 2; i <= last; i++) {
      if (index[i] >= 0 && index[i - 1] >= 0 && index[i] != index[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  private boolean isOther(int first) {
    int word = words.wordBefore(value[first]);
    return word >= 0
        && words.runStart(value[first]) - words.wordEnd(word) <= INDEX_GAP_MAX
        && (words.flags(word) & (Vocabulary.OTHER_ID | Vocabulary.RANGE)) != 0;
  }

  /** Whether the two are put together by a program. */
  private boolean isJoint(int first, int last) {
    int from = words.runEnd(value[first]);
    int to = words.runStart(value[last]);
    int word = words.wordBefore(value[first]);
    boolean joint = word >= 0 && (words.flags(word) & Vocabulary.PART) != 0;
    for (int i = from; i < to; i++) {
      joint |= scene.at(i) == '|' || scene.at(i) == '+' || scene.at(i) == '&';
    }
    return joint && isQuote(scene.at(from)) && isQuote(scene.at(to - 1));
  }

  /** Whether a BIN stands first and the rest of its card behind; the BIN may stay. */
  private boolean isRest(int first, int last) {
    int bin = words.runLength(value[first]);
    int word = words.wordBefore(value[first]);
    int behind = words.wordBefore(value[last]);
    return last == first + 1
        && bin >= BIN_MIN
        && bin <= BIN_MAX
        && word >= 0
        && (words.flags(word) & Vocabulary.RANGE) != 0
        && behind > word
        && (words.flags(behind) & Vocabulary.PART) != 0
        && strength(first, last) == Issuers.STRONG;
  }
}
