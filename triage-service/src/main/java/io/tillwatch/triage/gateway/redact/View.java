package io.tillwatch.triage.gateway.redact;

import java.util.Arrays;

/**
 * A text in canonical characters, each with the stretch of the source it stands for. Reused from
 * text to text; not thread-safe.
 */
final class View {

  private static final int ANSI_PARAMETERS_MAX = 16;

  /** Whatever stands behind it is shown from its end. */
  private static final int RIGHT_TO_LEFT = 0x202E;

  /** Ends a field of FIX. */
  private static final char FIELD_END = 1;

  private static final int FIELD_DIGITS_MAX = 5;

  /** Characters that stay as they are and need no second look. */
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    Arrays.fill(PLAIN, ' ', 0x7F, true);
    PLAIN['['] = false;
    PLAIN['\n'] = true;
    PLAIN['\t'] = true;
    PLAIN['\r'] = true;
  }

  private char[] chars = new char[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int length;

  /** How many characters from the first on stand for themselves: nothing is noted of these. */
  private int same;

  private boolean turned;

  /** Where signs stand that something begins with, in order. */
  private int[] marks = new int[256];

  private int marked;

  int length() {
    return length;
  }

  /** The canonical character here; a line feed outside the text. */
  char at(int index) {
    return index >= 0 && index < length ? chars[index] : '\n';
  }

  /** The characters themselves, for loops; only the first {@link #length()} count. */
  char[] chars() {
    return chars;
  }

  /** Where in the source it begins. */
  int start(int index) {
    return index < same ? index : starts[index];
  }

  /** Where in the source it ends. */
  int end(int index) {
    return index < same ? index + 1 : ends[index];
  }

  /** Memory for as many marks as there are characters. */
  int[] marksToFill() {
    marked = 0;
    if (marks.length < length) {
      marks = new int[chars.length];
    }
    return marks;
  }

  /** Says how many marks were filled in. */
  void marked(int count) {
    marked = count;
  }

  /** How many signs there are that something begins with; known once its shapes were read. */
  int marks() {
    return marked;
  }

  /** Where one of these signs stands. */
  int mark(int index) {
    return marks[index];
  }

  void clear(int capacity) {
    length = 0;
    same = 0;
    turned = false;
    if (chars.length < capacity) {
      chars = new char[capacity];
      starts = new int[capacity];
      ends = new int[capacity];
    }
  }

  void add(char c, int start, int end) {
    if (length == chars.length) {
      grow();
    }
    chars[length] = c;
    starts[length] = start;
    ends[length] = end;
    length++;
  }

  /** Takes over what stands between two indexes of another view. */
  void addAll(View from, int begin, int end) {
    while (length + end - begin > chars.length) {
      grow();
    }
    System.arraycopy(from.chars, begin, chars, length, end - begin);
    int at = begin;
    if (length == begin && same == begin) {
      at = Math.max(begin, Math.min(end, from.same));
      same = at;
    }
    for (int i = at; i < end; i++) {
      starts[length + i - begin] = from.start(i);
      ends[length + i - begin] = from.end(i);
    }
    length += end - begin;
  }

  /** Takes over a folded code point; what is invisible belongs to what stands before it. */
  void addFolded(int codePoint, int start, int end) {
    char c = Folding.ofCodePoint(codePoint);
    if (c == Folding.NOTHING) {
      turned |= codePoint == RIGHT_TO_LEFT;
      joinMark(codePoint, end);
    } else {
      add(c, start, end);
    }
  }

  /** Whether some of it is shown from its end. */
  boolean isTurned() {
    return turned;
  }

  /** Takes over another view from its end. */
  void readBackwards(View from) {
    clear(from.length);
    for (int at = from.length - 1; at >= 0; at--) {
      add(from.chars[at], from.start(at), from.end(at));
    }
  }

  private void joinMark(int codePoint, int end) {
    int type = Character.getType(codePoint);
    if (length > 0 && (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)) {
      if (same == length) {
        same--;
        starts[same] = same;
      }
      ends[length - 1] = end;
    }
  }

  private void grow() {
    int capacity = chars.length * 2;
    chars = Arrays.copyOf(chars, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  /**
   * Takes in a text, folded.
   *
   * @param labels gets the places of labels
   */
  void read(CharSequence source, Places labels) {
    String text = source.toString();
    int size = text.length();
    clear(size);
    text.getChars(0, size, chars, 0);
    int at = 0;
    while (at < size) {
      if (same == at) {
        at = afterPlain(at, size);
        length = at;
        same = at;
        if (at == size) {
          break;
        }
      }
      // What was read is never behind what is written: no text has more characters than units.
      char c = chars[at];
      int next = at + 1;
      if (c < 0x80 && PLAIN[c]) {
        put(c, at, next);
      } else if (c == '[' && Labels.lengthAt(text, at) > 0) {
        next = at + Labels.lengthAt(text, at);
        labels.note(length);
        put(Folding.LABEL, at, next);
      } else if (c == 0x1B) {
        next = afterAnsi(text, at);
      } else if (Character.isSurrogate(c)) {
        int codePoint = Character.codePointAt(text, at);
        next = at + Character.charCount(codePoint);
        addFolded(codePoint, at, next);
      } else {
        char folded = c == FIELD_END && isField(text, next) ? '|' : Folding.of(c);
        if (folded == Folding.NOTHING) {
          addFolded(c, at, next);
        } else {
          put(folded, at, next);
        }
      }
      at = next;
    }
  }

  /** Whether the number of a field of FIX stands here, and its sign. */
  private static boolean isField(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < FIELD_DIGITS_MAX && Chars.isDigit(text.charAt(at))) {
      at++;
    }
    return at > from && at < text.length() && text.charAt(at) == '=';
  }

  private int afterPlain(int from, int size) {
    char[] read = chars;
    int at = from;
    while (at < size && read[at] < 0x80 && PLAIN[read[at]]) {
      at++;
    }
    return at;
  }

  private void put(char c, int start, int end) {
    chars[length] = c;
    if (same == length && start == length && end == start + 1) {
      same++;
    } else {
      starts[length] = start;
      ends[length] = end;
    }
    length++;
  }

  /** Colours of terminals count as nothing. */
  private static int afterAnsi(CharSequence text, int at) {
    int next = at + 1;
    if (next >= text.length() || text.charAt(next) != '[') {
      return next;
    }
    next++;
    int limit = Math.min(text.length(), next + ANSI_PARAMETERS_MAX);
    while (next < limit && text.charAt(next) < '@') {
      next++;
    }
    return next < text.length() && Chars.isLetter(text.charAt(next)) ? next + 1 : at + 1;
  }
}
