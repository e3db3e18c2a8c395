package io.tillwatch.triage.gateway.redact;

import java.util.random.RandomGenerator;

/** Card numbers that nobody has: digits made up behind the prefixes of published test cards. */
final class TestCards {

  private static final String[] PREFIXES = {
    "411111", "400000", "424242", "401288", "555555", "510510", "520082", "222300", "601111",
    "356600", "620000", "676000"
  };

  private TestCards() {}

  /** Sixteen digits that pass Luhn. */
  static String card(RandomGenerator random) {
    return card(random, PREFIXES[random.nextInt(PREFIXES.length)], 16);
  }

  /** Fifteen digits that pass Luhn. */
  static String amex(RandomGenerator random) {
    return card(random, "378282", 15);
  }

  static String card(RandomGenerator random, String prefix, int length) {
    String body = prefix + digits(random, length - 1 - prefix.length());
    for (char check = '0'; check <= '9'; check++) {
      if (passesLuhn(body + check)) {
        return body + check;
      }
    }
    throw new IllegalStateException(body);
  }

  static String digits(RandomGenerator random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  static String hex(RandomGenerator random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return digits.toString();
  }

  static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
    }
    return sum % 10 == 0;
  }
}
