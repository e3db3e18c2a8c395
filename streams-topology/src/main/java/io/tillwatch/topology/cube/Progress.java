package io.tillwatch.topology.cube;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How far the cube of a kind has come: the watermark of each ingest task, which minutes are closed.
 *
 * <p>The watermark of the kind is the smallest of those of all tasks that are not idle: a task that
 * was never heard of is waited for, one that says it is idle is not. After a restart each has to
 * say it anew: it may have slept as long and be about to wake. Used by one thread.
 */
final class Progress {

  private static final byte FORMAT = 4;

  /** Nothing closed yet. */
  static final long NONE = 0;

  private final long[] watermarks;
  private final boolean[] idle;
  private final boolean[] heard;

  /** First minute not closed; {@link #NONE} before the first cell. */
  long nextToCloseMillis = NONE;

  /** Newest minute that has cells. */
  long newestMinuteMillis = NONE;

  /** First minute whose cells are in memory; those of all before it are on disk. */
  long sealedToMillis = NONE;

  /** Reached whatever the tasks say now: before, by the clock in a silence, before a restart. */
  long reachedMillis = NONE;

  Progress(int sources) {
    watermarks = new long[sources];
    idle = new boolean[sources];
    heard = new boolean[sources];
  }

  /**
   * A task says how far it is. What was reached stays reached: one that was idle, and takes that
   * back, is waited for from here on, however far behind it is.
   */
  void hear(int source, long watermarkMillis, boolean isIdle) {
    reachedMillis = Math.max(reachedMillis, watermarkMillis());
    watermarks[source] = Math.max(watermarks[source], watermarkMillis);
    idle[source] = isIdle;
    heard[source] = true;
  }

  boolean isKnown(int source) {
    return source >= 0 && source < heard.length;
  }

  /** Event time up to which all input has been seen; {@link #NONE} while a task is waited for. */
  long watermarkMillis() {
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < watermarks.length; i++) {
      if (!heard[i]) {
        return NONE;
      }
      if (!idle[i]) {
        smallest = Math.min(smallest, watermarks[i]);
      }
    }
    return Math.max(smallest == Long.MAX_VALUE ? newestWatermarkMillis() : smallest, reachedMillis);
  }

  long newestWatermarkMillis() {
    return Arrays.stream(watermarks).max().orElse(NONE);
  }

  /** Whether every ingest task has said that it has nothing to read. */
  boolean isSilent() {
    for (int i = 0; i < idle.length; i++) {
      if (!heard[i] || !idle[i]) {
        return false;
      }
    }
    return true;
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + 6 * Long.BYTES + watermarks.length * 10);
    out.put(FORMAT);
    out.putLong(watermarkMillis());
    out.putLong(nextToCloseMillis).putLong(newestMinuteMillis).putLong(sealedToMillis);
    out.putLong(reachedMillis);
    out.putLong(watermarks.length);
    for (int i = 0; i < watermarks.length; i++) {
      out.putLong(watermarks[i]).put((byte) (idle[i] ? 1 : 0)).put((byte) (heard[i] ? 1 : 0));
    }
    return out.array();
  }

  /** The progress that {@link #toBytes} stored, for as many ingest tasks as there are now. */
  static Progress of(byte[] stored, int sources) {
    if (!isReadable(stored)) {
      throw new IllegalStateException(
          "the progress of the cube has format %d, expected %d".formatted(stored[0], FORMAT));
    }
    ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
    long watermark = in.getLong();
    Progress progress = new Progress(sources);
    progress.nextToCloseMillis = in.getLong();
    progress.newestMinuteMillis = in.getLong();
    progress.sealedToMillis = in.getLong();
    progress.reachedMillis = Math.max(in.getLong(), watermark);
    long storedSources = in.getLong();
    for (int i = 0; i < Math.min(sources, storedSources); i++) {
      progress.watermarks[i] = in.getLong();
      in.get(); // idle then
      progress.heard[i] = in.get() == 1;
    }
    return progress;
  }

  /** Whether the cells beside stored progress are laid out as this build does. */
  static boolean isReadable(byte[] stored) {
    return stored[0] == FORMAT;
  }

  /** Watermark in stored progress. */
  static long watermarkIn(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong(1);
  }

  /** First minute not closed in stored progress. */
  static long nextToCloseIn(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong(1 + Long.BYTES);
  }

  /** Newest minute that has cells in stored progress. */
  static long newestMinuteIn(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong(1 + 2 * Long.BYTES);
  }
}
