package io.tillwatch.triage.gateway.redact;

/** Finds what is read from a magnetic stripe, or from the chip as its equivalent. */
final class TrackScan {

  private static final int REST_MIN = 7;
  private static final int NAME_MAX = 30;
  private static final int DATA_MAX = 64;

  /** Tag and length, in hexadecimal digits. */
  private static final int TAG = 4;

  private final Scene scene;
  private final CardDigits digits = new CardDigits();

  TrackScan(Scene scene) {
    this.scene = scene;
  }

  /** How many runs belong to the track whose card number ends with this run. */
  int take(int run) {
    char next = scene.at(scene.words.runEnd(run));
    if (next == '^') {
      return track1(run);
    }
    return next == '=' || next == 'D' || next == 'd' ? track2(run) : 0;
  }

  private int track2(int run) {
    Words words = scene.words;
    int behind = words.runEnd(run) + 1;
    int rest = Chars.isDigit(scene.at(behind)) ? words.runAt(behind) : -1;
    if (rest < 0) {
      return 0;
    }
    int start = words.runStart(run);
    int end = words.runEnd(run);
    boolean sentinel = scene.at(start - 1) == ';';
    boolean dated = Dates.isMonth((scene.at(behind + 2) - '0') * 10 + scene.at(behind + 3) - '0');
    int enough = scene.at(end) == '=' && dated ? 4 : REST_MIN;
    boolean layout =
        words.runLength(rest) >= (sentinel ? 4 : enough)
            && (sentinel && end - start <= Issuers.DIGITS_MAX || endsInCard(start, end));
    if (!layout) {
      return 0;
    }
    start = Math.max(start, behindTag(start, end));
    int to = words.runEnd(rest);
    while (to - words.runEnd(rest) < 4 && (scene.at(to) | 0x20) == 'f') {
      to++;
    }
    to = scene.at(to) == '?' ? to + 1 : to;
    int from = sentinel ? start - 1 : start;
    scene.add(SensitiveType.TRACK2, RedactionReason.TRACK_LAYOUT, from, to);
    return rest - run + 1;
  }

  /** Whether the last digits are a card number, with a tag and its length before them at most. */
  private boolean endsInCard(int start, int end) {
    for (int size = Issuers.DIGITS_MAX; size >= Issuers.DIGITS_MIN; size--) {
      int from = end - size;
      int least = from == start ? Issuers.WEAK : Issuers.STRONG;
      if (from >= start && digits.strength(scene.view(), from, end) >= least) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the track begins behind its tag 57 and its length, when other tags come before; or -1.
   */
  private int behindTag(int start, int end) {
    for (int from = end - Issuers.DIGITS_MIN;
        from >= start + TAG && from >= end - Issuers.DIGITS_MAX;
        from--) {
      boolean tag = scene.at(from - TAG) == '5' && scene.at(from - TAG + 1) == '7';
      if (tag && digits.strength(scene.view(), from, end) != Issuers.NONE) {
        return from;
      }
    }
    return -1;
  }

  private int track1(int run) {
    Words words = scene.words;
    int start = words.runStart(run);
    int end = words.runEnd(run);
    boolean sentinel = (scene.at(start - 1) | 0x20) == 'b';
    if (end - start > Issuers.DIGITS_MAX || !sentinel && !endsInCard(start, end)) {
      return 0;
    }
    int from = sentinel ? start - 1 : start;
    from = sentinel && scene.at(from - 1) == '%' ? from - 1 : from;
    int to = end + 1;
    while (to - end <= NAME_MAX && isName(scene.at(to))) {
      to++;
    }
    if (scene.at(to) == '^') {
      int data = to + 1;
      if (!sentinel && Chars.isLetter(scene.at(data)) && !isPerson(end + 1, to)) {
        // A record with other fields: a track has a name, and its expiry date here.
        return 0;
      }
      to = data;
      while (to - data < DATA_MAX && (Chars.isAlnum(scene.at(to)) || scene.at(to) == ' ')) {
        to++;
      }
    }
    to = scene.at(to) == '?' ? to + 1 : to;
    scene.add(SensitiveType.TRACK1, RedactionReason.TRACK_LAYOUT, from, to);
    int next = run + 1;
    while (next < words.runs() && words.runStart(next) < to) {
      next++;
    }
    return next - run;
  }

  private boolean isPerson(int from, int to) {
    boolean person = false;
    for (int i = from; i < to; i++) {
      person |= scene.at(i) == '/' || scene.at(i) == ' ';
    }
    return person;
  }

  private static boolean isName(char c) {
    return Chars.isAlnum(c) || c == '/' || c == ' ' || c == '.' || c == '-' || c == '\'';
  }
}
