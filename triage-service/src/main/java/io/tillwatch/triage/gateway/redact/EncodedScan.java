package io.tillwatch.triage.gateway.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Looks into tokens that are text in base64, base32 or hexadecimal. */
final class EncodedScan {

  /** Shorter tokens hold no card number. */
  private static final int TOKEN_MIN = 16;

  private static final int HEX_MIN = 24;
  private static final int BASE32_MIN = 20;
  private static final int SPACED_MIN = 12;
  private static final int LINE_MIN = 60;

  /** What looks into a decoded text. */
  interface Inner {

    /** What ranks first in it; null when there is nothing. */
    @Nullable SensitiveType look(String decoded);
  }

  private final Scene scene;
  private final Inner inner;
  private final CardDigits digits = new CardDigits();
  private byte[] bytes = new byte[256];
  private int size;
  private int uppers;
  private int hexes;
  private int bases32;
  private int cuts;

  EncodedScan(Scene scene, Inner inner) {
    this.scene = scene;
    this.inner = inner;
  }

  void scan(Shapes shapes) {
    if (!shapes.hasLongToken() && scene.words.runs() + scene.words.words() < SPACED_MIN) {
      return;
    }
    int length = scene.view().length();
    char[] chars = scene.view().chars();
    int at = 0;
    while (at < length) {
      if (!isToken(chars[at])) {
        at++;
        continue;
      }
      int spaced = spaced(at);
      if (spaced > at) {
        at = spaced;
        continue;
      }
      int end = tokenEnd(at, length);
      if (end - at >= TOKEN_MIN) {
        token(at, end);
      }
      at = end;
    }
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

  private int lineGoesOn(int at) {
    int next = scene.at(at) == '\r' ? at + 1 : at;
    return scene.at(next) == '\n' && isToken(scene.at(next + 1)) ? next + 1 : -1;
  }

  /** Counts what a token is made of. */
  private int count(int from, int end) {
    int length = 0;
    uppers = 0;
    hexes = 0;
    bases32 = 0;
    cuts = 0;
    char[] chars = scene.view().chars();
    for (int at = from; at < end; at++) {
      char c = chars[at];
      boolean upper = c >= 'A' && c <= 'Z';
      uppers += upper ? 1 : 0;
      hexes += Chars.hex(c) >= 0 ? 1 : 0;
      bases32 += upper || c >= '2' && c <= '7' ? 1 : 0;
      cuts += c == '/' || c == '_' || c == '-' || c == '+' ? 1 : 0;
      length += isToken(c) ? 1 : 0;
    }
    return length;
  }

  private void token(int from, int end) {
    int length = count(from, end);
    if (hexes == length && length >= HEX_MIN) {
      tags(from, end);
      if (hex(from, end) && found(from, end)) {
        return;
      }
    }
    boolean prefixed = scene.at(from) == '0' && (scene.at(from + 1) | 0x20) == 'x';
    if (prefixed && hexes == length - 1 && length > HEX_MIN) {
      if (hex(from + 2, end) && found(from, end)) {
        return;
      }
    }
    if (bases32 == length && length >= BASE32_MIN && base32(from, end) && found(from, end)) {
      return;
    }
    if (uppers == 0 || base64(from, end) && found(from, end) || cuts == 0) {
      return;
    }
    pieces(from, end);
  }

  /** A path or a name may stand before the token, and be taken for part of it. */
  private void pieces(int from, int end) {
    int start = from;
    for (int at = from; at <= end; at++) {
      char c = at < end ? scene.at(at) : '/';
      if (c == '/' || c == '_' || c == '-' || c == '+') {
        if (at - start >= TOKEN_MIN && at - start < end - from && base64(start, at)) {
          found(start, at);
        }
        start = at + 1;
      }
    }
  }

  private boolean found(int from, int end) {
    String text = text();
    SensitiveType type = text == null ? null : inner.look(text);
    if (type == null) {
      return false;
    }
    int to = end;
    while (to < end + 6 && scene.at(to) == '=') {
      to++;
    }
    RedactionReason reason =
        type == SensitiveType.ENCODED ? RedactionReason.TOO_DEEP : RedactionReason.INSIDE_ENCODED;
    scene.add(type, reason, from, to);
    return true;
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

  /** Bytes one or two at a time: {@code 34 31}, {@code 0x34,0x31}, {@code 52 49}, {@code 3431}. */
  private int spaced(int from) {
    if (Chars.isAlnum(scene.at(from - 1)) || Chars.hex(scene.at(from)) < 0 || pair(from) < 0) {
      return -1;
    }
    char separator = scene.at(pair(from));
    if (separator == Folding.LABEL) {
      return -1;
    }
    size = 0;
    boolean decimal = true;
    int pos = from;
    int end = from;
    while (pair(pos) > 0) {
      end = pair(pos);
      if (size + 1 >= bytes.length) {
        bytes = Arrays.copyOf(bytes, size * 2);
      }
      if (end - pos == 4 && (scene.at(pos + 1) | 0x20) != 'x') {
        bytes[size++] = (byte) (Chars.hex(scene.at(pos)) << 4 | Chars.hex(scene.at(pos + 1)));
        decimal = false;
      }
      char high = scene.at(end - 2);
      char low = scene.at(end - 1);
      bytes[size++] = (byte) (Chars.hex(high) << 4 | Chars.hex(low));
      int code = Chars.isDigit(high) && Chars.isDigit(low) ? (high - '0') * 10 + low - '0' : 0;
      decimal &= code >= '0' && code <= '9';
      pos = end + 1;
      pos = scene.at(end) == separator && scene.at(pos) == ' ' ? pos + 1 : pos;
      if (scene.at(end) != separator) {
        break;
      }
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
    found(from, end);
    return end;
  }

  /** Where two or four hexadecimal digits that stand alone end, or -1. */
  private int pair(int from) {
    int at = scene.at(from) == '0' && (scene.at(from + 1) | 0x20) == 'x' ? from + 2 : from;
    int end = at;
    while (end - at < 5 && Chars.hex(scene.at(end)) >= 0) {
      end++;
    }
    return (end - at == 2 || end - at == 4 && at == from) && !Chars.isAlnum(scene.at(end))
        ? end
        : -1;
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
