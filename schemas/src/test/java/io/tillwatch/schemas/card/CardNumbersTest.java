package io.tillwatch.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {

  private static final String SHORT_CARD = "501234567896";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "card 4111 1111 1111 1111 ok",
        "4111-1111-1111-1111",
        "378282246310005",
        "3782 822463 10005",
        "5555555555554444",
        "2223003122003222",
        "6011111111111117",
        "30569309025904",
        "x4111111111111111x",
        "12 4111111111111111"
      })
  void cardNumberIsFound(String text) {
    assertThat(CardNumbers.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111112",
        "411111",
        "1772445600000",
        "550e8400-e29b-41d4-a716-446655440000",
        "order 9999999999999999",
        "41111111111111111111111",
        "+49 30 1234567"
      })
  void otherNumbersStay(String text) {
    assertThat(CardNumbers.isIn(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evt-00000011-12",
        "6f1c9f4e-0c1d-4a55-9b1e-501234567890",
        "p-5000000-12345",
        "evt_6f1c9f4e0c1d4a559b1e501234567890"
      })
  void idsThatAreNoCardsStay(String id) {
    assertThat(CardNumbers.isInName(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref4111111111111111", "p-4111-1111-1111-1111", "3782 822463 10005"})
  void cardNumberInAnIdIsFound(String id) {
    assertThat(CardNumbers.isInName(id)).isTrue();
  }

  /**
   * Goal: hashes are told as this pattern tells them. Method: random names around a card number.
   */
  @Test
  void aHashIsAShortWordAndHexadecimalDigits() {
    Pattern hash =
        Pattern.compile(
            "\\p{Alpha}{0,8}[-_]?"
                + "(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
                + "|\\p{XDigit}{16}|\\p{XDigit}{24}|\\p{XDigit}{32}"
                + "|\\p{XDigit}{40}|\\p{XDigit}{64})");
    int hashes = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      String name = aroundACard(new Random(seed));
      Matcher matcher = hash.matcher(name);
      boolean isHash = matcher.matches() && matcher.group(1).matches(".*[a-fA-F].*");
      hashes += isHash ? 1 : 0;
      assertThat(CardNumbers.isInName(name)).as("seed %d: %s", seed, name).isEqualTo(!isHash);
    }
    assertThat(hashes).isBetween(2_000, 18_000);
  }

  private static String aroundACard(Random random) {
    String before = letters(random, "abcdefABCDEFghijz", random.nextInt(10));
    String separator = List.of("", "-", "_").get(random.nextInt(3));
    if (random.nextInt(4) == 0) {
      return before + separator + letters(random, "abc0123", 8) + "-1234-abcd-5678-" + SHORT_CARD;
    }
    int length = List.of(16, 24, 32, 40, 64, 33).get(random.nextInt(6));
    int left = random.nextInt(length - 16 + 1);
    return before
        + separator
        + letters(random, "abcdef", left)
        + "4111111111111111"
        + letters(random, "abcdef", length - 16 - left);
  }

  private static String letters(Random random, String of, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(of.charAt(random.nextInt(of.length())));
    }
    return letters.toString();
  }
}
