package io.tillwatch.triage.gateway.redact;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads spelled digits ({@code four one one}), and letters that pass for digits, as digits. */
final class Spelled {

  /** Fewer spelled digits in a row are prose. */
  static final int WORDS_MIN = 3;

  private static final int GAP_MAX = 4;
  private static final int LOOKALIKES_MAX = 16;

  /** What a word is worth: its digits; doubling and tens are kept apart by a sign. */
  private static final Map<Long, String> WORTH = new HashMap<>();

  private static final String TEENS =
      "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
  private static final String TENS = "twenty thirty forty fifty sixty seventy eighty ninety";

  /** Letters that pass for digits wherever these stand. */
  private static final String LIKELY = "oOlIi\u041E\u043E\u039F\u03BF\u0406\u0456";

  /** All letters that pass for digits; the others only in what is as long as a card number. */
  private static final String LOOKALIKES =
      LIKELY
          + "ZSBGTA\u0417\u0437\u0427\u0431"
          + "\uACF5\uC601\uC77C\uC774\uC0BC\uC0AC\uC624\uC721\uB959\uCE60\uD314\uAD6C";

  private static final String DIGITS_OF = "001110000" + "11" + "258674" + "3346" + "001234566789";

  private static final byte[] DIGIT_OF_ASCII = new byte[0x80];

  static {
    for (char c = 0; c < DIGIT_OF_ASCII.length; c++) {
      int at = LOOKALIKES.indexOf(c);
      DIGIT_OF_ASCII[c] = (byte) (at < 0 ? -1 : DIGITS_OF.charAt(at) - '0');
    }
    for (String[] words : Lexicon.read("digits.txt")) {
      for (int digit = 0; digit < words.length; digit++) {
        WORTH.putIfAbsent(WordHash.of(words[digit]), Integer.toString(digit));
      }
    }
    String[] teens = TEENS.split(" ");
    for (int i = 0; i < teens.length; i++) {
      WORTH.put(WordHash.of(teens[i]), Integer.toString(10 + i));
    }
    String[] tens = TENS.split(" ");
    for (int i = 0; i < tens.length; i++) {
      WORTH.put(WordHash.of(tens[i]), "t" + (i + 2));
    }
    WORTH.put(WordHash.of("double"), "x2");
    WORTH.put(WordHash.of("triple"), "x3");
    WORTH.put(WordHash.of("treble"), "x3");
  }

  private Spelled() {}

  /** Hashes of all words that spell digits. */
  static Iterable<Long> hashes() {
    return WORTH.keySet();
  }

  /** Whether letters that pass for digits stand among digits. */
  static boolean isLookalike(char[] chars, int from, int to, int length) {
    if (to - from > LOOKALIKES_MAX || digitOf(chars[from]) < 0) {
      return false;
    }
    boolean likely = false;
    for (int i = from; i < to; i++) {
      if (digitOf(chars[i]) < 0) {
        return false;
      }
      likely |= LIKELY.indexOf(chars[i]) >= 0;
    }
    if (!likely) {
      return isPartOfNumber(chars, from, to, length);
    }
    int begin = from;
    while (begin > 0 && from - begin < LOOKALIKES_MAX && digitOf(chars[begin - 1]) >= 0) {
      begin--;
    }
    boolean behind = begin > 0 && Chars.isDigit(chars[begin - 1]);
    boolean before = to < length && Chars.isDigit(chars[to]);
    return behind || before || to - from >= WORDS_MIN || isPartOfNumber(chars, from, to, length);
  }

  /** Whether digits and letters that pass for them are as many as a card has, and nothing else. */
  private static boolean isPartOfNumber(char[] chars, int from, int to, int length) {
    int begin = from;
    while (begin > 0 && from - begin < Issuers.DIGITS_MAX && passes(chars[begin - 1])) {
      begin--;
    }
    int end = to;
    while (end < length && end - to < Issuers.DIGITS_MAX && passes(chars[end])) {
      end++;
    }
    return end - begin >= Issuers.DIGITS_MIN && end - begin <= Issuers.DIGITS_MAX;
  }

  private static boolean passes(char c) {
    return Chars.isDigit(c) || digitOf(c) >= 0;
  }

  private static int digitOf(char c) {
    if (c < 0x80) {
      return DIGIT_OF_ASCII[c];
    }
    int at = LOOKALIKES.indexOf(c);
    return at < 0 ? -1 : DIGITS_OF.charAt(at) - '0';
  }

  /** Notes where digits are spelled, or letters pass for digits. */
  static void note(View view, Words words, Places places) {
    places.clear();
    int row = 0;
    int rowMin = words.areDigitsMixed() ? 1 : WORDS_MIN;
    for (int word = 0; word < words.words(); word++) {
      int start = words.wordStart(word);
      row = (words.flags(word) & Vocabulary.SPELLED) == 0 ? 0 : row + 1;
      if (row >= rowMin || isLookalike(view.chars(), start, words.wordEnd(word), view.length())) {
        places.note(start);
      }
    }
  }

  /** Puts digits in place of the words. */
  static void read(View from, Words words, View into) {
    into.clear(from.length());
    char[] chars = from.chars();
    int at = 0;
    int times = 1;
    boolean tens = false;
    for (int word = 0; word < words.words(); word++) {
      int start = words.wordStart(word);
      int end = words.wordEnd(word);
      String worth = worth(from, words, word);
      boolean looks = worth == null && isLookalike(chars, start, end, from.length());
      if (worth == null && !looks) {
        continue;
      }
      boolean joins = worth != null && endsInDigit(into, from, at, start);
      if (!joins) {
        into.addAll(from, at, start);
      }
      if (looks) {
        for (int i = start; i < end; i++) {
          into.add((char) ('0' + digitOf(chars[i])), from.start(i), from.end(i));
        }
      } else if (worth != null && worth.charAt(0) == 'x') {
        times = worth.charAt(1) - '0';
        tens = false;
      } else if (worth != null) {
        boolean ten = worth.charAt(0) == 't';
        if (tens && (ten || worth.length() > 1)) {
          into.add('0', from.start(start), from.end(end - 1));
        }
        emit(ten ? worth.substring(1) : worth, times, from, start, end, into);
        times = 1;
        tens = ten;
      }
      at = end;
    }
    into.addAll(from, at, from.length());
  }

  private static @Nullable String worth(View from, Words words, int word) {
    if ((words.flags(word) & Vocabulary.SPELLED) == 0) {
      return null;
    }
    return WORTH.get(WordHash.of(from.chars(), words.wordStart(word), words.wordEnd(word)));
  }

  private static void emit(String digits, int times, View from, int start, int end, View into) {
    for (int i = 0; i < times; i++) {
      for (int d = 0; d < digits.length(); d++) {
        into.add(digits.charAt(d), from.start(start), from.end(end - 1));
      }
    }
  }

  /** Whether only a small gap is between a spelled digit and this word. */
  private static boolean endsInDigit(View into, View from, int at, int start) {
    if (start - at > GAP_MAX || into.length() == 0 || !Chars.isDigit(into.at(into.length() - 1))) {
      return false;
    }
    for (int i = at; i < start; i++) {
      if (Chars.isAlnum(from.at(i)) || from.at(i) == Folding.LABEL) {
        return false;
      }
    }
    return true;
  }
}
