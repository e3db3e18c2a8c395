package io.tillwatch.triage.gateway.redact;

/**
 * Finds the card number in a message of ISO 8583 in characters: message type, bitmap, and, when the
 * bitmap says so, the length of the number and the number itself.
 */
final class MessageScan {

  private static final int BITMAP = 16;
  private static final int TYPE = 4;

  /** The bit of a bitmap's first digit that stands for a second bitmap. */
  private static final int SECOND_BITMAP = 8;

  /** The bit of a bitmap's first digit that stands for a card number. */
  private static final int CARD_NUMBER = 4;

  private final Scene scene;

  MessageScan(Scene scene) {
    this.scene = scene;
  }

  /** Marks the card number in a long run of digits; whether there is one. */
  boolean take(int run) {
    int start = scene.words.runStart(run);
    int end = scene.words.runEnd(run);
    int limit = Math.min(end - Issuers.DIGITS_MIN - 2, start + 2 * BITMAP + TYPE);
    for (int at = start; at <= limit; at++) {
      int length = (scene.at(at) - '0') * 10 + scene.at(at + 1) - '0';
      if (length >= Issuers.DIGITS_MIN
          && length <= Issuers.DIGITS_MAX
          && at + 2 + length <= end
          && (isHeader(at, 1) || isHeader(at, 2))) {
        scene.add(SensitiveType.PAN, RedactionReason.GLUED, at + 2, at + 2 + length);
        return true;
      }
    }
    return false;
  }

  /** Whether a message type and so many bitmaps end here. */
  private boolean isHeader(int end, int bitmaps) {
    int to = scene.at(end - 1) == ' ' ? end - 1 : end;
    int from = to - bitmaps * BITMAP;
    for (int i = from; i < to; i++) {
      if (Chars.hex(scene.at(i)) < 0) {
        return false;
      }
    }
    int bits = Chars.hex(scene.at(from));
    int type = (scene.at(from - 1) == ' ' ? from - 1 : from) - TYPE;
    return (bits & CARD_NUMBER) != 0
        && ((bits & SECOND_BITMAP) != 0 || bitmaps == 1)
        && scene.at(type) >= '0'
        && scene.at(type) <= '2'
        && scene.at(type + 1) >= '1'
        && scene.at(type + 1) <= '8'
        && Chars.isDigit(scene.at(type + 2))
        && Chars.isDigit(scene.at(type + 3));
  }
}
