package io.tillwatch.triage.gateway.redact;

/** Goes from a label to its value: over signs, quotes and words that mean nothing. */
final class Connector {

  private static final int LENGTH_MAX = 48;
  private static final int NOTE_MAX = 24;
  private static final int ALONE_MAX = 12;
  private static final int DIGITS_MAX = 40;

  /** What says the format of a field of ISO 8583, as in {@code LLVAR} and {@code ans}. */
  private static final String FORMATS = "LVARanbs ";

  /** Shorter runs that are glued to a label belong to it. */
  private static final int VALUE_MIN = 3;

  private static final int FILLERS =
      Vocabulary.FILLER
          | Vocabulary.NUMBER
          | Vocabulary.CODE
          | Vocabulary.DATE
          | Vocabulary.PART
          | Vocabulary.CARD;

  private final Scene scene;
  private int label;
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

  /** Whether the label is an option of a command, and its value the next word. */
  boolean isOption() {
    int at = label;
    while (label - at < NOTE_MAX && (Chars.isLetter(scene.at(at - 1)) || scene.at(at - 1) == '-')) {
      at--;
    }
    return value == label + 1
        && scene.at(label) == ' '
        && scene.at(at) == '-'
        && scene.at(at + 1) == '-';
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

  /** To the value of a field whose number belongs to its name. */
  void toField(int word) {
    int run = scene.fieldRun(word);
    begin();
    read(scene.words.runEnd(run), false, false);
  }

  /** From the number of a field that has no word. */
  void toFrom(int index) {
    begin();
    assigned = true;
    read(index, false, false);
  }

  private void go(int word, boolean lines, boolean text) {
    begin();
    int from = scene.words.wordEnd(word);
    read(from, lines, text);
  }

  private void begin() {
    assigned = false;
    padded = false;
    quote = 0;
    value = -1;
  }

  /** Where the label ends. */
  int label() {
    return label;
  }

  private void read(int end, boolean lines, boolean text) {
    label = end;
    int at = label;
    int limit = at + LENGTH_MAX;
    int comma = -1;
    boolean asked = false;
    boolean attributes = false;
    while (at < limit && at < scene.view().length()) {
      char c = scene.at(at);
      if (Chars.isDigit(c)) {
        if (!assigned && afterPicture(at) > 0) {
          at = afterPicture(at);
          continue;
        }
        int run = scene.words.runAt(at);
        if (run >= 0 && !assigned && isPartOfLabel(run, at)) {
          at = scene.words.runEnd(run);
          continue;
        }
        value = at;
        return;
      }
      if (Chars.isLetter(c)) {
        boolean other = attributes && !assigned && !isNumber(at);
        int next = other ? NO_FILLER : filler(at, text);
        next = next < 0 && asked ? afterSpeaker(at) : next;
        if (next == NO_FILLER && afterAttribute(at) > at) {
          next = afterAttribute(at);
          attributes = true;
        }
        if (next < 0 && comma >= 0 && afterKey(comma) > at) {
          at = afterKey(comma);
          comma = -1;
          continue;
        }
        if (next < 0) {
          value = text || next == HEX ? at : -1;
          return;
        }
        at = next;
      } else if (c == '(' && afterNote(at) > 0) {
        at = afterNote(at);
      } else if (c == '[' && afterLength(at) > 0) {
        at = afterLength(at);
      } else if (text && c == '{' && afterType(at) > 0) {
        at = afterType(at);
        assigned = true;
      } else if (text && (c == '{' || c == '\n') || isEnd(c, lines)) {
        at = c == '{' ? -1 : asked && isAnswer(at, text) ? at + 1 : goesOn(at, text);
        if (at < 0) {
          return;
        }
      } else {
        sign(at, c);
        comma = c == ',' ? at : comma;
        asked |= c == '?';
        at++;
      }
    }
  }

  /** Whether the next line is nothing but the answer, with who gives it or not. */
  private boolean isAnswer(int at, boolean text) {
    int word = scene.words.wordFrom(at);
    boolean speaker =
        word < scene.words.words()
            && scene.words.wordStart(word) == at + 1
            && scene.at(scene.words.wordEnd(word)) == ':';
    int from = speaker ? scene.words.wordEnd(word) : at;
    return !text && scene.at(at) == '\n' && isAlone(from, '\n');
  }

  /** Behind the name of somebody who answers and its colon; or -1. */
  private int afterSpeaker(int at) {
    int end = scene.words.wordEnd(scene.words.wordFrom(at));
    return scene.at(end) == ':' ? end + 1 : -1;
  }

  private boolean isPartOfLabel(int run, int at) {
    char behind = scene.at(scene.words.runEnd(run));
    boolean number = scene.words.runLength(run) < VALUE_MIN || behind == '=' || behind == ':';
    return number && scene.isSuffix(run)
        || at == label && Chars.isLetter(behind) && !Chars.isDense(behind);
  }

  private static final int NO_FILLER = -1;
  private static final int HEX = -2;

  private boolean isNumber(int at) {
    return (scene.words.flags(scene.words.wordFrom(at)) & Vocabulary.NUMBER) != 0;
  }

  /** Where a word that means nothing ends, or less than 0. */
  private int filler(int at, boolean text) {
    int next = scene.words.wordFrom(at);
    int flags = scene.words.flags(next);
    if (assigned && !text && Chars.hex(scene.at(at)) >= 0 && Chars.isDigit(scene.at(at + 1))) {
      return HEX;
    }
    boolean opaque = text && assigned && scene.at(scene.words.wordEnd(next)) != '(';
    boolean short1 = text && scene.words.wordEnd(next) - at < 2;
    int fillers = text ? FILLERS : FILLERS | Vocabulary.ON;
    if (!opaque && !short1 && (flags & fillers) != 0 && scene.words.wordStart(next) == at) {
      return scene.words.wordEnd(next);
    }
    return Chars.hex(scene.at(at)) >= 0 && assigned ? HEX : NO_FILLER;
  }

  /** Behind the key of an object that says the type of its only value, or -1. */
  private int afterType(int brace) {
    int at = brace + 1;
    while (at < brace + 4 && !Chars.isLetter(scene.at(at))) {
      at++;
    }
    int word = scene.words.wordFrom(at);
    boolean type =
        (scene.words.flags(word) & (Vocabulary.FILLER | Vocabulary.NUMBER)) != 0
            && scene.words.wordStart(word) == at
            && scene.at(at - 1) != '{';
    int end = type ? scene.words.wordEnd(word) : -1;
    return type && scene.at(end) == scene.at(brace + 1) && scene.at(end + 1) == ':' ? end + 2 : -1;
  }

  /** Where a remark in brackets ends, or the length of a text before it, or -1. */
  private int afterNote(int bracket) {
    boolean words = false;
    if (scene.at(bracket + 1) == '"' || scene.at(bracket + 1) == '\'') {
      return -1;
    }
    for (int at = bracket + 1; at - bracket < NOTE_MAX; at++) {
      char c = scene.at(at);
      words |= Chars.isLetter(c);
      if (c == ')') {
        boolean length = scene.at(at + 1) == ' ' && scene.at(at + 2) == '"';
        return words || length ? at + 1 : -1;
      }
      if (c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  /** Behind the attribute of an element, when its value comes in another one; or -1. */
  private int afterAttribute(int at) {
    char mark = scene.at(label);
    int sign = scene.words.wordEnd(scene.words.wordFrom(at));
    boolean attribute =
        !assigned
            && (mark == '"' || mark == '\'')
            && scene.at(at - 1) == ' '
            && scene.at(sign) == '='
            && scene.at(sign + 1) == mark;
    int end = sign + 2;
    while (attribute && end - sign < NOTE_MAX && scene.at(end) != mark) {
      end++;
    }
    return attribute && scene.at(end) == mark ? end + 1 : -1;
  }

  /** Behind a picture of COBOL, as in {@code PIC 9(4) VALUE 3011}; or -1. */
  private int afterPicture(int at) {
    int end = at + 2;
    while (end < at + 5 && Chars.isDigit(scene.at(end))) {
      end++;
    }
    boolean picture = scene.at(at) == '9' && scene.at(at + 1) == '(' && scene.at(end) == ')';
    return picture ? end + 1 : -1;
  }

  /** Behind the length of a field, as in {@code F014 [4] 2911} or {@code [LLVAR 16]}; or -1. */
  private int afterLength(int bracket) {
    int at = bracket + 1;
    while (at - bracket < ALONE_MAX && FORMATS.indexOf(scene.at(at)) >= 0) {
      at++;
    }
    int length = 0;
    int digits = at;
    while (at - digits < 2 && Chars.isDigit(scene.at(at))) {
      length = length * 10 + scene.at(at) - '0';
      at++;
    }
    if (at == digits || scene.at(at) != ']' || scene.at(at + 1) != ' ') {
      return -1;
    }
    int end = at + 2;
    while (end - at < DIGITS_MAX && Chars.isAlnum(scene.at(end))) {
      end++;
    }
    return end == at + 2 + length ? at + 2 : -1;
  }

  /** Where to go on when the value comes after all: as a field, a cell or a line of its own. */
  private int goesOn(int at, boolean text) {
    char c = scene.at(at);
    if (c == ',') {
      return !text && isPair(at) ? at + 1 : afterKey(at);
    }
    if (c == ';') {
      return afterSerialized(at, text);
    }
    if (c == '<') {
      return assigned && (isAlone(at, '>') || isDate(at + 1)) ? at + 1 : -1;
    }
    boolean part = c == '\n' && (scene.at(label) == '"' || scene.at(at - 1) == '>');
    boolean cell = (c == '\n' || c == '|') && at - label <= 1 && isAlone(at, c);
    assigned |= part || cell;
    return part || cell ? at + 1 : -1;
  }

  /** Behind the key that says that the value of a name stands here, a field or two later; or -1. */
  private int afterKey(int comma) {
    int word = scene.words.wordFrom(comma);
    while (word < scene.words.words() && scene.words.wordEnd(word) - comma <= NOTE_MAX) {
      int end = scene.words.wordEnd(word);
      char sign = scene.at(end) == '"' || scene.at(end) == '\'' ? scene.at(end + 1) : scene.at(end);
      if ((scene.words.flags(word) & Vocabulary.NUMBER) != 0 && (sign == ':' || sign == '=')) {
        return end;
      }
      if (scene.at(end) == '}' || scene.at(end + 1) == '}') {
        return -1;
      }
      word++;
    }
    return -1;
  }

  /** Behind what says the type of a value in PHP, as in {@code "cvv";s:3:"773"}; or -1. */
  private int afterSerialized(int semicolon, boolean text) {
    char type = scene.at(semicolon + 1);
    boolean key = scene.at(label) == '"' && semicolon == label + 1;
    if (!key || scene.at(semicolon + 2) != ':' || type != 's' && (type != 'i' || text)) {
      return -1;
    }
    assigned = true;
    int at = semicolon + 3;
    while (type == 's' && at - semicolon < ALONE_MAX && Chars.isDigit(scene.at(at))) {
      at++;
    }
    return type == 'i' || scene.at(at) == ':' ? at : -1;
  }

  /** Whether an element begins whose attributes may be those of a date. */
  private boolean isDate(int at) {
    int word = scene.words.wordFrom(at);
    return word < scene.words.words()
        && scene.words.wordStart(word) == at
        && (scene.words.flags(word) & Vocabulary.DATE) != 0;
  }

  /** Whether a name in quotes and its value in quotes are all of a list. */
  private boolean isPair(int comma) {
    char sign = scene.at(label);
    if (sign != '"' && sign != '\'' || comma != label + 1) {
      return false;
    }
    int from = scene.at(comma + 1) == ' ' ? comma + 2 : comma + 1;
    int to = from + 1;
    while (to - from < LENGTH_MAX && scene.at(to) != sign && scene.at(to) != '\n') {
      to++;
    }
    char end = scene.at(to + 1);
    boolean pair =
        scene.at(from) == sign && scene.at(to) == sign && (end == ']' || end == ')' || end == '}');
    assigned |= pair;
    return pair;
  }

  /** Whether the next line, or the next cell, is of digits only. */
  private boolean isAlone(int at, char sign) {
    int from = at + 1;
    while (from < at + 3 && scene.at(from) == ' ') {
      from++;
    }
    int to = from;
    while (to - from < ALONE_MAX && Chars.isDigit(scene.at(to))) {
      to++;
    }
    int end = scene.at(to) == ' ' || scene.at(to) == '\r' ? to + 1 : to;
    return to > from && (scene.at(end) == sign || scene.at(end) == '\n');
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
