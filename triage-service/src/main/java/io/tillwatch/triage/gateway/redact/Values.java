package io.tillwatch.triage.gateway.redact;

/** Reads what stands behind a label, and marks it when it can be what the label says. */
final class Values {

  private static final int DIGITS_MAX = 64;
  private static final int PIN_MIN = 4;
  private static final int PIN_MAX = 12;
  private static final int BLOCK_PAIRS = 8;
  private static final int PIN_BLOCK_MIN = 14;
  private static final int PIN_BLOCK_MAX = 48;
  private static final int PHONE_MIN = 6;
  private static final int PHONE_MAX = 15;
  private static final int YEAR_NEAR = 40;
  private static final int CODE_NEAR = 8;
  private static final int TEXT_MAX = 120;
  private static final int SECRET_MAX = 4096;
  private static final int SECRET_MIN = 4;
  private static final int TOKEN_MIN = 24;
  private static final int OPAQUE_MIN = 40;
  private static final int BEARER_MIN = 8;
  private static final int UNSCHEMED_MIN = 16;

  private final Scene scene;
  private final Connector connector;
  private final Cookies cookies;
  private int expiryEnd;

  /** The stretch that was read last: many labels may stand in one. */
  private int secretFrom;

  private int secretTo;
  private int tokenTo;

  Values(Scene scene, Connector connector) {
    this.scene = scene;
    this.connector = connector;
    cookies = new Cookies(scene);
  }

  void begin() {
    expiryEnd = -1;
    secretFrom = 0;
    secretTo = 0;
    tokenTo = 0;
    cookies.begin();
  }

  private void mark(SensitiveType type, int from, int to) {
    scene.add(type, RedactionReason.LABELLED, from, to);
  }

  private int digitsEnd(int from) {
    int to = from;
    while (to - from < DIGITS_MAX && Chars.isDigit(scene.at(to))) {
      to++;
    }
    return to;
  }

  /** Three or four digits, in one or each for itself. */
  void cvv() {
    int from = connector.value();
    if (!connector.found() || !Chars.isDigit(scene.at(from))) {
      return;
    }
    int to = digitsEnd(from);
    int digits = to - from;
    while (digits < 4
        && digits == (to - from + 1) / 2
        && Chars.isDigit(scene.at(to + 1))
        && (scene.at(to) == ' ' || scene.at(to) == '-')
        && !Chars.isDigit(scene.at(to + 2))) {
      to += 2;
      digits++;
    }
    if ((digits == 3 || digits == 4) && isBounded(to)) {
      mark(SensitiveType.CVV, from, to);
    }
  }

  /** A value that is told before its name: {@code 123 is my cvv}, {@code 123 (CVV)}. */
  void cvvBefore(int label) {
    int at = label;
    while (label - at < 12 && !Chars.isDigit(scene.at(at - 1)) && scene.at(at - 1) != '\n') {
      at--;
    }
    int digits = at;
    while (at - digits < 5 && Chars.isDigit(scene.at(digits - 1))) {
      digits--;
    }
    int size = at - digits;
    boolean right =
        (size == 3 || size == 4)
            && !Chars.isAlnum(scene.at(digits - 1))
            && (scene.at(digits - 1) == ' ' || scene.at(digits - 1) == '\n');
    boolean bracket = label - at == 2 && scene.at(at + 1) == '(';
    if (right && (bracket || isFiller(at, label))) {
      mark(SensitiveType.CVV, digits, at);
    }
  }

  private boolean isFiller(int from, int to) {
    int words = 0;
    for (int word = scene.words.wordFrom(from);
        word < scene.words.words() && scene.words.wordStart(word) < to;
        word++) {
      if ((scene.words.flags(word) & Vocabulary.FILLER) == 0) {
        return false;
      }
      words++;
    }
    return words > 0;
  }

  private boolean isBounded(int to) {
    char c = scene.at(to);
    boolean goesOn = c == '-' || c == '/' || c == '.' || c == ':';
    return (!Chars.isAlnum(c) || Chars.isDense(c))
        && c != '%'
        && c != '*'
        && !(goesOn && Chars.isAlnum(scene.at(to + 1)));
  }

  void pin() {
    int from = connector.value();
    if (!connector.found()) {
      return;
    }
    from = scene.at(from) == '0' && scene.at(from + 1) == 'x' ? from + 2 : from;
    int hex = from;
    while (hex - from < DIGITS_MAX && Chars.hex(scene.at(hex)) >= 0) {
      hex++;
    }
    int digits = digitsEnd(from);
    int apart = apart(from);
    boolean block = hex - from >= PIN_BLOCK_MIN && hex - from <= PIN_BLOCK_MAX;
    boolean pin = digits - from >= PIN_MIN && digits - from <= PIN_MAX;
    int to = block ? hex : pin ? digits : apart;
    if (to > from && isBounded(to)) {
      mark(SensitiveType.PIN, from, to);
    }
  }

  /**
   * Where a PIN of single digits, or a block of pairs, ends; less than its start when it is none.
   */
  private int apart(int from) {
    int step = Chars.isAlnum(scene.at(from + 1)) ? 2 : 1;
    int at = from;
    int count = 0;
    while (count < PIN_MAX && isCell(at, step)) {
      count++;
      at += step + 1;
    }
    return step == 1 && count >= PIN_MIN || count >= BLOCK_PAIRS ? at - 1 : -1;
  }

  /** Whether one digit, or two of a block, stand alone here. */
  private boolean isCell(int at, int size) {
    for (int i = at; i < at + size; i++) {
      if (size == 1 ? !Chars.isDigit(scene.at(i)) : Chars.hex(scene.at(i)) < 0) {
        return false;
      }
    }
    char behind = scene.at(at + size);
    return !Chars.isAlnum(behind) && !Chars.isAlnum(scene.at(at - 1));
  }

  /**
   * Month and year, or one of both; no day.
   *
   * @param inFull whether the label may be of other terms too: then not one of both alone
   */
  void expiry(boolean inFull) {
    int from = connector.value();
    if (!connector.found() || !Chars.isDigit(scene.at(from))) {
      return;
    }
    int first = digitsEnd(from);
    int to = first;
    char sign = scene.at(first);
    int second = scene.at(first + 1) == ' ' || scene.at(first + 1) == '/' ? first + 2 : first + 1;
    if (sign == ' ' && scene.at(first + 1) == '/') {
      second = scene.at(first + 2) == ' ' ? first + 3 : first + 2;
    }
    boolean pair =
        (sign == '/' || sign == '-' || sign == '.' || second > first + 1)
            && Chars.isDigit(scene.at(second));
    if (pair) {
      to = digitsEnd(second);
      pair = Dates.isPair(number(from, first), number(second, to));
    }
    boolean single =
        !pair
            && to == first
            && Dates.isSingle(number(from, first), first - from)
            && (!inFull || first - from >= 4)
            && (connector.isAssigned()
                || first - from == 4
                    && Dates.isPair(number(from, first) / 100, number(from, first) % 100));
    if ((pair || single) && isBounded(to)) {
      mark(SensitiveType.EXPIRY, from, to);
      expiryEnd = to;
    }
  }

  /** The year behind the month of an expiry date, in a field of its own. */
  void expiryGoesOn() {
    boolean near = expiryEnd >= 0 && connector.value() - expiryEnd <= YEAR_NEAR;
    if (connector.found() && near && connector.value() > expiryEnd) {
      expiry(false);
    }
  }

  /** Whether there was an expiry date. */
  boolean isBehindExpiry() {
    return expiryEnd >= 0;
  }

  /** Whether an expiry date ends just before. */
  boolean isBehindExpiry(int at) {
    return expiryEnd >= 0 && at > expiryEnd && at - expiryEnd <= CODE_NEAR;
  }

  private int number(int from, int to) {
    int number = 0;
    for (int i = from; i < to && i < from + 7; i++) {
      number = number * 10 + scene.at(i) - '0';
    }
    return number;
  }

  /** The digits of a card number that may never be shown. */
  void middle() {
    int from = connector.value();
    int to = connector.found() ? digitsEnd(from) : from;
    if (connector.isAssigned() && to - from >= 4 && to - from <= 9 && isBounded(to)) {
      mark(SensitiveType.PAN, from, to);
    }
  }

  void phone() {
    int from = connector.value();
    if (!connector.found() || !Chars.isDigit(scene.at(from))) {
      return;
    }
    int to = Phones.end(scene, from);
    int digits = Phones.digits(scene, from, to);
    if (digits >= PHONE_MIN && digits <= PHONE_MAX) {
      mark(SensitiveType.PHONE, Phones.start(scene, from), to);
    }
  }

  /**
   * A name: all between quotes, or words that belong together.
   *
   * @param person whether it has to look like a person's
   */
  void name(boolean person) {
    int from = connector.value();
    if (connector.found() && Names.hexEnd(scene, from) > from) {
      mark(SensitiveType.NAME, from, Names.hexEnd(scene, from));
    }
    if (!connector.found() || !Chars.isLetter(scene.at(from))) {
      return;
    }
    int to = connector.quote() != 0 ? quoteEnd(from) : tagEnd(from);
    if (to < 0) {
      boolean prose = !connector.isAssigned();
      to = person && !connector.isAssigned() ? -1 : Names.end(scene, from, prose);
      if (to > 0 && person && !Names.isPerson(scene, from, to)) {
        return;
      }
    } else if (person && !Names.isPerson(scene, from, to)
        || isLiteral(from, to)
        || Names.isSentence(scene, from, to)) {
      return;
    }
    if (to > from) {
      mark(SensitiveType.NAME, from, to);
    }
  }

  /** One part of a name. */
  void givenName() {
    int from = connector.value();
    if (!connector.found() || !connector.isAssigned() || !Chars.isLetter(scene.at(from))) {
      return;
    }
    int to = connector.quote() != 0 ? quoteEnd(from) : tagEnd(from);
    to = to < 0 ? Names.end(scene, from, false) : to;
    if (to > from && !isLiteral(from, to)) {
      mark(SensitiveType.NAME, from, to);
    }
  }

  private boolean isLiteral(int from, int to) {
    int size = to - from;
    char first = scene.at(from);
    boolean placeholder = scene.at(from - 1) == '[' && scene.at(to) == ']' && isPlain(from, to);
    return placeholder
        || (size == 4 || size == 5)
            && (first == 'n' || first == 't' || first == 'f')
            && (matches(from, to, "null")
                || matches(from, to, "true")
                || matches(from, to, "false"));
  }

  private boolean matches(int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (scene.at(from + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the quoted text ends, or -1. */
  private int quoteEnd(int from) {
    for (int at = from; at - from < TEXT_MAX; at++) {
      char c = scene.at(at);
      boolean inWord = c == '\'' && Chars.isLetter(scene.at(at + 1));
      if (c == connector.quote() && !inWord) {
        return scene.at(at - 1) == '\\' ? at - 1 : at;
      }
      if (c == '\n' || c == Folding.LABEL) {
        return -1;
      }
    }
    return -1;
  }

  /** Where the text of an element ends, or -1. */
  private int tagEnd(int from) {
    if (scene.at(from - 1) != '>') {
      return -1;
    }
    for (int at = from; at - from < TEXT_MAX; at++) {
      char c = scene.at(at);
      if (c == '<') {
        return at;
      }
      if (c == '\n' || c == Folding.LABEL) {
        return -1;
      }
    }
    return -1;
  }

  void authorization() {
    int from = connector.value();
    if (!connector.found() || !connector.isAssigned()) {
      return;
    }
    int word = scene.words.wordFrom(from);
    boolean scheme = (scene.words.flags(word) & Vocabulary.SCHEME) != 0;
    int to = secretEnd(from);
    if (scene.at(to) == ' ' && !scheme) {
      from = to + 1;
      to = secretEnd(from);
    }
    if (!scheme && to - from >= UNSCHEMED_MIN) {
      mark(SensitiveType.SECRET, from, to);
    }
  }

  /** What stands behind a scheme of authentication. */
  void scheme(int word) {
    int from = scene.words.wordEnd(word);
    while (from - scene.words.wordEnd(word) < 4
        && (scene.at(from) == ' ' || scene.at(from) == ':' || scene.at(from) == '+')) {
      from++;
    }
    int to = from > scene.words.wordEnd(word) ? secretEnd(from) : from;
    if (isField(from, to)) {
      return;
    }
    if (to - from >= BEARER_MIN && (Secrets.isMixed(scene, from, to) || to - from > TOKEN_MIN)) {
      mark(SensitiveType.SECRET, from, to);
    }
  }

  /** Whether a key and its value stand here, or a digest with its kind. */
  private boolean isField(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = scene.at(i);
      if (c == '=' || c == ':') {
        return Chars.isAlnum(scene.at(i + 1)) && Chars.isLetter(scene.at(from));
      }
    }
    return false;
  }

  void secret() {
    int from = connector.value();
    if (!connector.found() || !connector.isAssigned() && !isTold(from) && !connector.isOption()) {
      return;
    }
    if (cookies.take(connector.label())) {
      return;
    }
    from = startOfSecret(from);
    int to = connector.quote() != 0 ? quoteEnd(from) : secretEnd(from);
    to = to < 0 ? secretEnd(from) : to;
    boolean variable = connector.isPadded() && connector.quote() == 0 && isPlain(from, to);
    if (to - from >= SECRET_MIN && !isLiteral(from, to) && !variable) {
      mark(SensitiveType.SECRET, from, to);
    }
  }

  /** Whether a secret is told in a sentence: of letters and digits, which words have not. */
  private boolean isTold(int from) {
    int to = secretEnd(from);
    return to - from >= BEARER_MIN
        && Secrets.isMixed(scene, from, to)
        && !isField(from, to)
        && scene.at(from - 1) == ' '
        && isFiller(connector.label(), from);
  }

  /** Whether it has no digit and no sign that names of variables have not. */
  private boolean isPlain(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Chars.isLetter(scene.at(i)) && scene.at(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /** Passwords may begin with signs. */
  private int startOfSecret(int from) {
    int start = from;
    while (from - start < 8 && isSecretSign(scene.at(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isSecretSign(char c) {
    return c > ' ' && c < 0x7F && !Chars.isAlnum(c) && "\"'\\:=>{}[](),;&<|".indexOf(c) < 0;
  }

  /** A token whose kind is not said: long and of letters and digits. */
  void token() {
    int from = connector.value();
    if (!connector.found() || !connector.isAssigned() || from < tokenTo) {
      return;
    }
    int to = secretEnd(from);
    tokenTo = to;
    boolean reference = scene.at(from + 2) == '_' || scene.at(from + 3) == '_';
    if (to - from >= TOKEN_MIN
        && !reference
        && !Secrets.isUuid(scene, from, to)
        && (Secrets.isMixed(scene, from, to) || to - from >= OPAQUE_MIN && isAnyCase(from, to))) {
      mark(SensitiveType.SECRET, from, to);
    }
  }

  /** Whether it is of letters in both cases, and not just of words that begin with capitals. */
  private boolean isAnyCase(int from, int to) {
    int capitals = 0;
    for (int i = from; i < to; i++) {
      capitals += Chars.isUpper(scene.at(i)) ? 1 : 0;
    }
    return capitals * 4 > to - from && capitals < to - from;
  }

  private int secretEnd(int from) {
    if (from >= secretFrom && from < secretTo) {
      return secretTo;
    }
    int to = from;
    while (to - from < SECRET_MAX && isSecretPart(scene.at(to))) {
      to++;
    }
    secretFrom = from;
    secretTo = to;
    return to;
  }

  private static boolean isSecretPart(char c) {
    return c > ' ' && c != Folding.LABEL && "\"'\\,;&<>|(){}[]".indexOf(c) < 0;
  }
}
