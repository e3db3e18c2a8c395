package io.tillwatch.triage.gateway.redact;

/**
 * Finds fields beside a card number whose names say too little elsewhere: {@code name}, {@code
 * month} and {@code year} in the same line and object.
 */
final class BesideScan {

  /** How far a field may be, in characters. */
  private static final int NEAR = 160;

  private static final int OF_CARDS =
      Vocabulary.CARD | Vocabulary.PERSON | Vocabulary.HOLDER | Vocabulary.EXPIRY;

  private final Scene scene;
  private final Connector connector;
  private final Values values;

  /** How far was looked already. */
  private int behind;

  BesideScan(Scene scene) {
    this.scene = scene;
    connector = new Connector(scene);
    values = new Values(scene, connector);
  }

  /** Begins with another view. */
  void begin() {
    values.begin();
    behind = 0;
  }

  /** Looks at the fields around the card number between two indexes; cards come in order. */
  void around(int start, int end) {
    int from = start;
    while (from > behind && start - from < NEAR && !isBorder(scene.at(from - 1))) {
      from--;
    }
    int to = Math.max(end, behind);
    while (to - end < NEAR && !isBorder(scene.at(to))) {
      to++;
    }
    behind = to;
    Words words = scene.words;
    for (int word = words.wordFrom(from);
        word < words.words() && words.wordStart(word) < to;
        word++) {
      int flags = words.flags(word);
      if ((flags & Vocabulary.NAME) != 0 && isAlone(word)) {
        connector.toText(word);
        if (connector.isAssigned()) {
          values.name(true);
        }
      } else if ((flags & Vocabulary.DATE) != 0 && isAlone(word)) {
        connector.to(word);
        if (connector.isAssigned()) {
          values.expiry(false);
        }
      }
    }
  }

  private static boolean isBorder(char c) {
    return c == '\n' || c == '{' || c == '}';
  }

  /** Whether no word that is not of cards belongs to the same key, as in {@code merchantName}. */
  private boolean isAlone(int word) {
    Words words = scene.words;
    boolean joined = word > 0 && words.wordStart(word) - words.wordEnd(word - 1) <= 1;
    return !joined || (words.flags(word - 1) & OF_CARDS) != 0;
  }
}
