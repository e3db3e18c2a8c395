package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;

/**
 * A position in untrusted bytes that moves over one Avro primitive at a time, or says what is wrong
 * there. Never reads past the end, never allocates by a number it read.
 */
final class FrameWalk {

  private static final int INT_BYTES_MAX = 5;
  private static final int LONG_BYTES_MAX = 10;

  private static final byte[] NOTHING = {};

  private final FrameLimits limits;
  private byte[] bytes = NOTHING;
  private int end;
  private int position;
  private int items;
  private int blockEnd;

  FrameWalk(FrameLimits limits) {
    this.limits = limits;
  }

  /** Starts anew at this place of a frame that is all of these bytes. */
  void begin(byte[] over, int from) {
    begin(over, from, over.length);
  }

  /**
   * Starts anew at this place of these bytes, up to the end; a walk can be used again and again.
   */
  void begin(byte[] over, int from, int to) {
    bytes = over;
    end = to;
    position = from;
    items = 0;
  }

  int position() {
    return position;
  }

  /** Goes on at this place, which somebody else has read up to. */
  void moveTo(int place) {
    position = place;
  }

  private int remaining() {
    return end - position;
  }

  void skip(int length) throws MalformedFrame {
    if (length > remaining()) {
      throw truncated("%d bytes".formatted(length));
    }
    position += length;
  }

  /** Moves over a boolean; returns 0 or 1. */
  int bool() throws MalformedFrame {
    int at = position;
    skip(1);
    if (bytes[at] != 0 && bytes[at] != 1) {
      throw new MalformedFrame(
          DeadLetterReason.UNDECODABLE,
          "boolean %d at byte %d, expected 0 or 1".formatted(bytes[at], at));
    }
    return bytes[at];
  }

  /** Most numbers are lengths, indexes and small counts: one byte, worth a way of their own. */
  private boolean isOneByte() {
    return position < end && bytes[position] >= 0;
  }

  private int oneByte() {
    byte b = bytes[position++];
    return (b >>> 1) ^ -(b & 1);
  }

  int varint32() throws MalformedFrame {
    return isOneByte() ? oneByte() : longVarint32();
  }

  private int longVarint32() throws MalformedFrame {
    int at = position;
    long value = zigZag(INT_BYTES_MAX);
    if (value != (int) value) {
      throw badVarint(at, "does not fit 32 bits");
    }
    return (int) value;
  }

  long varint64() throws MalformedFrame {
    return isOneByte() ? oneByte() : zigZag(LONG_BYTES_MAX);
  }

  private long zigZag(int bytesMax) throws MalformedFrame {
    int start = position;
    long raw = 0;
    for (int i = 0; i < bytesMax; i++) {
      if (position >= end) {
        throw truncated("a number");
      }
      byte b = bytes[position++];
      raw |= (b & 0x7FL) << (7 * i);
      if (b >= 0) {
        if (i == LONG_BYTES_MAX - 1 && b > 1) {
          throw badVarint(start, "does not fit 64 bits");
        }
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw badVarint(start, "is longer than %d bytes".formatted(bytesMax));
  }

  /** Moves over a length and that many bytes; returns where they begin. */
  int bytes() throws MalformedFrame {
    int at = position;
    long length = varint64();
    if (length < 0 || length > limits.bytes()) {
      throw badLength("length", length, at);
    }
    int from = position;
    skip((int) length);
    return from;
  }

  /** Moves over a text; returns where its UTF-8 begins. */
  int string() throws MalformedFrame {
    int from = bytes();
    if (!Utf8Check.wellFormed(bytes, from, position)) {
      throw new MalformedFrame(
          DeadLetterReason.INVALID_UTF8,
          "the %d bytes at byte %d are not UTF-8".formatted(position - from, from));
    }
    return from;
  }

  /** Moves over a symbol of an enum of so many; returns its index. */
  int symbol(String name, int symbols) throws MalformedFrame {
    int at = position;
    int index = varint32();
    if (index < 0 || index >= symbols) {
      throw new MalformedFrame(
          DeadLetterReason.UNKNOWN_ENUM,
          "symbol %d of enum %s at byte %d, the writer's schema has %d"
              .formatted(index, name, at, symbols));
    }
    return index;
  }

  /** Moves over the index of a union's branch, of so many; returns it. */
  int branch(int branches) throws MalformedFrame {
    int at = position;
    int index = varint32();
    if (index < 0 || index >= branches) {
      throw new MalformedFrame(
          DeadLetterReason.BAD_UNION,
          "branch %d of a union of %d at byte %d".formatted(index, branches, at));
    }
    return index;
  }

  /**
   * Moves over the head of a block of an array or map; returns how many entries it has. 0 ends the
   * array or map; else {@link #blockEnd()} says where the block ends.
   */
  int block() throws MalformedFrame {
    int at = position;
    long count = varint64();
    if (count == 0) {
      return 0;
    }
    long entries = count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
    if (entries > limits.bytes()) {
      throw badLength("number of entries", entries, at);
    }
    long size = count < 0 ? varint64() : 0;
    if (size < 0 || size > limits.bytes()) {
      throw badLength("block size", size, at);
    }
    if (entries > remaining() || size > remaining()) {
      throw truncated("a block of %d entries".formatted(entries));
    }
    items += (int) entries;
    if (items > limits.items()) {
      throw new MalformedFrame(
          DeadLetterReason.TOO_MANY_ATTRIBUTES,
          "more than %d entries in one record at byte %d".formatted(limits.items(), at));
    }
    blockEnd = count < 0 ? position + (int) size : -1;
    return (int) entries;
  }

  /** Where the block's bytes end whose head was last moved over; -1 when it does not say. */
  int blockEnd() {
    return blockEnd;
  }

  void expectBlockEnd(int end) throws MalformedFrame {
    if (end >= 0 && end != position) {
      throw new MalformedFrame(
          DeadLetterReason.BAD_LENGTH,
          "a block that should end at byte %d ends at %d".formatted(end, position));
    }
  }

  void expectEnd() throws MalformedFrame {
    if (remaining() > 0) {
      throw new MalformedFrame(
          DeadLetterReason.TRAILING_BYTES,
          "%d bytes after the record's end at byte %d".formatted(remaining(), position));
    }
  }

  private MalformedFrame truncated(String expected) {
    return new MalformedFrame(
        DeadLetterReason.TRUNCATED,
        "%s expected at byte %d, the value ends at %d".formatted(expected, position, end));
  }

  private static MalformedFrame badVarint(int at, String what) {
    return new MalformedFrame(
        DeadLetterReason.BAD_VARINT, "the number at byte %d %s".formatted(at, what));
  }

  /** Does not say the number: where a length is expected, a card number may stand. */
  private MalformedFrame badLength(String what, long value, int at) {
    return new MalformedFrame(
        DeadLetterReason.BAD_LENGTH,
        "%s at byte %d is %s, expected 0 to %d"
            .formatted(what, at, value < 0 ? "negative" : "larger", limits.bytes()));
  }
}
