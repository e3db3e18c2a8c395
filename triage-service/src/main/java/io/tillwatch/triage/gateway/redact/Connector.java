package io.tillwatch.triage.gateway.redact;

/** Goes from a label to its value: over signs, quotes and words that mean nothing. */
final class Connector {

  private static final int LENGTH_MAX = 48;
  private static final int NOTE_MAX = 24;
  private static final int FILLERS =
      Vocabulary.FILLER | Vocabulary.NUMBER | Vocabulary.CODE | Vocabulary.DATE | Vocabulary.PART;

  private final Scene scene;
  private int value;
  private boolean assigned;
  private boolean padded;
  private char quote;

  Connector(Scene scene) {
    this.scene = scene;
  }

  /** Whether there may be a value. */
  boolean found() {
    return value >= 0;
  }

  /** Where it begins. */
  int value() {
    return value;
  }

  /** Whether a sign of assignment was on the way. */
  boolean isAssigned() {
    return assigned;
  }

  /** Whether a space was before the sign, as in programs. */
  boolean isPadded() {
    return padded;
  }

  /** The quote before the value, or 0. */
  char quote() {
    return quote;
  }

  /** To a value that begins with a digit. */
  void to(int word) {
    go(word, false, false);
  }

  /** To a card number: line ends do not matter, nor do its parts. */
  void forCard(int word) {
    go(word, true, false);
  }

  /** To a value that may begin with a letter. */
  void toText(int word) {
    go(word, false, true);
  }

  private void go(int word, boolean lines, boolean text) {
    assigned = false;
    padded = false;
    quote = 0;
    value = -1;
    int at = scene.words.wordEnd(word);
    int limit = at + LENGTH_MAX;
    while (at < limit && at < scene.view().length()) {
      char c = scene.at(at);
      if (Chars.isDigit(c)) {
        int run = scene.words.runAt(at);
        if (run >= 0 && scene.isSuffix(run) && !assigned) {
          at = scene.words.runEnd(run);
          continue;
        }
        value = at;
        return;
      }
      if (Chars.isLetter(c)) {
        int next = filler(at, text);
        if (next < 0) {
          value = text || next == HEX ? at : -1;
          return;
        }
        at = next;
      } else if (c == '(' && afterNote(at) > 0) {
        at = afterNote(at);
      } else if (text && (c == '{' || c == '\n' && !goesOn(word, at))
          || isEnd(c, lines) && !goesOn(word, at)) {
        return;
      } else {
        sign(at, c);
        at++;
      }
    }
  }

  private static final int HEX = -2;

  /** Where a word that means nothing ends, or less than 0. */
  private int filler(int at, boolean text) {
    int next = scene.words.wordFrom(at);
    int flags = scene.words.flags(next);
    boolean opaque = text && assigned;
    boolean short1 = text && scene.words.wordEnd(next) - at < 2;
    if (!opaque && !short1 && (flags & FILLERS) != 0 && scene.words.wordStart(next) == at) {
      return scene.words.wordEnd(next);
    }
    return Chars.hex(scene.at(at)) >= 0 && assigned ? HEX : -1;
  }

  /** Where a remark in brackets ends, or -1. */
  private int afterNote(int bracket) {
    boolean words = false;
    for (int at = bracket + 1; at - bracket < NOTE_MAX; at++) {
      char c = scene.at(at);
      words |= Chars.isLetter(c);
      if (c == ')') {
        return words ? at + 1 : -1;
      }
      if (c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  /** Whether the value comes after all: as a field of its own, or in the body of a form's part. */
  private boolean goesOn(int word, int at) {
    if (scene.at(at) == ',') {
      int next = scene.words.wordFrom(at);
      return (scene.words.flags(next) & Vocabulary.NUMBER) != 0
          && scene.words.wordStart(next) - at <= 4;
    }
    boolean part = scene.at(at) == '\n' && scene.at(scene.words.wordEnd(word)) == '"';
    assigned |= part;
    return part;
  }

  private boolean isEnd(char c, boolean lines) {
    if (c == '\n') {
      return !lines && !assigned;
    }
    return c == Folding.LABEL
        || c == ';'
        || c == '&'
        || c == '|'
        || c == '}'
        || c == '<'
        || c == ',' && !lines;
  }

  private void sign(int at, char c) {
    boolean twice = scene.at(at - 1) == c || scene.at(at + 1) == c;
    boolean arrow = scene.at(at - 1) == '-' || Chars.isSpace(scene.at(at + 1));
    boolean here = (c == ':' || c == '=') && !twice;
    here |= c == '>' && (!arrow || scene.at(at - 1) == '=');
    padded |= here && c == '=' && scene.at(at - 1) == ' ';
    assigned |= here;
    if (c == '"' || c == '\'') {
      quote = assigned ? c : quote;
    } else if (!Chars.isSpace(c) && c != '\\') {
      quote = 0;
    }
  }
}
