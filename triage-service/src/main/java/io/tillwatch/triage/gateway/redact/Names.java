package io.tillwatch.triage.gateway.redact;

/** What names of people look like. */
final class Names {

  private static final int NAME_MAX = 60;
  private static final int WORDS_MAX = 6;

  private Names() {}

  /** Whether two to six words of letters stand here, and nothing else. */
  static boolean isPerson(Scene scene, int from, int to) {
    if (to - from > NAME_MAX || to <= from || !Chars.isLetter(scene.at(from))) {
      return false;
    }
    int words = 1;
    for (int i = from; i < to; i++) {
      char c = scene.at(i);
      boolean gap = c == ' ' || c == '+' || c == ',' || c == '/';
      words += gap && i + 1 < to && Chars.isLetter(scene.at(i + 1)) ? 1 : 0;
      if (!gap && !Chars.isLetter(c) && c != '\'' && c != '-' && c != '.' && c != '`') {
        return false;
      }
    }
    boolean together = !isLatin(scene.at(from)) && to - from >= 2;
    return (words >= 2 || together) && words <= WORDS_MAX;
  }

  /** Whether there are more words than in a name. */
  static boolean isSentence(Scene scene, int from, int to) {
    int words = 1;
    for (int i = from; i < to; i++) {
      words += scene.at(i) == ' ' && scene.at(i + 1) != ' ' ? 1 : 0;
    }
    return words > WORDS_MAX;
  }

  /** Scripts that are written without spaces need none between names. */
  private static boolean isLatin(char c) {
    return c < 0x2E80;
  }

  /**
   * Where a name that begins here without quotes ends: the first word, and those behind it that
   * look as if they belonged to it.
   *
   * @param capitals whether the first words have to begin with capitals, two of them at least
   * @return -1 when there is none
   */
  static int end(Scene scene, int from, boolean capitals) {
    int end = -1;
    int at = from;
    int proper = 0;
    for (int words = 0; words < WORDS_MAX && at - from < NAME_MAX; words++) {
      int to = wordEnd(scene, at);
      char behind = scene.at(to);
      boolean key = behind == '=' || behind == ':' || behind == '_' || Chars.isDigit(behind);
      if (to == at || key) {
        break;
      }
      boolean capital = !Chars.isLower(scene.at(at));
      boolean particle = isParticle(scene, at);
      if (!capital && !(particle && words > 0) && (words > 0 || capitals)) {
        break;
      }
      if (capitals && isTerm(scene, at)) {
        return -1;
      }
      proper += capital ? 1 : 0;
      end = capital || words == 0 ? to : end;
      boolean goesOn = (behind == ' ' || behind == '+') && Chars.isLetter(scene.at(to + 1));
      if (!goesOn) {
        break;
      }
      at = to + 1;
    }
    return capitals && proper < 2 ? -1 : end;
  }

  /** Where a name of two words ends whose letters are written in hexadecimal; or -1. */
  static int hexEnd(Scene scene, int from) {
    int at = from;
    boolean gap = false;
    while (at - from < NAME_MAX * 2 && Chars.hex(scene.at(at)) >= 0) {
      char c = (char) (Chars.hex(scene.at(at)) << 4 | Math.max(0, Chars.hex(scene.at(at + 1))));
      if (!Chars.isAsciiLetter(c) && c != ' ' && c != '/' && c != '.') {
        return -1;
      }
      gap |= c == ' ' || c == '/';
      at += 2;
    }
    return gap && !Chars.isAlnum(scene.at(at)) ? at : -1;
  }

  private static int wordEnd(Scene scene, int from) {
    int to = from;
    while (to - from < NAME_MAX && isPart(scene, to)) {
      to++;
    }
    return to;
  }

  private static boolean isPart(Scene scene, int at) {
    char c = scene.at(at);
    boolean joint = c == '\'' || c == '-' || c == '.' && Chars.isLetter(scene.at(at - 1));
    // Some names in Chinese are numerals, which are folded to digits.
    boolean numeral = Chars.isDigit(c) && Chars.isDense(scene.at(at - 1));
    return Chars.isLetter(c) || numeral || joint && (c == '.' || Chars.isLetter(scene.at(at + 1)));
  }

  /** Whether the word is one that payment systems speak of. */
  private static boolean isTerm(Scene scene, int at) {
    int terms = Vocabulary.OTHER_ID | Vocabulary.SECURITY | Vocabulary.CARD | Vocabulary.KEY;
    return (scene.words.flags(scene.words.wordFrom(at)) & terms) != 0;
  }

  private static boolean isParticle(Scene scene, int at) {
    return (scene.words.flags(scene.words.wordFrom(at)) & Vocabulary.PARTICLE) != 0;
  }
}
