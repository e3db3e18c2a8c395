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

  private static final String LANGUAGES =
      """
      zero one two three four five six seven eight nine
      oh un deux trois quatre cinq six sept huit neuf
      null eins zwei drei vier fuenf sechs sieben acht neun
      nil uno dos tres cuatro cinco seis siete ocho nueve
      nought ein zwo tre quattro funf sei sette otto nove
      naught um dois drie quatro vijf zes zeven oito negen
      nul een twee tre fire fem seks syv otte ni
      cero une duo tri fyra pyat shest sju atta nio
      ноль один два три четыре пять шесть семь восемь девять
      """;
  private static final String TEENS =
      "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
  private static final String TENS = "twenty thirty forty fifty sixty seventy eighty ninety";

  static {
    for (String line : LANGUAGES.strip().split("\n")) {
      String[] words = line.strip().split(" ");
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
    for (int i = from; i < to; i++) {
      if (digitOf(chars[i]) < 0) {
        return false;
      }
    }
    boolean behind = from > 0 && Chars.isDigit(chars[from - 1]);
    boolean before = to < length && Chars.isDigit(chars[to]);
    return behind || before || to - from >= WORDS_MIN;
  }

  private static int digitOf(char c) {
    return switch (c) {
      case 'o', 'O' -> 0;
      case 'l', 'I', 'i' -> 1;
      default -> -1;
    };
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
      at = joins ? start : copy(from, at, start, into);
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
    copy(from, at, from.length(), into);
  }

  private static @Nullable String worth(View from, Words words, int word) {
    if ((words.flags(word) & Vocabulary.SPELLED) == 0) {
      return null;
    }
    long hash = WordHash.seed();
    for (int i = words.wordStart(word); i < words.wordEnd(word); i++) {
      hash = WordHash.step(hash, from.at(i));
    }
    return WORTH.get(hash);
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

  private static int copy(View from, int at, int to, View into) {
    for (int i = at; i < to; i++) {
      into.add(from.at(i), from.start(i), from.end(i));
    }
    return to;
  }
}
