package io.tillwatch.triage.gateway.redact;

/** Parts spelled digits from the words they are written together with. */
final class Glued {

  /** Longer words are left whole, so that no letter is read too often. */
  static final int WORD_MAX = 160;

  private static final int LETTERS_MAX = 9;
  private static final int DENSE_MAX = 4;

  /** Letters that a card number of spelled digits has at least. */
  private static final int NUMBER_MIN = 3 * Issuers.DIGITS_MIN;

  private static final int ROW_MIN = 3;

  /** The particle between a label and what it names, in Japanese. */
  private static final char TOPIC = '\u306F';

  private Glued() {}

  /**
   * Where to end a word that is not known, as {@code fouroneone} or {@code Threeplease}.
   *
   * @param inRow whether a spelled digit ends where it begins
   */
  static int end(char[] chars, int from, int to, boolean inRow) {
    int digit = inRow || to - from >= NUMBER_MIN ? digitEnd(chars, from, to) : from;
    if (digit > from && (inRow || isRow(chars, from, to))) {
      return digit;
    }
    for (int start = from + 1; start <= to - NUMBER_MIN; start++) {
      if (isRow(chars, start, to)) {
        return start;
      }
    }
    return to;
  }

  /**
   * The same in scripts that put no spaces between words: a row of digits begins behind its label,
   * and something may follow.
   *
   * @param inRow whether spelled digits come before
   */
  static int endOfDense(char[] chars, int from, int to, boolean inRow) {
    for (int end = Math.min(to - 1, from + DENSE_MAX); inRow && end > from; end--) {
      if (isDigit(chars, from, end)) {
        return end;
      }
    }
    for (int start = Math.max(from + 1, to - DENSE_MAX); start < to; start++) {
      boolean apart = start < to - 1 || chars[start - 1] == TOPIC;
      if (apart && isDigit(chars, start, to)) {
        return start;
      }
    }
    return to;
  }

  private static boolean isRow(char[] chars, int from, int to) {
    int at = from;
    for (int digits = 0; digits < ROW_MIN; digits++) {
      int end = digitEnd(chars, at, to);
      if (end == at) {
        return false;
      }
      at = end;
    }
    return true;
  }

  /** Where the longest spelled digit ends that begins here, or here. */
  private static int digitEnd(char[] chars, int from, int to) {
    for (int end = Math.min(to, from + LETTERS_MAX); end > from + 1; end--) {
      if (isDigit(chars, from, end)) {
        return end;
      }
    }
    return from;
  }

  private static boolean isDigit(char[] chars, int from, int to) {
    return (Vocabulary.flags(WordHash.of(chars, from, to)) & Vocabulary.SPELLED) != 0;
  }
}
