package io.tillwatch.triage.gateway.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Looks into tokens that are text in base64, base32 or hexadecimal. */
final class EncodedScan {

  private static final int TOKEN_MIN = Shapes.TOKEN_MIN;
  private static final int HEX_MIN = 24;
  private static final int BASE32_MIN = 20;

  /** Fewer bytes in a row hold no card number. */
  static final int SPACED_MIN = 12;

  private static final int LINE_MIN = 60;
  private static final byte CHIP_CARD_NUMBER = 0x5A;
  private static final byte CHIP_TRACK = 0x57;

  private static final int HEX = 1;
  private static final int TOKEN = 1 << 1;
  private static final int UPPER = 1 << 2;
  private static final int BASE32 = 1 << 3;
  private static final int CUT = 1 << 4;

  /** What a character of a token may be, as flags; 0 for others. */
  private static final byte[] KINDS = new byte[0x80];

  static {
    for (char c = 0; c < KINDS.length; c++) {
      boolean upper = c >= 'A' && c <= 'Z';
      int kinds = isToken(c) ? TOKEN : 0;
      kinds |= Chars.hex(c) >= 0 ? HEX : 0;
      kinds |= upper ? UPPER : 0;
      kinds |= upper || c >= '2' && c <= '7' ? BASE32 : 0;
      kinds |= isCut(c) ? CUT : 0;
      KINDS[c] = (byte) kinds;
    }
  }

  /** What looks into a decoded text. */
  interface Inner {

    /** What ranks first in it; null when there is nothing. */
    @Nullable SensitiveType look(String decoded);
  }

  private final Scene scene;
  private final Inner inner;
  private final CardDigits digits = new CardDigits();
  private final ChipScan chip;
  private byte[] bytes = new byte[256];

  /** Where each byte stands that is written out. */
  private int[] cells = new int[256];

  private int size;
  private int cellEnd;
  private int cellSize;

  EncodedScan(Scene scene, Inner inner) {
    this.scene = scene;
    this.inner = inner;
    chip = new ChipScan(scene);
  }

  /**
   * Looks into what there is.
   *
   * @param tokens where something may be that is long enough
   */
  void scan(Places tokens) {
    int behind = 0;
    for (int i = 0; i < tokens.count(); i++) {
      int from = Math.max(behind, tokens.from(i) - Shapes.CELLS_MIN);
      while (from > behind && isToken(scene.at(from - 1))) {
        from--;
      }
      behind = scan(from, tokens.to(i) + 1);
    }
  }

  /** Looks into what begins between two indexes; answers where it ends. */
  private int scan(int from, int to) {
    int length = scene.view().length();
    char[] chars = scene.view().chars();
    int at = from;
    while (at < to) {
      if (!isToken(chars[at])) {
        at++;
        continue;
      }
      int spaced = isCell(chars[at], scene.at(at + 1)) ? spaced(at) : -1;
      if (spaced > at) {
        at = spaced;
        continue;
      }
      int end = tokenEnd(at, length);
      if (end - at >= TOKEN_MIN && !token(at, end)) {
        lines(at, end);
      }
      at = end;
    }
    return at;
  }

  /** What follows a token of one line may be another, and not its next line. */
  private void lines(int from, int end) {
    int start = from;
    for (int at = from; at < end; at++) {
      if (scene.at(at) == '\n' || scene.at(at) == '\r') {
        line(start, at);
        start = at + 1;
      }
    }
    if (start > from) {
      line(start, end);
    }
  }

  private void line(int from, int end) {
    if (end - from >= TOKEN_MIN) {
      token(from, end);
    }
  }

  /** Whether a byte that stands for itself may begin so. */
  private static boolean isCell(char c, char next) {
    return Chars.hex(c) >= 0 && (Chars.hex(next) >= 0 || (next | 0x20) == 'x')
        || c == 'U' && next == '+';
  }

  private static boolean isCut(char c) {
    return c == '/' || c == '_' || c == '-' || c == '+';
  }

  private static boolean isToken(char c) {
    return Shapes.isToken(c);
  }

  /** Where a token ends; lines of a long one are one token. */
  private int tokenEnd(int from, int length) {
    char[] chars = scene.view().chars();
    int at = from;
    int line = from;
    while (at < length) {
      char c = chars[at];
      if (isToken(c)) {
        at++;
      } else if ((c == '\n' || c == '\r') && at - line >= LINE_MIN && lineGoesOn(at) > 0) {
        at = lineGoesOn(at);
        line = at;
      } else {
        break;
      }
    }
    return at;
  }

  /** Where the next line begins when it is nothing but a token, or -1. */
  private int lineGoesOn(int at) {
    int next = scene.at(at) == '\r' ? at + 1 : at;
    boolean goesOn = scene.at(next) == '\n' && Shapes.isTokenLine(scene.view(), next + 1);
    return goesOn ? next + 1 : -1;
  }

  /** Looks into a token; whether anything was in it. */
  private boolean token(int from, int end) {
    char[] chars = scene.view().chars();
    int length = 0;
    int all = -1;
    int any = 0;
    int digits = 0;
    for (int at = from; at < end; at++) {
      int kinds = chars[at] < 0x80 ? KINDS[chars[at]] : 0;
      if (kinds != 0) {
        length++;
        all &= kinds;
        any |= kinds;
        digits += kinds & HEX;
      }
    }
    if ((all & HEX) != 0 && length >= HEX_MIN) {
      tags(from, end);
      if (hex(from, end) && found(from, end)) {
        return true;
      }
    }
    int prefix = prefix(from);
    if (prefix > 0 && digits == length - 1 && length > HEX_MIN) {
      if (hex(from + prefix, end) && found(from, end)) {
        return true;
      }
    }
    boolean found =
        (all & BASE32) != 0 && length >= BASE32_MIN && base32(from, end) && found(from, end)
            || (any & UPPER) != 0 && base64(from, end) && found(from, end);
    return found || (any & UPPER) != 0 && (any & CUT) != 0 && pieces(from, end);
  }

  /** How long the sign of hexadecimal is that stands here: {@code 0x}, {@code \\x}. */
  private int prefix(int from) {
    boolean zero = scene.at(from) == '0' && (scene.at(from + 1) | 0x20) == 'x';
    return zero ? 2 : scene.at(from) == 'x' && scene.at(from - 1) == '\\' ? 1 : 0;
  }

  /** A path or a name may stand before the token, and be taken for part of it. */
  private boolean pieces(int from, int end) {
    boolean found = false;
    int start = from;
    for (int at = from; at <= end; at++) {
      char c = at < end ? scene.at(at) : '/';
      if (isCut(c)) {
        if (at - start >= TOKEN_MIN && at - start < end - from && base64(start, at)) {
          found |= found(start, at);
        }
        start = at + 1;
      }
    }
    return found;
  }

  private boolean found(int from, int end) {
    Inflated packed = Inflated.of(bytes, size);
    if (packed != null && packed.isCut()) {
      mark(SensitiveType.ENCODED, from, end);
      return true;
    }
    String text = packed == null ? text() : packed.text();
    return text != null && found(text, from, end);
  }

  private boolean found(String text, int from, int end) {
    SensitiveType type = inner.look(text);
    if (type != null) {
      mark(type, from, end);
    }
    return type != null;
  }

  private void mark(SensitiveType type, int from, int end) {
    int to = end;
    while (to < end + 6 && scene.at(to) == '=') {
      to++;
    }
    RedactionReason reason =
        type == SensitiveType.ENCODED ? RedactionReason.TOO_DEEP : RedactionReason.INSIDE_ENCODED;
    scene.add(type, reason, from, to);
  }

  /** The bytes as text when they are one, or digits of a mainframe. */
  private @Nullable String text() {
    int readable = 0;
    int mainframe = 0;
    int following = 0;
    int row = 0;
    int rowMost = 0;
    for (int i = 0; i < size; i++) {
      int b = bytes[i] & 0xFF;
      boolean plain = b >= ' ' && b < 0x7F || b == '\n' || b == '\t' || b == '\r' || b == 0;
      boolean goesOn = following > 0 && (b & 0xC0) == 0x80;
      following = goesOn ? following - 1 : b >= 0xF0 ? 3 : b >= 0xE0 ? 2 : b >= 0xC0 ? 1 : 0;
      readable += plain || goesOn || b >= 0xC0 ? 1 : 0;
      mainframe += b >= 0xF0 && b <= 0xF9 ? 1 : 0;
      row = b >= '0' && b <= '9' ? row + 1 : b == 0 ? row : 0;
      rowMost = Math.max(rowMost, row);
    }
    if (mainframe >= Issuers.DIGITS_MIN && mainframe * 2 >= size) {
      for (int i = 0; i < size; i++) {
        int b = bytes[i] & 0xFF;
        bytes[i] = (byte) (b >= 0xF0 && b <= 0xF9 ? b - 0xF0 + '0' : ' ');
      }
    } else if (readable * 8 < size * 7 && rowMost < Issuers.DIGITS_MIN) {
      return null;
    }
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void clear(int capacity) {
    size = 0;
    if (bytes.length < capacity) {
      bytes = new byte[capacity];
    }
  }

  private boolean hex(int from, int end) {
    clear(end - from);
    int high = -1;
    for (int at = from; at < end; at++) {
      int value = Chars.hex(scene.at(at));
      if (value >= 0 && high >= 0) {
        bytes[size++] = (byte) (high << 4 | value);
        high = -1;
      } else {
        high = value >= 0 ? value : high;
      }
    }
    return true;
  }

  private boolean base64(int from, int end) {
    clear(end - from);
    int bits = 0;
    int count = 0;
    for (int at = from; at < end; at++) {
      int value = base64(scene.at(at));
      if (value < 0) {
        continue;
      }
      bits = bits << 6 | value;
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes[size++] = (byte) (bits >> count);
      }
    }
    return size >= 8;
  }

  private static int base64(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (Chars.isDigit(c)) {
      return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
  }

  private boolean base32(int from, int end) {
    clear(end - from);
    int bits = 0;
    int count = 0;
    for (int at = from; at < end; at++) {
      char c = scene.at(at);
      if (!isToken(c)) {
        continue;
      }
      bits = bits << 5 | (Chars.isDigit(c) ? c - '2' + 26 : c - 'A');
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes[size++] = (byte) (bits >> count);
      }
    }
    return true;
  }

  /** Bytes each for itself: {@code 34 31}, {@code 0x34,0x31}, {@code 52 49}, {@code U+0034}. */
  private int spaced(int from) {
    if (Chars.isAlnum(scene.at(from - 1)) || cell(from) < 0) {
      return -1;
    }
    char separator = scene.at(cellEnd);
    if (separator == Folding.LABEL) {
      return -1;
    }
    size = 0;
    boolean decimal = true;
    boolean pairs = true;
    boolean hex = true;
    int pos = from;
    int end = from;
    for (int value = cell(pos); value >= 0; value = cell(pos)) {
      end = cellEnd;
      if (size + 1 >= bytes.length) {
        bytes = Arrays.copyOf(bytes, size * 2);
      }
      if (size + 1 >= cells.length) {
        cells = Arrays.copyOf(cells, bytes.length);
      }
      cells[size] = cellEnd - cellSize;
      if (cellSize == 4) {
        bytes[size++] = (byte) (value >> 8);
        cells[size] = cellEnd - 2;
      }
      bytes[size++] = (byte) value;
      pairs &= cellSize == 2;
      hex &= cellSize == 2 || cellSize == 4;
      decimal &= cellSize == 2 && isDecimal(value);
      if (scene.at(end) != separator) {
        break;
      }
      pos = end + 1;
      while (pos - end <= 3 && isBetween(scene.at(pos))) {
        pos++;
      }
    }
    if (hex && size >= ChipScan.BYTES_MIN && chip.scan(bytes, size, cells)) {
      return end;
    }
    if (size < SPACED_MIN) {
      return -1;
    }
    if (decimal) {
      for (int i = 0; i < size; i++) {
        int b = bytes[i] & 0xFF;
        bytes[i] = (byte) ((b >> 4) * 10 + (b & 0xF));
      }
    }
    if (!found(from, end) && pairs && isChip()) {
      found(HexFormat.of().formatHex(bytes, 0, size), from, end);
    }
    return end;
  }

  /** Whether the two digits of a byte are the decimal code of a digit. */
  private static boolean isDecimal(int value) {
    int code = (value >> 4) * 10 + (value & 0xF);
    return (value & 0xF) < 10 && code >= '0' && code <= '9';
  }

  private static boolean isBetween(char c) {
    return c == ' ' || c == ',' || c == '"' || c == '\'' || c == '\\';
  }

  /** Whether the bytes may be what a chip says: the tags of card number or track among them. */
  private boolean isChip() {
    for (int i = 0; i < size; i++) {
      if (bytes[i] == CHIP_CARD_NUMBER || bytes[i] == CHIP_TRACK) {
        return true;
      }
    }
    return false;
  }

  /** The byte, or two, that stand alone here in hexadecimal, binary, octal or decimal; or -1. */
  private int cell(int from) {
    int at = from;
    if (scene.at(from) == '0' && (scene.at(from + 1) | 0x20) == 'x') {
      at = from + 2;
    } else if (scene.at(from) == 'U' && scene.at(from + 1) == '+') {
      at = from + 2;
    }
    int end = at;
    int value = 0;
    int bits = 0;
    while (end - at < 9 && Chars.hex(scene.at(end)) >= 0) {
      int digit = Chars.hex(scene.at(end));
      value = value << 4 | digit;
      bits = bits << 1 | digit & 1;
      end++;
    }
    cellEnd = end;
    cellSize = end - at;
    if (Chars.isAlnum(scene.at(end))) {
      return -1;
    }
    return switch (cellSize) {
      case 2 -> value;
      case 3 -> at == from ? code(value) : -1;
      case 4 -> at == from || scene.at(from) == 'U' ? value : -1;
      case 8 -> at == from && (value & 0xEEEEEEEE) == 0 ? bits : -1;
      default -> -1;
    };
  }

  /** The digit whose code has these three digits, in decimal or octal; or -1. */
  private static int code(int digits) {
    if (digits >= 0x48 && digits <= 0x57 && (digits & 0xF) < 10) {
      return '0' + (digits >> 4) * 10 + (digits & 0xF) - 48;
    }
    boolean octal = digits >= 0x60 && digits <= 0x67 || digits >= 0x70 && digits <= 0x71;
    return octal ? '0' + (digits - 0x60 & 7) + (digits >= 0x70 ? 8 : 0) : -1;
  }

  /** The card number of a chip: tag 5A, its length, and digits. */
  private void tags(int from, int end) {
    for (int at = from; at + 4 + Issuers.DIGITS_MIN <= end; at++) {
      if (scene.at(at) == '5' && (scene.at(at + 1) | 0x20) == 'a') {
        int count = (Chars.hex(scene.at(at + 2)) << 4 | Chars.hex(scene.at(at + 3))) * 2;
        int to = Math.min(end, at + 4 + Math.min(count, Issuers.DIGITS_MAX + 1));
        while (to > at + 4 && !Chars.isDigit(scene.at(to - 1))) {
          to--;
        }
        boolean card =
            areDigits(at + 4, to) && digits.strength(scene.view(), at + 4, to) != Issuers.NONE;
        if (card) {
          scene.add(SensitiveType.PAN, RedactionReason.GLUED, at + 4, to);
        }
      }
    }
  }

  private boolean areDigits(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Chars.isDigit(scene.at(i))) {
        return false;
      }
    }
    return true;
  }
}
