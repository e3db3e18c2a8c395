package io.tillwatch.triage.gateway.redact;

import java.util.List;

/**
 * The words that say what stands behind them, in the languages in which payment systems speak. A
 * word is known by a hash of its folded small letters.
 */
final class Vocabulary {

  static final int CARD = 1;
  static final int PAN = 1 << 1;
  static final int NUMBER = 1 << 2;
  static final int CVV = 1 << 3;
  static final int SECURITY = 1 << 4;
  static final int HOLDER = 1 << 5;
  static final int NAME = 1 << 6;
  static final int EXPIRY = 1 << 7;
  static final int DATE = 1 << 8;
  static final int PIN = 1 << 9;
  static final int SECRET = 1 << 10;
  static final int KEY = 1 << 11;
  static final int KEY_KIND = 1 << 12;
  static final int AUTHORIZATION = 1 << 13;
  static final int SCHEME = 1 << 14;
  static final int PHONE = 1 << 15;
  static final int IBAN = 1 << 16;
  static final int PART = 1 << 17;
  static final int FILLER = 1 << 18;
  static final int FIELD = 1 << 19;
  static final int OTHER_ID = 1 << 20;
  static final int PERSON = 1 << 21;
  static final int GIVEN = 1 << 22;
  static final int CODE = 1 << 23;
  static final int ON = 1 << 24;
  static final int RANGE = 1 << 25;
  static final int PIECE = 1 << 26;
  static final int PARTICLE = 1 << 27;
  static final int MIDDLE = 1 << 28;
  static final int TOKEN = 1 << 29;
  static final int SPELLED = 1 << 30;
  static final int ORDER = 1 << 31;

  /** The account of a card, in {@code primary account number}. */
  static final int PRIMARY = PARTICLE | RANGE;

  /** The side of a card that bears its verification value. */
  static final int BACK = PARTICLE | CODE;

  /** The end of something that need not be a card. */
  static final int TERM = EXPIRY | PARTICLE;

  /** Who owns something that need not be a card. */
  static final int OWNER = NAME | PARTICLE;

  /** The kinds in the file of words, in the order of their bits. */
  private static final List<String> KINDS =
      List.of(
          "CARD",
          "PAN",
          "NUMBER",
          "CVV",
          "SECURITY",
          "HOLDER",
          "NAME",
          "EXPIRY",
          "DATE",
          "PIN",
          "SECRET",
          "KEY",
          "KEY_KIND",
          "AUTHORIZATION",
          "SCHEME",
          "PHONE",
          "IBAN",
          "PART",
          "FILLER",
          "FIELD",
          "OTHER_ID",
          "PERSON",
          "GIVEN",
          "CODE",
          "ON",
          "RANGE",
          "PIECE",
          "PARTICLE",
          "MIDDLE",
          "TOKEN",
          "SPELLED",
          "ORDER");

  private static final int SLOTS = 1 << 12;

  /** A bit for each word that is known, and for few others: most words need no more than a look. */
  private static final int MAYBE_BITS = 1 << 16;

  private static final long[] MAYBE = new long[MAYBE_BITS >> 6];
  private static final long[] HASHES = new long[SLOTS];
  private static final int[] FLAGS = new int[SLOTS];

  static {
    for (String[] words : Lexicon.read("vocabulary.txt")) {
      int flag = flag(words[0]);
      for (int i = 1; i < words.length; i++) {
        put(flag, WordHash.of(words[i]));
      }
    }
    Spelled.hashes().forEach(hash -> put(SPELLED, hash));
  }

  private Vocabulary() {}

  /** What a word with this hash says, as flags; 0 for any other. */
  static int flags(long hash) {
    int bit = bit(hash);
    if ((MAYBE[bit >> 6] & 1L << bit) == 0) {
      return 0;
    }
    int slot = slot(hash);
    while (HASHES[slot] != 0) {
      if (HASHES[slot] == hash) {
        return FLAGS[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 0;
  }

  private static int bit(long hash) {
    return (int) (hash ^ hash >>> 23) & (MAYBE_BITS - 1);
  }

  private static int slot(long hash) {
    return (int) (hash ^ hash >>> 29 ^ hash >>> 47) & (SLOTS - 1);
  }

  private static int flag(String kind) {
    return switch (kind) {
      case "PRIMARY" -> PRIMARY;
      case "BACK" -> BACK;
      case "TERM" -> TERM;
      case "OWNER" -> OWNER;
      default -> 1 << KINDS.indexOf(kind);
    };
  }

  private static void put(int flag, long hash) {
    int slot = slot(hash);
    while (HASHES[slot] != 0 && HASHES[slot] != hash) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    MAYBE[bit(hash) >> 6] |= 1L << bit(hash);
    HASHES[slot] = hash;
    FLAGS[slot] |= flag;
  }
}
