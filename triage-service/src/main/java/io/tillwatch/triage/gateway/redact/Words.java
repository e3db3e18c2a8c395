package io.tillwatch.triage.gateway.redact;

import java.util.Arrays;

/**
 * The words and runs of digits of a view, in order. Words end where letters do and where a capital
 * begins another ({@code cardNumber}, {@code PANBlock}). Reused; not thread-safe.
 */
final class Words {

  private static final int DEPTH_MAX = 64;
  private static final int KEY_GAP_MAX = 5;
  private static final int ENDING_MAX = 10;

  private static final byte NEITHER = 0;
  private static final byte DIGIT = 1;
  private static final byte SMALL = 2;
  private static final byte CAPITAL = 3;
  private static final byte BRACE = 4;

  private static final byte[] KINDS = new byte[0x80];

  static {
    Arrays.fill(KINDS, '0', '9' + 1, DIGIT);
    Arrays.fill(KINDS, 'a', 'z' + 1, SMALL);
    Arrays.fill(KINDS, 'A', 'Z' + 1, CAPITAL);
    "{}[]()\n".chars().forEach(c -> KINDS[c] = BRACE);
  }

  private final int[] enclosing = new int[DEPTH_MAX];
  private final char[] brackets = new char[DEPTH_MAX];

  /** What round and square brackets hand down: others mostly hold the arguments of a call. */
  private static final int OF_NAMES = Vocabulary.HOLDER | Vocabulary.NAME;

  private int[] wordStart = new int[64];
  private int[] wordEnd = new int[64];
  private int[] wordFlags = new int[64];
  private int[] wordHash = new int[64];
  private int[] wordOwner = new int[64];
  private int[] runStart = new int[64];
  private int[] runEnd = new int[64];
  private int[] runWord = new int[64];
  private int words;
  private int runs;

  /** Which word, and which run, was asked for last. */
  private int wordAsked;

  private int runAsked;

  private int depth;
  private int spelled;
  private int spelledMost;

  /** How many single digits stand in a row, as figures or as words. */
  private int singles;

  /** Whether one of them is a word. */
  private boolean singlesSpelled;

  /** Whether there was such a row that may be a card number. */
  private boolean mixed;

  private boolean lookalikes;

  void read(View view) {
    words = 0;
    runs = 0;
    wordAsked = 0;
    runAsked = 0;
    depth = 0;
    spelled = 0;
    spelledMost = 0;
    singles = 0;
    singlesSpelled = false;
    mixed = false;
    lookalikes = false;
    int length = view.length();
    char[] chars = view.chars();
    int at = 0;
    while (at < length) {
      char c = chars[at];
      int kind = c < 0x80 ? KINDS[c] : Chars.isLetter(c) ? SMALL : NEITHER;
      switch (kind) {
        case DIGIT -> at = run(chars, at, length);
        case SMALL, CAPITAL -> at = word(chars, at, length);
        case BRACE -> brace(chars, at++, length);
        default -> at++;
      }
    }
  }

  /**
   * Follows what is within what. Round and square brackets say whose name is within them when they
   * begin right behind a word, as in {@code Holder[first=…]}, and end with their line.
   */
  private void brace(char[] chars, int at, int length) {
    switch (chars[at]) {
      case '{' -> open('{', isKeyed(chars, at));
      case '[', '(' -> {
        boolean named = words > 0 && wordEnd[words - 1] == at;
        if (named && at + 1 < length && Chars.isLetter(chars[at + 1]) && depth < DEPTH_MAX) {
          open(chars[at], true);
          enclosing[depth - 1] &= OF_NAMES;
        }
      }
      case ']' -> depth -= isWithin('[') ? 1 : 0;
      case ')' -> depth -= isWithin('(') ? 1 : 0;
      case '}' -> {
        closeLine();
        depth -= depth > 0 ? 1 : 0;
      }
      default -> closeLine();
    }
  }

  private void closeLine() {
    while (isWithin('[') || isWithin('(')) {
      depth--;
    }
  }

  /** Whether the last word is the key of what begins here, and not the value before it. */
  private boolean isKeyed(char[] chars, int at) {
    if (words == 0 || at - wordEnd[words - 1] > KEY_GAP_MAX) {
      return false;
    }
    for (int i = wordEnd[words - 1]; i < at; i++) {
      if (chars[i] == ',' || chars[i] == '}') {
        return false;
      }
    }
    return true;
  }

  private void open(char bracket, boolean named) {
    if (depth < DEPTH_MAX) {
      enclosing[depth] = named ? keyFlags() : 0;
      brackets[depth] = bracket;
    }
    depth++;
  }

  /** What the last word says; of a number, what it is a number of. */
  private int keyFlags() {
    int last = words - 1;
    boolean joined =
        (wordFlags[last] & Vocabulary.NUMBER) != 0
            && last > 0
            && wordStart[last] - wordEnd[last - 1] <= 1;
    return wordFlags[last] | (joined ? wordFlags[last - 1] : 0);
  }

  private boolean isWithin(char bracket) {
    return depth > 0 && depth <= DEPTH_MAX && brackets[depth - 1] == bracket;
  }

  private int run(char[] chars, int from, int length) {
    int to = from + 1;
    while (to < length && Chars.isDigit(chars[to])) {
      to++;
    }
    if (runs == runStart.length) {
      runStart = Arrays.copyOf(runStart, runs * 2);
      runEnd = Arrays.copyOf(runEnd, runs * 2);
      runWord = Arrays.copyOf(runWord, runs * 2);
    }
    runStart[runs] = from;
    runEnd[runs] = to;
    runWord[runs] = words - 1;
    runs++;
    countSingle(to - from == 1, false);
    return to;
  }

  private int word(char[] chars, int from, int length) {
    long hash = WordHash.step(WordHash.seed(), chars[from]);
    int to = from + 1;
    boolean dense = Chars.isDense(chars[from]);
    while (to < length) {
      char c = chars[to];
      boolean small = c >= 'a' && c <= 'z' && !dense;
      if (!small && (!isLetter(c, dense) || isCapital(chars, from, to, length))) {
        break;
      }
      hash = WordHash.step(hash, c);
      to++;
    }
    int flags = Vocabulary.flags(hash);
    if (flags == 0 && to - from <= Glued.WORD_MAX) {
      boolean inRow = spelled > 0 && wordEnd[words - 1] == from || dense && spelled > 1;
      int end =
          dense ? Glued.endOfDense(chars, from, to, inRow) : Glued.end(chars, from, to, inRow);
      hash = end == to ? hash : WordHash.of(chars, from, end);
      flags = end == to ? 0 : Vocabulary.flags(hash);
      flags = dense && flags == 0 ? flagsOfEnd(chars, from, end) : flags;
      to = end;
    }
    if (words == wordStart.length) {
      wordStart = Arrays.copyOf(wordStart, words * 2);
      wordEnd = Arrays.copyOf(wordEnd, words * 2);
      wordFlags = Arrays.copyOf(wordFlags, words * 2);
      wordHash = Arrays.copyOf(wordHash, words * 2);
      wordOwner = Arrays.copyOf(wordOwner, words * 2);
    }
    wordStart[words] = from;
    wordEnd[words] = to;
    wordFlags[words] = flags;
    wordHash[words] = (int) (hash >>> 32);
    wordOwner[words] = depth > 0 && depth <= DEPTH_MAX ? enclosing[depth - 1] : 0;
    words++;
    boolean digit = (flags & Vocabulary.SPELLED) != 0;
    spelled = digit ? spelled + 1 : 0;
    spelledMost = Math.max(spelledMost, spelled);
    countSingle(digit, true);
    lookalikes |= Spelled.isLookalike(chars, from, to, length);
    return to;
  }

  private void countSingle(boolean digit, boolean asWord) {
    singles = digit ? singles + 1 : 0;
    singlesSpelled = digit && (singlesSpelled || asWord);
    mixed |= singlesSpelled && singles >= Issuers.DIGITS_MIN;
  }

  private static boolean isLetter(char c, boolean dense) {
    return Chars.isLetter(c) && Chars.isDense(c) == dense;
  }

  /** What the longest known word says with which a row of words ends, but for a particle. */
  private static int flagsOfEnd(char[] chars, int from, int to) {
    int flags = flagsBefore(chars, from, to);
    return flags == 0 ? flagsBefore(chars, from - 1, to - 1) : flags;
  }

  private static int flagsBefore(char[] chars, int from, int to) {
    for (int start = Math.max(Math.max(0, from + 1), to - ENDING_MAX); start < to - 1; start++) {
      int flags = Vocabulary.flags(WordHash.of(chars, start, to));
      if (flags != 0) {
        return flags;
      }
    }
    return 0;
  }

  /** Whether another word begins with this capital. */
  private static boolean isCapital(char[] chars, int from, int at, int length) {
    char c = chars[at];
    if (!Chars.isUpper(c)) {
      return false;
    }
    boolean wasLower = Chars.isLower(chars[at - 1]);
    return wasLower || at - from >= 2 && at + 1 < length && Chars.isLower(chars[at + 1]);
  }

  int words() {
    return words;
  }

  int wordStart(int word) {
    return wordStart[word];
  }

  int wordEnd(int word) {
    return wordEnd[word];
  }

  /** What the word says; 0 where there is none. */
  int flags(int word) {
    return word >= 0 && word < words ? wordFlags[word] : 0;
  }

  /** A hash of the word, whatever the size of its letters. */
  int hash(int word) {
    return wordHash[word];
  }

  /** What the key says whose value is the object around the word. */
  int owner(int word) {
    return wordOwner[word];
  }

  int runs() {
    return runs;
  }

  int runStart(int run) {
    return runStart[run];
  }

  int runEnd(int run) {
    return runEnd[run];
  }

  int runLength(int run) {
    return runEnd[run] - runStart[run];
  }

  /** The word before the run, or -1. */
  int wordBefore(int run) {
    return runWord[run];
  }

  /** The run that begins here, or -1. */
  int runAt(int index) {
    runAsked = firstFrom(runStart, runs, index, runAsked);
    return runAsked < runs && runStart[runAsked] == index ? runAsked : -1;
  }

  /** The first word that begins here or later. */
  int wordFrom(int index) {
    wordAsked = firstFrom(wordStart, words, index, wordAsked);
    return wordAsked;
  }

  /**
   * The first that starts here or later.
   *
   * @param asked the last answer: the next one mostly is near
   */
  private static int firstFrom(int[] starts, int count, int index, int asked) {
    int low = asked;
    int high = asked;
    for (int step = 1; low > 0 && starts[low - 1] >= index; step *= 2) {
      high = low - 1;
      low = Math.max(0, low - step);
    }
    for (int step = 1; high < count && starts[high] < index; step *= 2) {
      low = high + 1;
      high = Math.min(count, high + step);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether digits are spelled, or letters stand for digits. */
  boolean areDigitsSpelled() {
    return spelledMost >= Spelled.WORDS_MIN || mixed || lookalikes;
  }

  /** Whether some digits of a row that may be a card number are spelled, and others are not. */
  boolean areDigitsMixed() {
    return mixed;
  }
}
