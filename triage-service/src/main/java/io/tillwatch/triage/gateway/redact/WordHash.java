package io.tillwatch.triage.gateway.redact;

import java.util.Locale;

/** Hashes of words, letter by letter: FNV-1a over folded small letters. */
final class WordHash {

  /** Letters of other alphabets that look like Latin ones. */
  private static final String TWINS =
      "\u0430\u0435\u043E\u0440\u0441\u0445\u0443\u0456\u0432\u043D\u043C\u0442\u043A\u03BD"
          + "\u03BF\u03B1\u03C1\u0455\u0458\u04BB\u0501";

  private static final String TWIN_OF = "aeopcxyivhmtkvoapsjhd";

  private WordHash() {}

  /** The hash of nothing; each letter is folded into it. */
  static long seed() {
    return 1469598103934665603L;
  }

  /** Folds one canonical letter in, as small Latin one where it looks like one. */
  static long step(long hash, char c) {
    char letter = c;
    if (c < 0x80) {
      letter = (char) (c | 0x20);
    } else {
      letter = Character.toLowerCase(c);
      int twin = letter > 0x500 ? letter == '\u0501' ? TWINS.length() - 1 : -1 : twin(letter);
      letter = twin >= 0 ? TWIN_OF.charAt(twin) : letter;
    }
    return (hash ^ letter) * 1099511628211L;
  }

  private static int twin(char letter) {
    return letter >= 0x03B1 ? TWINS.indexOf(letter) : -1;
  }

  /** The hash of the canonical letters between two indexes. */
  static long of(char[] chars, int from, int to) {
    long hash = seed();
    for (int i = from; i < to; i++) {
      hash = step(hash, chars[i]);
    }
    return hash;
  }

  /** The hash of a whole word. */
  static long of(String word) {
    long hash = seed();
    String lower = word.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char folded = Folding.of(lower.charAt(i));
      hash = folded == Folding.NOTHING ? hash : step(hash, folded);
    }
    return hash;
  }
}
