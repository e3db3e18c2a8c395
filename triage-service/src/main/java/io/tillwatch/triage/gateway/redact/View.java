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

  private char[] chars = new char[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int length;
  private boolean turned;

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
    return starts[index];
  }

  /** Where in the source it ends. */
  int end(int index) {
    return ends[index];
  }

  void clear(int capacity) {
    length = 0;
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
      add(from.chars[at], from.starts[at], from.ends[at]);
    }
  }

  private void joinMark(int codePoint, int end) {
    int type = Character.getType(codePoint);
    if (length > 0 && (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)) {
      ends[length - 1] = end;
    }
  }

  private void grow() {
    int capacity = length * 2;
    chars = Arrays.copyOf(chars, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  /** Takes in a text, folded. */
  void read(CharSequence text) {
    int size = text.length();
    clear(size);
    int at = 0;
    while (at < size) {
      char c = text.charAt(at);
      if (c >= ' ' && c < 0x7F && c != '[') {
        // No text has more canonical characters than units: there is room.
        chars[length] = c;
        starts[length] = at++;
        ends[length++] = at;
        continue;
      }
      int next = at + 1;
      if (c == '[' && Labels.lengthAt(text, at) > 0) {
        next = at + Labels.lengthAt(text, at);
        add(Folding.LABEL, at, next);
      } else if (c == 0x1B) {
        next = afterAnsi(text, at);
      } else if (Character.isSurrogate(c)) {
        int codePoint = Character.codePointAt(text, at);
        next = at + Character.charCount(codePoint);
        addFolded(codePoint, at, next);
      } else {
        addFolded(c, at, next);
      }
      at = next;
    }
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
