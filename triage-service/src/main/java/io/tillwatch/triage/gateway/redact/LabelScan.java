package io.tillwatch.triage.gateway.redact;

import java.util.List;

/** Finds words that name what stands behind them, and hands that to the values. */
final class LabelScan {

  private static final int JOIN_MAX = 6;
  private static final int SAID_MAX = 16;
  private static final int TAG_MAX = 64;
  private static final int PARTS_NEAR = 3;

  /** As long as {@code mid}. */
  private static final int MID = 3;

  /** All that can end a label; other words only help to read one. */
  private static final int LABELS =
      Vocabulary.CARD
          | Vocabulary.PAN
          | Vocabulary.NUMBER
          | Vocabulary.CVV
          | Vocabulary.SECURITY
          | Vocabulary.HOLDER
          | Vocabulary.NAME
          | Vocabulary.EXPIRY
          | Vocabulary.DATE
          | Vocabulary.PIN
          | Vocabulary.SECRET
          | Vocabulary.KEY
          | Vocabulary.AUTHORIZATION
          | Vocabulary.SCHEME
          | Vocabulary.PHONE
          | Vocabulary.FIELD
          | Vocabulary.GIVEN
          | Vocabulary.CODE
          | Vocabulary.MIDDLE
          | Vocabulary.TOKEN
          | Vocabulary.PIECE
          | Vocabulary.ORDER
          | TableScan.COLUMNS;

  private final Scene scene;
  private final Words words;
  private final Hashes hashes;
  private final Connector connector;
  private final Values values;
  private final TableScan tables;

  LabelScan(Scene scene) {
    this.scene = scene;
    words = scene.words;
    hashes = new Hashes(scene);
    connector = new Connector(scene);
    values = new Values(scene, connector);
    tables = new TableScan(scene);
  }

  void scan() {
    values.begin();
    tables.begin();
    for (int word = 0; word < words.words(); word++) {
      int flags = words.flags(word);
      if ((flags & LABELS) != 0 && !hashes.isLetters(word)) {
        int before = before(word);
        if ((flags & TableScan.COLUMNS) != 0) {
          tables.look(word);
        }
        card(word, flags, before);
        secretAuthentication(word, flags, before);
        if (!isClosingTag(word)) {
          person(word, flags, before);
          secret(word, flags, before);
        }
      }
    }
    for (int run = 0; run < words.runs(); run++) {
      if (scene.isBracketed(run)) {
        connector.toFrom(words.runEnd(run) + 1);
        element(scene.number(run));
      }
    }
  }

  /** The tables of the view. */
  List<Header> tables() {
    return tables.tables();
  }

  /** Whether the word ends a tag that ends an element: no text behind that is its value. */
  private boolean isClosingTag(int word) {
    int at = words.wordEnd(word);
    int limit = at - TAG_MAX;
    boolean tag = scene.at(at) == '>';
    at--;
    while (tag && at > limit && isTagName(scene.at(at))) {
      at--;
    }
    return tag && scene.at(at) == '/' && scene.at(at - 1) == '<';
  }

  private static boolean isTagName(char c) {
    return Chars.isAlnum(c) || c == '_' || c == '-' || c == ':' || c == '.';
  }

  /** What the word before says when both belong to one name or to a key and its object. */
  private int before(int word) {
    if (word == 0) {
      return 0;
    }
    int from = words.wordEnd(word - 1);
    int to = words.wordStart(word);
    if (to - from > JOIN_MAX) {
      return 0;
    }
    for (int i = from; i < to; i++) {
      char c = scene.at(i);
      if (Chars.isDigit(c) || c == ',' || c == ';' || c == '&' || c == '}' || c == '\n') {
        return 0;
      }
    }
    return words.flags(word - 1);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private void card(int word, int flags, int before) {
    boolean number =
        has(flags, Vocabulary.PAN)
            || has(flags, Vocabulary.NUMBER)
                && (!has(before, Vocabulary.OTHER_ID)
                        && has(before | words.owner(word), Vocabulary.CARD)
                    || isPrimary(word - 1)
                    || isPrimary(word - 2) && has(before, Vocabulary.PERSON));
    if (number || has(flags, Vocabulary.CARD)) {
      connector.forCard(word);
      name(number ? Scene.CARD_NUMBER : Scene.CARD);
    } else if (has(flags, Vocabulary.FIELD)) {
      field(word);
    } else if (has(flags, Vocabulary.MIDDLE) && isBetweenParts(word)) {
      connector.to(word);
      values.middle();
    }
  }

  /** Whether words near by speak of parts too: a {@code mid} alone is a merchant's id. */
  private boolean isBetweenParts(int word) {
    int near = 0;
    for (int i = Math.max(0, word - PARTS_NEAR); i <= word + PARTS_NEAR; i++) {
      near |= i == word || i >= words.words() ? 0 : words.flags(i);
    }
    return words.wordEnd(word) - words.wordStart(word) > MID
        || has(near, Vocabulary.RANGE | Vocabulary.PART | Vocabulary.ORDER);
  }

  private boolean isPrimary(int word) {
    return (words.flags(word) & Vocabulary.PRIMARY) == Vocabulary.PRIMARY;
  }

  private void name(byte as) {
    int run = connector.found() ? words.runAt(connector.value()) : -1;
    if (run >= 0) {
      scene.name(run, as);
    }
  }

  /** Data elements of ISO 8583. */
  private void field(int word) {
    int number = scene.fieldNumber(word);
    // In 9F02 the letter is a digit.
    int start = words.wordStart(word);
    boolean tag = scene.at(start - 1) == '9' && (scene.at(start) | 0x20) == 'f';
    if (number < 0 || tag && !Chars.isAlnum(scene.at(start - 2))) {
      return;
    }
    connector.toField(word);
    element(number);
  }

  private void element(int number) {
    switch (number) {
      case 2 -> name(Scene.CARD_NUMBER);
      case 14 -> values.expiry(false);
      case 52 -> values.pin();
      default -> {}
    }
  }

  private void secretAuthentication(int word, int flags, int before) {
    boolean code = has(flags, Vocabulary.CODE) || has(flags, Vocabulary.NUMBER);
    boolean turned =
        has(flags, Vocabulary.SECURITY) && has(said(word), Vocabulary.CODE | Vocabulary.NUMBER);
    int owner = has(flags, Vocabulary.NUMBER) ? words.owner(word) : 0;
    if (has(flags, Vocabulary.CVV | owner & Vocabulary.CVV)
        || code && has(before, Vocabulary.SECURITY)
        || has(flags, Vocabulary.CODE) && has(before, Vocabulary.CARD)
        || code && values.isBehindExpiry(words.wordStart(word))
        || turned
        || code && isOnFront(word)
        || isOnBack(word)) {
      connector.to(word);
      values.cvv();
      values.cvvBefore(words.wordStart(word));
    } else if (has(flags, Vocabulary.PIN) || has(owner, Vocabulary.PIN)) {
      connector.to(word);
      values.pin();
    } else if (has(flags, Vocabulary.EXPIRY)) {
      connector.to(word);
      values.expiry((flags & Vocabulary.TERM) == Vocabulary.TERM);
    } else if (has(flags, Vocabulary.DATE) && values.isBehindExpiry()) {
      connector.to(word);
      values.expiryGoesOn();
    }
  }

  /** What the word says that stands before this one and some that mean nothing. */
  private int said(int word) {
    int at = word - 1;
    while (at > word - 4
        && at >= 0
        && (has(words.flags(at), Vocabulary.ON)
            || has(words.flags(at), Vocabulary.FILLER)
                && !has(words.flags(at), Vocabulary.CODE | Vocabulary.NUMBER))) {
      at--;
    }
    boolean near = at >= 0 && words.wordStart(word) - words.wordEnd(at) <= SAID_MAX;
    return near ? words.flags(at) : 0;
  }

  /** {@code 4DBC}, as American Express calls it. */
  private boolean isOnFront(int word) {
    int from = words.wordStart(word);
    return words.wordEnd(word) - from == 3
        && (scene.at(from + 1) | 0x20) == 'b'
        && scene.at(from - 1) == '4'
        && !Chars.isAlnum(scene.at(from - 2));
  }

  /** {@code the three digits on the back}. */
  private boolean isOnBack(int word) {
    return (words.flags(word) & Vocabulary.BACK) == Vocabulary.BACK
        && has(said(word), Vocabulary.NUMBER | Vocabulary.CODE);
  }

  private void person(int word, int flags, int before) {
    boolean name = has(flags, Vocabulary.NAME);
    boolean onCard =
        has(flags, Vocabulary.CARD) && has(said(word), Vocabulary.NAME | Vocabulary.HOLDER);
    if (has(flags, Vocabulary.HOLDER)
        || onCard
        || name && has(before, Vocabulary.HOLDER)
        || name && isGenitive(word)) {
      connector.toText(word);
      values.name(false);
    } else if (has(flags, Vocabulary.GIVEN)
        || name && isOrder(word, before)
        || has(flags, Vocabulary.ORDER)
            && has(words.owner(word), Vocabulary.NAME | Vocabulary.HOLDER)) {
      connector.toText(word);
      values.givenName();
    } else if (name
        && (has(before, Vocabulary.PERSON)
            || has(words.owner(word), Vocabulary.PERSON)
            || (flags & Vocabulary.OWNER) == Vocabulary.OWNER && has(before, Vocabulary.CARD))) {
      connector.toText(word);
      values.name(true);
    } else if (has(flags, Vocabulary.PHONE)
        || has(flags, Vocabulary.NUMBER | Vocabulary.PIECE)
            && has(words.owner(word), Vocabulary.PHONE)) {
      connector.to(word);
      values.phone();
    }
  }

  /** {@code cardholder's name}. */
  private boolean isGenitive(int word) {
    return word > 1
        && has(words.flags(word - 2), Vocabulary.HOLDER)
        && words.wordStart(word - 1) == words.wordEnd(word - 2) + 1
        && words.wordEnd(word - 1) == words.wordStart(word - 1) + 1
        && words.wordStart(word) == words.wordEnd(word - 1) + 1;
  }

  /** First and last names. */
  private boolean isOrder(int word, int before) {
    return has(before, Vocabulary.ORDER) && words.wordStart(word) - words.wordEnd(word - 1) <= 1;
  }

  private void secret(int word, int flags, int before) {
    if (has(flags, Vocabulary.AUTHORIZATION)) {
      connector.toText(word);
      values.authorization();
    } else if (has(flags, Vocabulary.SCHEME)) {
      values.scheme(word);
    } else if (has(flags, Vocabulary.SECRET)
        || has(flags, Vocabulary.KEY) && has(before, Vocabulary.KEY_KIND)) {
      connector.toText(word);
      values.secret();
    } else if (has(flags, Vocabulary.TOKEN)) {
      connector.toText(word);
      values.token();
    }
  }
}
