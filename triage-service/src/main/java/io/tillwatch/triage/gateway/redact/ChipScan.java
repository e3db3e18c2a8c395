package io.tillwatch.triage.gateway.redact;

/**
 * Finds card number, track and expiry date among bytes that a chip said, by tag and length as EMV
 * lays them out (Book 3, Annex B): only their own bytes go, the rest may stay.
 */
final class ChipScan {

  /** Tag, length and the shortest card number. */
  static final int BYTES_MIN = 2 + Issuers.DIGITS_MIN / 2;

  private static final int CARD_NUMBER = 0x5A;
  private static final int CARD_BYTES_MAX = 10;
  private static final int TRACK = 0x57;
  private static final int TRACK_BYTES_MAX = 19;
  private static final int SEPARATOR = 0xD;
  private static final int[] EXPIRY = {0x5F, 0x24, 0x03};

  private final Scene scene;
  private final CardDigits digits = new CardDigits();

  ChipScan(Scene scene) {
    this.scene = scene;
  }

  /**
   * Marks what there is.
   *
   * @param starts where in the view the two digits of each byte begin
   * @return whether there was a card number or a track
   */
  boolean scan(byte[] bytes, int size, int[] starts) {
    boolean found = false;
    for (int at = 0; at + BYTES_MIN <= size; at++) {
      int length = bytes[at + 1];
      int end = at + 2 + length;
      boolean fits = length >= BYTES_MIN - 2 && end <= size;
      if (fits
          && bytes[at] == CARD_NUMBER
          && length <= CARD_BYTES_MAX
          && isCard(bytes, at + 2, end)) {
        mark(SensitiveType.PAN, starts, at + 2, end);
        found = true;
      } else if (fits
          && bytes[at] == TRACK
          && length <= TRACK_BYTES_MAX
          && isTrack(bytes, at + 2, end)) {
        mark(SensitiveType.TRACK2, starts, at + 2, end);
        found = true;
      }
    }
    for (int at = 0; found && at + EXPIRY.length + 3 <= size; at++) {
      if (isExpiry(bytes, at)) {
        mark(SensitiveType.EXPIRY, starts, at + EXPIRY.length, at + EXPIRY.length + 3);
      }
    }
    return found;
  }

  private void mark(SensitiveType type, int[] starts, int from, int to) {
    scene.add(type, RedactionReason.INSIDE_ENCODED, starts[from], starts[to - 1] + 2);
  }

  private boolean isCard(byte[] bytes, int from, int end) {
    int nibbles = digits(bytes, from, end);
    boolean filled = nibbles == (end - from) * 2 || nibble(bytes, from, nibbles) == 0xF;
    return filled && digits.strength() != Issuers.NONE;
  }

  private boolean isTrack(byte[] bytes, int from, int end) {
    int nibbles = digits(bytes, from, end);
    return nibbles < (end - from) * 2
        && nibble(bytes, from, nibbles) == SEPARATOR
        && digits.strength() != Issuers.NONE;
  }

  /** Takes decimal digits; answers how many there are before something else comes. */
  private int digits(byte[] bytes, int from, int end) {
    digits.clear();
    int count = 0;
    while (count < (end - from) * 2 && nibble(bytes, from, count) < 10) {
      digits.takeDigit(nibble(bytes, from, count));
      count++;
    }
    return count;
  }

  private static int nibble(byte[] bytes, int from, int index) {
    int value = bytes[from + index / 2];
    return index % 2 == 0 ? value >> 4 & 0xF : value & 0xF;
  }

  private static boolean isExpiry(byte[] bytes, int at) {
    for (int i = 0; i < EXPIRY.length; i++) {
      if (bytes[at + i] != EXPIRY[i]) {
        return false;
      }
    }
    int year = decimal(bytes[at + EXPIRY.length]);
    int month = decimal(bytes[at + EXPIRY.length + 1]);
    return Dates.isYear(year) && Dates.isMonth(month);
  }

  /** What a byte of two decimal digits says. */
  private static int decimal(byte value) {
    return (value >> 4 & 0xF) * 10 + (value & 0xF);
  }
}
