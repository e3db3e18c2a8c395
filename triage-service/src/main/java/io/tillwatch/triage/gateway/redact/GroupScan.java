package io.tillwatch.triage.gateway.redact;

import org.jspecify.annotations.Nullable;

/**
 * Finds card numbers in groups of digits: with whatever stands between them, as parts of
 * neighbouring fields, and shown through masks that hide too little.
 */
final class GroupScan {

  private static final int GAP_MAX = 6;
  private static final int SPACE_MAX = 24;
  private static final int FIELD_GAP_MAX = 64;
  private static final int PARTS_MAX = 20;
  private static final int MARKUP_MAX = 4;

  /** A longer row of equal gaps is a table: only its ends are looked at for printed groups. */
  private static final int TABLE_GROUPS = 12;

  private static final long SHAPE_4444 = shape(4, 4, 4, 4);
  private static final long SHAPE_465 = shape(4, 6, 5);
  private static final long SHAPE_464 = shape(4, 6, 4);
  private static final long SHAPE_44443 = shape(4, 4, 4, 4, 3);

  /** As numbers are written, by thousands. */
  private static final long SHAPE_133333 = shape(1, 3, 3, 3, 3, 3);

  private static final long SHAPE_33333 = shape(3, 3, 3, 3, 3);

  private final Scene scene;
  private final CardScan cards;
  private final CardDigits digits = new CardDigits();
  private final CardDigits row = new CardDigits();
  private int[] gap = new int[64];
  private boolean[] plain = new boolean[64];

  /** Whether the key of a field is in the gap: then only equal gaps make a card of groups. */
  private boolean[] keyed = new boolean[64];

  private int[] segmentStart = new int[64];
  private int[] segmentEnd = new int[64];

  /** How many digits are in the run and those behind it that gaps join to it. */
  private int[] reach = new int[64];

  GroupScan(Scene scene, CardScan cards) {
    this.scene = scene;
    this.cards = cards;
  }

  private static long shape(int... lengths) {
    long shape = 0;
    for (int length : lengths) {
      shape = shape << 5 | length;
    }
    return shape;
  }

  /** Looks at what stands between the runs. */
  void begin() {
    int runs = scene.words.runs();
    if (gap.length < runs + 1) {
      gap = new int[runs * 2];
      plain = new boolean[runs * 2];
      keyed = new boolean[runs * 2];
      segmentStart = new int[runs * 2];
      segmentEnd = new int[runs * 2];
      reach = new int[runs * 2];
    }
    for (int run = 0; run < runs; run++) {
      gap[run] = run == 0 ? 0 : gapBefore(run);
      // A segment is a row of runs with equal gaps; this is the one that the run closes.
      boolean continues = run > 1 && gap[run] != 0 && gap[run] == gap[run - 1];
      segmentStart[run] = gap[run] == 0 ? run : continues ? segmentStart[run - 1] : run - 1;
    }
    for (int run = runs - 1; run >= 0; run--) {
      boolean joined = run + 1 < runs && gap[run + 1] != 0;
      segmentEnd[run] = joined && gap[run + 1] == gap[run] ? segmentEnd[run + 1] : run;
      reach[run] = scene.words.runLength(run) + (joined ? reach[run + 1] : 0);
    }
  }

  /** Zero when the runs have nothing to do with each other, else a hash of what is between. */
  private int gapBefore(int run) {
    int from = scene.words.runEnd(run - 1);
    int to = scene.words.runStart(run);
    boolean lettered = scene.words.wordBefore(run) != scene.words.wordBefore(run - 1);
    keyed[run] = lettered;
    if (to - from > SPACE_MAX) {
      return 0;
    }
    boolean key = isKey(from, to);
    if (lettered && !key || Dates.isDay(scene, to)) {
      return 0;
    }
    int hash = 17;
    int signs = 0;
    int masks = 0;
    boolean simple = to - from <= 3;
    char[] chars = scene.view().chars();
    for (int i = from; i < to; i++) {
      char c = chars[i];
      boolean brace = c == '{' || c == '}';
      keyed[run] |= brace;
      if (c == Folding.LABEL || brace && !key) {
        return 0;
      }
      signs += Chars.isSpace(c) ? 0 : 1;
      simple &= isPlain(c);
      masks += c == '*' ? 1 : 0;
      hash = hash * 31 + c;
    }
    plain[run] = simple;
    if (keyed[run]) {
      return hash | 1;
    }
    boolean marked = masks > 1 && !isEmphasis(chars, from, to) && !isMarkup(run, masks);
    return marked || signs > GAP_MAX ? 0 : hash | 1;
  }

  /** Whether a mark of emphasis ends here and another begins: no mask. */
  private static boolean isEmphasis(char[] chars, int from, int to) {
    return chars[from] == '*' && chars[to - 1] == '*' && chars[from + (to - from) / 2] == ' ';
  }

  /** Whether marks of emphasis stand between two printed groups, and nothing else. */
  private boolean isMarkup(int run, int stars) {
    int from = scene.words.runEnd(run - 1);
    int to = scene.words.runStart(run);
    boolean markup =
        stars <= 2
            && to - from <= MARKUP_MAX
            && isGroup(scene.words.runLength(run - 1))
            && isGroup(scene.words.runLength(run));
    for (int i = from; i < to && markup; i++) {
      markup = "*_`~".indexOf(scene.at(i)) >= 0;
    }
    return markup;
  }

  private static boolean isGroup(int length) {
    return length >= 4 && length <= 6;
  }

  /** Whether one value ends here and another begins, with its key between. */
  private boolean isKey(int from, int to) {
    char before = scene.at(to - 1);
    char sign = before == '"' || before == '\'' || before == ' ' ? scene.at(to - 2) : before;
    return !Chars.isLetter(scene.at(from))
        && to - from >= 4
        && (before == ':' || before == '=' || before == '>' || sign == ':' || sign == '=');
  }

  private static boolean isPlain(char c) {
    return Chars.isSpace(c) || c == '-' || c == '.' || c == '_' || c == '/' || c == '+';
  }

  /** How many runs from here on belong to one card number. */
  int take(int run) {
    int chained = chain(run);
    if (chained == 0 && scene.named(run) != Scene.UNNAMED) {
      return parts(run);
    }
    return chained;
  }

  private int chain(int run) {
    Words words = scene.words;
    int runs = words.runs();
    byte named = scene.named(run);
    boolean alone = run + 1 == runs || gap[run + 1] == 0;
    if (alone
        || reach[run] < Issuers.DIGITS_MIN
        || named == Scene.UNNAMED && !Issuers.isFirst(scene.at(words.runStart(run)))) {
      return 0;
    }
    int fallback = 0;
    long shape = 0;
    digits.clear();
    for (int last = run; last < runs && (last == run || gap[last] != 0); last++) {
      if (digits.count() + words.runLength(last) > Issuers.DIGITS_MAX) {
        break;
      }
      digits.take(scene.view(), words.runStart(last), words.runEnd(last));
      shape = shape << 5 | words.runLength(last);
      if (last == run || !digits.hasLength()) {
        continue;
      }
      int strength = digits.strength();
      RedactionReason reason = strength == Issuers.NONE ? null : judge(run, last, strength, shape);
      if (reason != null && named != Scene.UNNAMED && mayBeLonger(last, strength)) {
        fallback = isCut(run, last) ? fallback : last;
        continue;
      }
      if (reason != null) {
        add(run, last, reason);
        return last - run + 1;
      }
      boolean whole = named == Scene.CARD_NUMBER && isWholeSegment(run, last);
      fallback =
          !hasKey(run, last) && named != Scene.UNNAMED && (isPrinted(shape) || whole)
              ? last
              : fallback;
    }
    if (fallback > run) {
      add(run, fallback, RedactionReason.CARD_FIELD);
      return fallback - run + 1;
    }
    return 0;
  }

  /** Whether fewer digits than most cards have are taken from a row that goes on. */
  private boolean mayBeLonger(int last, int strength) {
    return strength == Issuers.WEAK && segmentEnd[last] > last && segmentStart[last] < last;
  }

  /** Whether a row that is a card begins behind the first run: the rest of it would be left. */
  private boolean isCut(int run, int last) {
    if (segmentEnd[last] == last || segmentStart[last] == last || segmentStart[last] <= run) {
      return false;
    }
    Words words = scene.words;
    row.clear();
    for (int i = segmentStart[last]; i <= segmentEnd[last]; i++) {
      row.take(scene.view(), words.runStart(i), words.runEnd(i));
      if (row.count() > Issuers.DIGITS_MAX) {
        return false;
      }
      if (i > last && row.strength() == Issuers.STRONG) {
        return true;
      }
    }
    return false;
  }

  private @Nullable RedactionReason judge(int run, int last, int strength, long shape) {
    if (scene.named(run) != Scene.UNNAMED && !hasKey(run, last)) {
      return RedactionReason.SEPARATED;
    }
    boolean whole = isWholeSegment(run, last);
    boolean fields = hasKey(run, last);
    if (strength == Issuers.STRONG && isPrinted(shape) && (fields ? whole : isAtEnd(run, last))) {
      return RedactionReason.PRINTED_GROUPS;
    }
    boolean singles = digits.count() == last - run + 1;
    whole |= singles && isRowOfSingles(run, last);
    if (!whole || fields || cards.isSomethingElse(run, strength)) {
      return null;
    }
    if (singles) {
      return strength == Issuers.STRONG ? RedactionReason.SEPARATED : null;
    }
    boolean possible =
        (plain[last] || isScientific(run, last) || isRowOfPairs(run, last))
            && !isRange(run, last)
            && !isDecimal(run, last);
    boolean likely = strength == Issuers.STRONG || scene.words.runLength(run) == 4;
    return possible && likely ? RedactionReason.SEPARATED : null;
  }

  private boolean hasKey(int run, int last) {
    for (int i = run + 1; i <= last; i++) {
      if (keyed[i]) {
        return true;
      }
    }
    return false;
  }

  /** Whether groups of such lengths are printed on cards, or numbers are written so. */
  static boolean isPrinted(long shape) {
    return shape == SHAPE_4444
        || shape == SHAPE_465
        || shape == SHAPE_464
        || shape == SHAPE_44443
        || shape == SHAPE_133333
        || shape == SHAPE_33333;
  }

  /** Whether three digits stand behind four groups of four. */
  static boolean isLongest(long shape) {
    return shape == SHAPE_44443;
  }

  /** Whether equal gaps are between these runs, and before and behind them others. */
  private boolean isWholeSegment(int run, int last) {
    return segmentStart[last] == run && segmentEnd[last] == last;
  }

  /** The same, when longer runs before and behind do not count. */
  private boolean isRowOfSingles(int run, int last) {
    Words words = scene.words;
    boolean equal = segmentStart[last] <= run;
    boolean begins = segmentStart[last] == run || words.runLength(run - 1) > 1;
    boolean ends = segmentEnd[last] == last || words.runLength(last + 1) > 1;
    return equal && begins && ends;
  }

  private boolean isAtEnd(int run, int last) {
    int from = segmentStart[last];
    int to = segmentEnd[last];
    return to - from < TABLE_GROUPS || from >= run || to <= last;
  }

  /** Two numbers that begin alike are from and to. */
  private boolean isRange(int run, int last) {
    Words words = scene.words;
    boolean pair = last == run + 1 && words.runLength(run) == words.runLength(last);
    int alike = 0;
    while (pair
        && alike < words.runLength(run)
        && scene.at(words.runStart(run) + alike) == scene.at(words.runStart(last) + alike)) {
      alike++;
    }
    int word = words.wordBefore(run);
    boolean said =
        word >= 0
            && words.runStart(run) - words.wordEnd(word) <= 3
            && (words.flags(word) & Vocabulary.RANGE) != 0;
    return pair && (alike >= 4 || said);
  }

  /** Whether bytes of two decimal digits stand in a row, one sign between each. */
  private boolean isRowOfPairs(int run, int last) {
    Words words = scene.words;
    for (int i = run; i <= last; i++) {
      if (words.runLength(i) != 2 || i > run && words.runStart(i) != words.runEnd(i - 1) + 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether a program wrote one digit, a comma, the others and a power of ten. */
  private boolean isScientific(int run, int last) {
    Words words = scene.words;
    return last == run + 1
        && words.runLength(run) == 1
        && scene.at(words.runEnd(run)) == ','
        && hasExponent(last);
  }

  private boolean isDecimal(int run, int last) {
    boolean point = last == run + 1 && scene.at(scene.words.runEnd(run)) == '.';
    return point && !(scene.words.runLength(run) == 1 && hasExponent(last));
  }

  /** Whether the power of ten stands behind the run by which a program multiplies it. */
  private boolean hasExponent(int run) {
    int end = scene.words.runEnd(run);
    return (scene.at(end) | 0x20) == 'e'
        && run + 1 < scene.words.runs()
        && scene.words.runStart(run + 1) <= end + 2;
  }

  private void add(int run, int last, RedactionReason reason) {
    Words words = scene.words;
    boolean apart = false;
    for (int i = words.runEnd(run); i < words.runStart(last); i++) {
      apart |= scene.at(i) == '"' || scene.at(i) == '\'';
    }
    if (!apart) {
      int to = words.runEnd(hasExponent(last) ? last + 1 : last);
      scene.add(SensitiveType.PAN, reason, words.runStart(run), to);
      return;
    }
    // Elements of an array stay elements.
    for (int i = run; i <= last; i++) {
      scene.add(SensitiveType.PAN, reason, words.runStart(i), words.runEnd(i));
    }
  }

  /** Fields one behind the other, all named like parts of a card number. */
  private int parts(int run) {
    Words words = scene.words;
    digits.clear();
    int parts = 0;
    int weak = 0;
    for (int next = run; next < words.runs() && next - run < PARTS_MAX; next++) {
      if (next > run && scene.isSuffix(next)) {
        continue;
      }
      boolean belongs =
          next == run || scene.named(next) != Scene.UNNAMED || gap[next] != 0 && !keyed[next];
      boolean near = next == run || words.runStart(next) - words.runEnd(next - 1) <= FIELD_GAP_MAX;
      if (!belongs || !near || digits.count() + words.runLength(next) > Issuers.DIGITS_MAX) {
        break;
      }
      digits.take(scene.view(), words.runStart(next), words.runEnd(next));
      parts++;
      int strength = parts > 1 ? digits.strength() : Issuers.NONE;
      if (strength == Issuers.STRONG) {
        return addParts(run, next);
      }
      weak = strength == Issuers.WEAK && !isCut(run, next) ? next : weak;
    }
    return weak > 0 ? addParts(run, weak) : 0;
  }

  private int addParts(int run, int last) {
    Words words = scene.words;
    for (int i = run; i <= last; i++) {
      if (i == run || !scene.isSuffix(i)) {
        scene.add(
            SensitiveType.PAN,
            RedactionReason.SPLIT_OVER_FIELDS,
            words.runStart(i),
            words.runEnd(i));
      }
    }
    return last - run + 1;
  }
}
