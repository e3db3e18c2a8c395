package io.tillwatch.triage.gateway.redact;

/** Tells digits that are part of a hash in hexadecimal, or of a UUID. */
final class Hashes {

  /** Longest token that is looked at, to each side of the digits. */
  private static final int TOKEN_MAX = 130;

  /** Fewer hexadecimal digits may be anything. */
  private static final int TOKEN_MIN = 16;

  private static final int UUID_LENGTH = 36;

  private final Scene scene;

  /** The token that was judged last: many runs may be in one. */
  private int tokenFrom;

  private int tokenTo;

  /** What it was judged to be. */
  private boolean hash;

  Hashes(Scene scene) {
    this.scene = scene;
  }

  /** Whether the run is part of one. */
  boolean isPart(int run) {
    int start = scene.words.runStart(run);
    int end = scene.words.runEnd(run);
    if (start < tokenFrom || end > tokenTo) {
      tokenFrom = tokenStart(start, TOKEN_MAX);
      tokenTo = tokenEnd(end, TOKEN_MAX);
      hash =
          !Chars.isAlnum(scene.at(tokenFrom - 1))
              && !Chars.isAlnum(scene.at(tokenTo))
              && isHash(tokenFrom, tokenTo);
    }
    return hash;
  }

  private boolean isHash(int from, int to) {
    int size = to - from;
    boolean usual = size >= TOKEN_MIN && size % 8 == 0 && size <= 64;
    return (usual || size == 96 || size == 128) && hasLetter(from, to) || isPartOfUuid(from, size);
  }

  /** Forgets what was judged in the view before; for whoever asks for {@link #isPart}. */
  void begin() {
    tokenFrom = 0;
    tokenTo = 0;
  }

  /** Whether a word that stands right behind digits is nothing but letters of such a token. */
  boolean isLetters(int word) {
    int start = scene.words.wordStart(word);
    if (!Chars.isDigit(scene.at(start - 1))) {
      return false;
    }
    int from = tokenStart(start, TOKEN_MIN);
    int to = tokenEnd(start, TOKEN_MIN);
    return to >= scene.words.wordEnd(word)
        && (to - from >= TOKEN_MIN || isPartOfUuid(from, to - from));
  }

  private int tokenStart(int at, int most) {
    int from = at;
    while (at - from < most && Chars.hex(scene.at(from - 1)) >= 0) {
      from--;
    }
    return from;
  }

  private int tokenEnd(int at, int most) {
    int to = at;
    while (to - at < most && Chars.hex(scene.at(to)) >= 0) {
      to++;
    }
    return to;
  }

  private boolean hasLetter(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Chars.isDigit(scene.at(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the group that begins here is one of a UUID's; the lengths of groups tell where it
   * begins. Groups that may be groups of a card are so only with a version and a variant that there
   * are (RFC 9562).
   */
  private boolean isPartOfUuid(int from, int size) {
    return switch (size) {
      case 8 -> isVersioned(from);
      case 4 -> isVersioned(from - 9) || isVersioned(from - 14) || isVersioned(from - 19);
      case 12 -> isUuid(from - 24);
      default -> false;
    };
  }

  private boolean isVersioned(int from) {
    char version = scene.at(from + 14);
    int variant = Chars.hex(scene.at(from + 19));
    return version >= '1' && version <= '8' && variant >= 8 && variant <= 0xB && isUuid(from);
  }

  private boolean isUuid(int from) {
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = scene.at(from + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : Chars.hex(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
