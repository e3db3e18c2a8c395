package io.tillwatch.triage.gateway.redact;

/**
 * Finds masked card numbers that show too much: more than the first six digits (eight of sixteen)
 * and the last four.
 */
final class MaskScan {

  private static final int LENGTH_MAX = 48;
  private static final int FIRST_MAX = 6;
  private static final int FIRST_OF_LONG_MAX = 8;
  private static final int LAST_MAX = 4;
  private static final int LONG_MIN = 16;
  private static final int SHORT_MIN = 13;

  private final Scene scene;
  private int prefix;

  MaskScan(Scene scene) {
    this.scene = scene;
  }

  /** Looks at what stands around two signs of a mask. */
  void scan(Places masks) {
    int behind = 0;
    for (int i = 0; i < masks.count(); i++) {
      behind = scan(Math.max(behind, masks.from(i) - LENGTH_MAX), masks.to(i) + 1);
    }
  }

  private int scan(int from, int to) {
    int at = from;
    while (at < to) {
      char c = scene.at(at);
      boolean begins = Chars.isDigit(c) || isMask(c) && isMask(scene.at(at + 1));
      at = begins && !Chars.isAlnum(scene.at(at - 1)) ? take(at) : at + 1;
    }
    return at;
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '-' || c == '.' || c == '[' || c == ']';
  }

  /** Whether one of two dots or dashes stands here, which are no separators. */
  private boolean isLeader(int at) {
    char c = scene.at(at);
    return (c == '.' || c == '-' || c == '_') && (scene.at(at + 1) == c || scene.at(at - 1) == c);
  }

  private static boolean isMask(char c) {
    return c == '*' || c == 'X' || c == 'x' || c == '#' || c == '?';
  }

  /** Reads digits, a mask and digits; answers where to go on. */
  private int take(int from) {
    int first = 0;
    int masked = 0;
    int last = 0;
    int at = from;
    int end = from;
    int group = 0;
    prefix = 0;
    while (at - from < LENGTH_MAX) {
      char c = scene.at(at);
      if (isMask(c) || isLeader(at)) {
        // What was shown between two masks counts as shown at the end.
        masked++;
      } else if (Chars.isDigit(c)) {
        prefix = masked == 0 && first < 4 ? prefix * 10 + c - '0' : prefix;
        first += masked == 0 ? 1 : 0;
        last += masked > 0 ? 1 : 0;
      } else if (!isGap(c) || end != at) {
        break;
      } else if (group == 0) {
        group = at;
      }
      at++;
      end = Chars.isDigit(c) || isMask(c) || isLeader(at - 1) ? at : end;
    }
    if (!Chars.isAlnum(scene.at(end)) && isOverexposed(first, masked, last)) {
      scene.add(SensitiveType.PAN, RedactionReason.OVEREXPOSED_MASK, from, end);
      return end;
    }
    // What stands before may be no part of it: the next group is looked at for itself.
    return Math.max(group > 0 ? group : end, from + 1);
  }

  private boolean isOverexposed(int first, int masked, int last) {
    int total = first + masked + last;
    if (masked == 1) {
      // So little is hidden that all else has to look like a card.
      return first > FIRST_OF_LONG_MAX
          && last > 0
          && Issuers.strength(prefix, total) == Issuers.STRONG;
    }
    if (masked == 0 || total < SHORT_MIN || total > Issuers.DIGITS_MAX) {
      return false;
    }
    boolean card =
        first >= 4
            ? Issuers.strength(prefix, total) != Issuers.NONE
            : masked >= 4 && (total == 15 || total == LONG_MIN);
    int firstMax = total >= LONG_MIN ? FIRST_OF_LONG_MAX : FIRST_MAX;
    return card && (first > firstMax || last > LAST_MAX);
  }
}
