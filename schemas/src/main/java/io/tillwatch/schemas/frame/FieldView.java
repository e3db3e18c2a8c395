package io.tillwatch.schemas.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The chosen fields of the frame that was read last, by slot: texts as places in bytes, numbers,
 * booleans and symbols as numbers. Nothing is copied; what it says holds until the next read, and
 * while nobody changes the frame. Used by one thread.
 */
public final class FieldView {

  private static final byte[] NO_FRAME = {};
  private static final int NULL = -1;

  /** Where a text begins that is not in the frame but the reader's default. */
  private static final int DEFAULTED = -1;

  private final byte[][] defaults;
  private final int[] from;
  private final int[] length;
  private final long[] number;
  private byte[] frame = NO_FRAME;

  FieldView(byte[][] defaults) {
    this.defaults = defaults;
    this.from = new int[defaults.length];
    this.length = new int[defaults.length];
    this.number = new long[defaults.length];
    Arrays.fill(length, NULL);
  }

  /** Whether the field is null. */
  public boolean isNull(int slot) {
    return length[slot] == NULL;
  }

  /** The bytes that a text is in. */
  public byte[] bytes(int slot) {
    return from[slot] == DEFAULTED ? defaults[slot] : frame;
  }

  /** Where a text begins in its {@link #bytes}. */
  public int from(int slot) {
    return Math.max(0, from[slot]);
  }

  /** Length of a text in bytes of UTF-8. */
  public int length(int slot) {
    return length[slot];
  }

  /** Whether the bytes of a text are UTF-8 at all: only then is the frame a valid one. */
  public boolean isWellFormed(int slot) {
    return Utf8Check.wellFormed(bytes(slot), from(slot), from(slot) + length[slot]);
  }

  /**
   * A number, a time in its own unit, a boolean as 0 or 1, a symbol as its ordinal in the reader's
   * schema, or how many entries a map has, repeated ones included.
   */
  public long number(int slot) {
    return number[slot];
  }

  /** A text, which has to be well-formed, as a string; for what is looked at rarely. */
  public String text(int slot) {
    return text(bytes(slot), from(slot), length[slot]);
  }

  /** A map of texts; for what is looked at rarely. */
  public Map<String, String> map(int slot) {
    Map<String, String> map = new HashMap<>();
    if (number[slot] > 0) {
      Entries entries = new Entries(frame, from[slot], length[slot]);
      entries.putAll(map);
    }
    return map;
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  void begin(byte[] read) {
    frame = read;
  }

  void setNull(int slot) {
    length[slot] = NULL;
  }

  void setText(int slot, int at, int bytes) {
    from[slot] = at;
    length[slot] = bytes;
  }

  void setNumber(int slot, long value) {
    length[slot] = 0;
    number[slot] = value;
  }

  void setMap(int slot, int at, int bytes, int entries) {
    from[slot] = at;
    length[slot] = bytes;
    number[slot] = entries;
  }

  void setDefaultText(int slot) {
    from[slot] = DEFAULTED;
    length[slot] = defaults[slot].length;
  }

  /** Reads a map of texts whose bytes were checked. */
  private static final class Entries {
    private final FrameWalk walk = new FrameWalk(FrameLimits.OWN);
    private final byte[] bytes;

    Entries(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      walk.begin(bytes, from, from + length);
    }

    void putAll(Map<String, String> map) {
      try {
        for (int count = walk.block(); count > 0; count = walk.block()) {
          for (int i = 0; i < count; i++) {
            String key = next();
            map.put(key, next());
          }
        }
      } catch (MalformedFrame e) {
        throw new IllegalStateException("the frame was changed after it was read", e);
      }
    }

    private String next() throws MalformedFrame {
      int from = walk.string();
      return text(bytes, from, walk.position() - from);
    }
  }
}
