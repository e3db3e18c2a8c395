package io.tillwatch.triage.gateway.redact;

import java.util.Arrays;

/**
 * One view, what it is made of, and what was found in it: what all scans work on. Open, so that
 * looks can be counted.
 */
class Scene {

  /** Nothing names the digits. */
  static final byte UNNAMED = 0;

  /** A word like {@code card} stands before the digits. */
  static final byte CARD = 1;

  /** A field named like a card number holds the digits. */
  static final byte CARD_NUMBER = 2;

  private static final int ATTRIBUTE_MAX = 8;

  final Words words = new Words();
  private final Spans spans;
  private View view;
  private char[] chars;
  private int length;
  private byte[] named = new byte[64];

  Scene(Spans spans) {
    this.spans = spans;
    view = new View();
    chars = view.chars();
  }

  /** Turns to another view. */
  void show(View next) {
    view = next;
    chars = next.chars();
    length = next.length();
    words.read(next);
    if (named.length < words.runs()) {
      named = new byte[words.runs() * 2];
    }
    Arrays.fill(named, 0, words.runs(), UNNAMED);
  }

  View view() {
    return view;
  }

  char at(int index) {
    return index >= 0 && index < length ? chars[index] : '\n';
  }

  /** Marks what stands between two indexes. */
  void add(SensitiveType type, RedactionReason reason, int from, int to) {
    if (from >= 0 && to > from && to <= view.length()) {
      spans.add(view, type, reason, from, to);
    }
  }

  /** Notes that the run of digits here is named. */
  void name(int run, byte as) {
    named[run] = (byte) Math.max(named[run], as);
  }

  byte named(int run) {
    return named[run];
  }

  /** Whether the run is the number of a name, as in {@code DE2}, {@code cvv2} or {@code part_1}. */
  boolean isSuffix(int run) {
    int start = words.runStart(run);
    int end = words.runEnd(run);
    if (end - start > 3) {
      return false;
    }
    char before = at(start - 1);
    boolean attached =
        Chars.isLetter(before)
            || (before == '_' || before == '-' || before == '[') && Chars.isAlnum(at(start - 2))
            || before == ' ' && isField(words.wordBefore(run), start - 1);
    int next = end;
    while (next < end + 3 && isClosing(at(next))) {
      next++;
    }
    char sign = at(next);
    return attached
        && (sign == '=' || sign == ':' || sign == '>' || sign == '.' || sign == ' ' || sign == '(')
        && (next > end || sign != '.');
  }

  private boolean isField(int word, int end) {
    return (words.flags(word) & Vocabulary.FIELD) != 0 && words.wordEnd(word) == end;
  }

  private static boolean isClosing(char c) {
    return c == '"' || c == '\'' || c == ']' || c == '\\' || c == ')';
  }

  /** The number that belongs to a word like {@code DE}, or -1. */
  int fieldNumber(int word) {
    int run = fieldRun(word);
    return run < 0 ? -1 : number(run);
  }

  /** The run that is the number of a field: in {@code DE2}, {@code field id="2"}; or -1. */
  int fieldRun(int word) {
    int at = words.wordEnd(word);
    while (at < words.wordEnd(word) + 2 && !Chars.isAlnum(at(at))) {
      at++;
    }
    int run = Chars.isDigit(at(at)) ? words.runAt(at) : -1;
    if (run >= 0) {
      return isSuffix(run) ? run : -1;
    }
    int id = word + 1;
    boolean attribute =
        words.wordStart(id < words.words() ? id : word) == at
            && at(at - 1) == ' '
            && at(words.wordEnd(id)) == '='
            && words.wordEnd(id) - at <= ATTRIBUTE_MAX;
    at = attribute ? words.wordEnd(id) + 2 : at;
    run = attribute && Chars.isDigit(at(at)) ? words.runAt(at) : -1;
    return run >= 0 && words.runLength(run) <= 3 && at(words.runEnd(run)) == at(at - 1) ? run : -1;
  }

  /** The number that a short run is. */
  int number(int run) {
    int number = 0;
    for (int i = words.runStart(run); i < words.runEnd(run); i++) {
      number = number * 10 + at(i) - '0';
    }
    return number;
  }

  /** Whether the run is the number of a field on its own, as in {@code [002]}. */
  boolean isBracketed(int run) {
    return words.runLength(run) == 3
        && at(words.runStart(run) - 1) == '['
        && at(words.runEnd(run)) == ']';
  }
}
