package io.tillwatch.topology.cube;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is stored of a sealed minute: its cuboids, each with its level, and how many leaves. */
final class MinuteHead {

  /** Level of a cuboid that is not stored. */
  static final int ABSENT = -1;

  private static final byte FORMAT = 1;
  private static final int CUBOID_BYTES = Short.BYTES + 1;

  private final int[] masks;
  private final byte[] levels;
  private int leafCells;

  /**
   * @param masks of the cuboids that are kept, none of them stored yet
   */
  MinuteHead(int[] masks) {
    this.masks = masks;
    this.levels = new byte[masks.length];
    Arrays.fill(levels, (byte) ABSENT);
  }

  /** A stored head, of the cuboids that are still kept; a new one when there is none. */
  static MinuteHead of(byte @Nullable [] stored, int[] masks) {
    MinuteHead head = new MinuteHead(masks);
    if (stored != null) {
      head.leafCells = ByteBuffer.wrap(stored).getInt(1);
      for (int i = 0; i < masks.length; i++) {
        head.levels[i] = (byte) levelIn(stored, masks[i]);
      }
    }
    return head;
  }

  /** The level of a cuboid in a stored head; {@link #ABSENT} when it is not stored. */
  static int levelIn(byte[] stored, int mask) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    if (in.get() != FORMAT) {
      throw new IllegalStateException(
          "the head of a minute has format %d, expected %d".formatted(stored[0], FORMAT));
    }
    in.getInt();
    while (in.remaining() >= CUBOID_BYTES) {
      short of = in.getShort();
      byte level = in.get();
      if (of == mask) {
        return level;
      }
    }
    return ABSENT;
  }

  int leafCells() {
    return leafCells;
  }

  void leafCells(int cells) {
    leafCells = cells;
  }

  int level(int mask) {
    return levels[place(mask)];
  }

  void level(int mask, int level) {
    levels[place(mask)] = (byte) level;
  }

  private int place(int mask) {
    for (int i = 0; i < masks.length; i++) {
      if (masks[i] == mask) {
        return i;
      }
    }
    throw new IllegalArgumentException("cuboid %d is not kept".formatted(mask));
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + Integer.BYTES + masks.length * CUBOID_BYTES);
    out.put(FORMAT).putInt(leafCells);
    for (int i = 0; i < masks.length; i++) {
      if (levels[i] != ABSENT) {
        out.putShort((short) masks[i]).put(levels[i]);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
