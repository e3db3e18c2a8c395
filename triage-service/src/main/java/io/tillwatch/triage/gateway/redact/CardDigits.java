package io.tillwatch.triage.gateway.redact;

/** Digits taken one by one, judged as a card number at every length. */
final class CardDigits {

  private int count;
  private int prefix;
  private int evenDoubled;
  private int oddDoubled;

  void clear() {
    count = 0;
    prefix = 0;
    evenDoubled = 0;
    oddDoubled = 0;
  }

  /** Takes the digits between two indexes. */
  void take(View view, int from, int to) {
    char[] chars = view.chars();
    for (int i = from; i < to; i++) {
      takeDigit(chars[i] - '0');
    }
  }

  void takeDigit(int digit) {
    int doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    prefix = count < 4 ? prefix * 10 + digit : prefix;
    evenDoubled += count % 2 == 0 ? doubled : digit;
    oddDoubled += count % 2 == 0 ? digit : doubled;
    count++;
  }

  int count() {
    return count;
  }

  boolean hasLength() {
    return count >= Issuers.DIGITS_MIN && count <= Issuers.DIGITS_MAX;
  }

  /** How much like a card number the digits are: {@link Issuers#NONE} when Luhn fails. */
  int strength() {
    int luhn = count % 2 == 0 ? evenDoubled : oddDoubled;
    return hasLength() && luhn % 10 == 0 ? Issuers.strength(prefix, count) : Issuers.NONE;
  }

  /** The same for a stretch of digits. */
  int strength(View view, int from, int to) {
    clear();
    take(view, from, to);
    return strength();
  }
}
