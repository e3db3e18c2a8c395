package io.tillwatch.triage.gateway.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * A made-up line, what must be gone from it, and what must stay.
 *
 * @param pan the card number in it as plain digits, or empty
 * @param gone texts that may not be left
 * @param kept texts that must be left
 */
record Sample(String text, String pan, List<String> gone, List<String> kept) {

  /** Most digits of a card number in a row that may be left. */
  private static final int ROW_MAX = 8;

  /** A way to write lines; two with one seed are equal. */
  record Family(String name, BiFunction<RandomGenerator, String, Sample> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A line with a card number in disguise. */
  static Sample card(String pan, String before, String disguise, String behind, String... kept) {
    return new Sample(before + disguise + behind, pan, List.of(disguise), List.of(kept));
  }

  /** A line with something else that may not stay. */
  static Sample secret(String before, String secret, String behind, String... kept) {
    return new Sample(before + secret + behind, "", List.of(secret), List.of(kept));
  }

  /** A line with nothing to hide. */
  static Sample clean(String text, String... kept) {
    return new Sample(text, "", List.of(), List.of(kept));
  }

  /** What is wrong with the redacted line, in words; empty when nothing is. */
  List<String> faults(String redacted) {
    List<String> faults = new ArrayList<>();
    for (String secret : gone) {
      if (redacted.contains(secret)) {
        faults.add("left: " + secret);
      }
    }
    String digits = digits(redacted);
    for (int i = 0; i + ROW_MAX < pan.length(); i++) {
      if (digits.contains(pan.substring(i, i + ROW_MAX + 1))) {
        faults.add("digits left: " + redacted);
        break;
      }
    }
    for (String one : kept) {
      if (!redacted.contains(one)) {
        faults.add("lost: " + one + " in " + redacted);
      }
    }
    return faults;
  }

  /** All digits of all scripts in a row; only letters part them. */
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          int value = Character.getNumericValue(c);
          if (value >= 0 && value <= 9) {
            digits.append(value);
          } else if (Character.isLetter(c)) {
            digits.append(' ');
          }
        });
    return digits.toString();
  }
}
