package io.tillwatch.topology.cube;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How far the cells of one kind have come up to a rung: up to where spans are there whole, and
 * which part of the next one is. Stored with every commit that changes it. Used by one thread.
 */
final class RungProgress {

  /** No span is being written. */
  static final long NONE = -1;

  private static final byte FORMAT = 1;
  private static final int FIXED_BYTES = 1 + 2 * Long.BYTES + 4 * Integer.BYTES;

  /** Spans that start before are there whole. */
  long doneToMillis;

  /** Start of the span that is being written; {@link #NONE} between two. */
  long startMillis = NONE;

  /** Its cuboids that are there whole, each with its level. */
  MinuteHead head;

  /** The cuboid that is being written, in {@code 2^partLevel} parts by the hash of the slice. */
  int mask;

  int partLevel;

  /** Parts of it that are there. */
  int parts;

  /** Its level at the rung; known once its first part is there. */
  int level;

  private final int[] masks;

  /**
   * @param masks of the cuboids that are kept
   */
  RungProgress(int[] masks) {
    this.masks = masks;
    this.head = new MinuteHead(masks);
  }

  /** The progress that {@link #toBytes} stored; the start of all when there is none. */
  static RungProgress of(byte @Nullable [] stored, int[] masks) {
    RungProgress progress = new RungProgress(masks);
    if (stored != null) {
      ByteBuffer in = ByteBuffer.wrap(stored);
      if (in.get() != FORMAT) {
        throw new IllegalStateException(
            "the progress of a rung has format %d, expected %d".formatted(stored[0], FORMAT));
      }
      progress.doneToMillis = in.getLong();
      progress.startMillis = in.getLong();
      progress.mask = in.getInt();
      progress.partLevel = in.getInt();
      progress.parts = in.getInt();
      progress.level = in.getInt();
      byte[] head = new byte[in.remaining()];
      in.get(head);
      progress.head = MinuteHead.of(head, masks);
    }
    return progress;
  }

  /** Begins with a span. */
  void begin(long start) {
    startMillis = start;
    head = new MinuteHead(masks);
    parts = 0;
  }

  /** The span is there whole. */
  void end(long spanMillis) {
    doneToMillis = startMillis + spanMillis;
    startMillis = NONE;
    parts = 0;
  }

  byte[] toBytes() {
    byte[] ofHead = head.toBytes();
    return ByteBuffer.allocate(FIXED_BYTES + ofHead.length)
        .put(FORMAT)
        .putLong(doneToMillis)
        .putLong(startMillis)
        .putInt(mask)
        .putInt(partLevel)
        .putInt(parts)
        .putInt(level)
        .put(ofHead)
        .array();
  }
}
