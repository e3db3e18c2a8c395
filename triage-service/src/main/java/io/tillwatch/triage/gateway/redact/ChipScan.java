package io.tillwatch.triage.gateway.redact;

/**
 * Finds card number, tracks, holder, expiry date and PIN among bytes that a chip said, by tag and
 * length as EMV lays them out (Book 3, Annex B): only their own bytes go, the rest may stay.
 */
final class ChipScan {

  /** Tag, length and the shortest card number. */
  static final int BYTES_MIN = 2 + Issuers.DIGITS_MIN / 2;

  private static final int CARD_NUMBER = 0x5A;
  private static final int CARD_BYTES_MAX = 10;
  private static final int TRACK1 = 0x56;
  private static final int TRACK2 = 0x57;
  private static final int PIN = 0x99;

  /** Tags of two bytes. */
  private static final int EXPIRY = 0x5F24;

  private static final int HOLDER = 0x5F20;
  private static final int HOLDER_EXTENDED = 0x9F0B;
  private static final int TRACK1_REST = 0x9F1F;
  private static final int TRACK2_REST = 0x9F20;
  private static final int TRACK2_CONTACTLESS = 0x9F6B;

  private static final int SEPARATOR = 0xD;

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
      int end = at + 2 + bytes[at + 1];
      if (end > at + 2 && end <= size && isNumber(bytes, at, end)) {
        SensitiveType type = bytes[at] == CARD_NUMBER ? SensitiveType.PAN : SensitiveType.TRACK2;
        mark(type, starts, at + 2, end);
        found = true;
      }
    }
    for (int at = 0; found && at + 2 < size; at++) {
      others(bytes, size, starts, at);
    }
    return found;
  }

  private boolean isNumber(byte[] bytes, int at, int end) {
    return bytes[at] == CARD_NUMBER
        ? end - at - 2 <= CARD_BYTES_MAX && isCard(bytes, at + 2, end)
        : bytes[at] == TRACK2 && isTrack(bytes, at + 2, end);
  }

  /** What else a chip says of a card and whoever holds it. */
  private void others(byte[] bytes, int size, int[] starts, int at) {
    int first = bytes[at] & 0xFF;
    int tag = first << 8 | bytes[at + 1] & 0xFF;
    SensitiveType type =
        switch (tag) {
          case EXPIRY -> SensitiveType.EXPIRY;
          case HOLDER, HOLDER_EXTENDED -> SensitiveType.NAME;
          case TRACK1_REST -> SensitiveType.TRACK1;
          case TRACK2_REST, TRACK2_CONTACTLESS -> SensitiveType.TRACK2;
          default ->
              first == TRACK1 ? SensitiveType.TRACK1 : first == PIN ? SensitiveType.PIN : null;
        };
    int length = first == TRACK1 || first == PIN ? at + 1 : at + 2;
    if (type != null && length < size && bytes[length] > 0 && length + bytes[length] < size) {
      mark(type, starts, length + 1, length + 1 + bytes[length]);
    }
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
}
