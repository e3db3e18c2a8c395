package io.tillwatch.topology.cell;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A mergeable sketch of durations in milliseconds whose quantiles are within {@link
 * #RELATIVE_ERROR} of a recorded value.
 *
 * <p>The idea is DDSketch: bucket {@code i} counts values in {@code (g^(i-1), g^i]} with {@code g =
 * (1 + e) / (1 - e)}, so that the middle of a bucket is within {@code e} of everything in it;
 * merging adds counts and loses nothing. Values up to {@link #VALUE_MAX_MILLIS} need at most {@link
 * #BUCKETS_MAX} buckets, so nothing ever collapses. A cell of one minute sees few distinct buckets:
 * they are kept sorted and sparse.
 *
 * <ol>
 *   <li>Masson, Rim, Lee: <i>DDSketch: a fast and fully-mergeable quantile sketch with
 *       relative-error guarantees</i>, PVLDB 12 (2019).
 * </ol>
 *
 * <p>Not thread-safe.
 */
public final class LatencySketch {

  /** Largest relative error of a quantile. */
  public static final double RELATIVE_ERROR = 0.01;

  /** Larger values count as this one: more than thirty years. */
  public static final long VALUE_MAX_MILLIS = 1_000_000_000_000L;

  /** Buckets that values from 0 to {@link #VALUE_MAX_MILLIS} can fall into. */
  public static final int BUCKETS_MAX = 1_384;

  private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
  private static final double LOG_GAMMA = Math.log(GAMMA);
  static final byte FORMAT = 1;

  /** Bucket of zero and less; 1 ms is in bucket 0. */
  static final int ZERO_BUCKET = -1;

  private static final short[] BUCKET_OF_SMALL = smallBuckets();

  private int[] buckets = new int[4];
  private long[] counts = new long[4];
  private int size;
  private long count;

  /** Counts one duration; negative ones as 0. */
  public void add(long millis) {
    increment(bucketOf(millis), 1);
  }

  /** Adds all that the other one holds. */
  public void merge(LatencySketch other) {
    if (other.size <= 2) {
      for (int i = 0; i < other.size; i++) {
        increment(other.buckets[i], other.counts[i]);
      }
      return;
    }
    int[] mergedBuckets = new int[size + other.size];
    long[] mergedCounts = new long[size + other.size];
    int mine = 0;
    int theirs = 0;
    int merged = 0;
    while (mine < size || theirs < other.size) {
      int left = mine < size ? buckets[mine] : Integer.MAX_VALUE;
      int right = theirs < other.size ? other.buckets[theirs] : Integer.MAX_VALUE;
      mergedBuckets[merged] = Math.min(left, right);
      if (left <= right) {
        mergedCounts[merged] += counts[mine++];
      }
      if (right <= left) {
        mergedCounts[merged] += other.counts[theirs++];
      }
      merged++;
    }
    buckets = mergedBuckets;
    counts = mergedCounts;
    size = merged;
    count += other.count;
  }

  /** Durations counted. */
  public long count() {
    return count;
  }

  /**
   * The value below which this share of the durations lies, in milliseconds, within {@link
   * #RELATIVE_ERROR}; 0 when nothing was counted.
   *
   * @param share 0 to 1
   */
  public double quantile(double share) {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("share %s, expected 0 to 1".formatted(share));
    }
    double rank = share * (count - 1);
    long below = 0;
    for (int i = 0; i < size; i++) {
      below += counts[i];
      if (below > rank) {
        return valueOf(buckets[i]);
      }
    }
    return 0;
  }

  /** Number of buckets in use. */
  public int size() {
    return size;
  }

  /** The bucket in use number i, from 0, in order of their values. */
  public int bucket(int i) {
    return buckets[Objects.checkIndex(i, size)];
  }

  /** Durations counted in the bucket in use number i. */
  public long countOf(int i) {
    return counts[Objects.checkIndex(i, size)];
  }

  /** Adds durations to a bucket, as another sketch has them. */
  public void addTo(int bucket, long durations) {
    increment(bucket, durations);
  }

  int bytesMax() {
    return 8 + 4 * size;
  }

  /** The sketch as bytes: a format byte, the number of buckets, then distance and count of each. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(11 + size * 15);
    buffer.put(FORMAT);
    putVarint(buffer, size);
    int previous = ZERO_BUCKET;
    for (int i = 0; i < size; i++) {
      putVarint(buffer, buckets[i] - previous);
      putVarint(buffer, counts[i]);
      previous = buckets[i];
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /**
   * The sketch that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when these are not its bytes
   */
  public static LatencySketch of(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    int length = in.remaining();
    if (length < 2 || in.get() != FORMAT) {
      throw new IllegalArgumentException(
          "%d bytes are no latency sketch of format %d".formatted(length, FORMAT));
    }
    int size = (int) takeVarint(in);
    if (size < 0 || size > BUCKETS_MAX || size > in.remaining()) {
      throw new IllegalArgumentException(
          "a latency sketch of %d buckets, expected at most %d".formatted(size, BUCKETS_MAX));
    }
    LatencySketch sketch = new LatencySketch();
    sketch.buckets = new int[Math.max(4, size)];
    sketch.counts = new long[Math.max(4, size)];
    int previous = ZERO_BUCKET;
    for (int i = 0; i < size; i++) {
      previous += (int) takeVarint(in);
      sketch.buckets[i] = previous;
      sketch.counts[i] = takeVarint(in);
      sketch.count += sketch.counts[i];
    }
    sketch.size = size;
    return sketch;
  }

  /** The sketch that {@link #toBytes} wrote. */
  public static LatencySketch of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LatencySketch other
        && count == other.count
        && Arrays.equals(buckets, 0, size, other.buckets, 0, other.size)
        && Arrays.equals(counts, 0, size, other.counts, 0, other.size);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) * 31 + size;
  }

  @Override
  public String toString() {
    return "%d durations, p50 %.0f ms, p95 %.0f ms".formatted(count, quantile(.5), quantile(.95));
  }

  /** Adds a bucket above all that are there. */
  void append(int bucket, long by) {
    insert(size, bucket);
    counts[size - 1] = by;
    count += by;
  }

  private void increment(int bucket, long by) {
    int at = Arrays.binarySearch(buckets, 0, size, bucket);
    if (at < 0) {
      at = -at - 1;
      insert(at, bucket);
    }
    counts[at] += by;
    count += by;
  }

  private void insert(int at, int bucket) {
    if (size == buckets.length) {
      int capacity = size * 2;
      buckets = Arrays.copyOf(buckets, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    System.arraycopy(buckets, at, buckets, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    buckets[at] = bucket;
    counts[at] = 0;
    size++;
  }

  /** The bucket that counts a duration. */
  public static int bucketOf(long millis) {
    if (millis < BUCKET_OF_SMALL.length) {
      return millis <= 0 ? ZERO_BUCKET : BUCKET_OF_SMALL[(int) millis];
    }
    return bucketOfLarge(Math.min(millis, VALUE_MAX_MILLIS));
  }

  private static int bucketOfLarge(long millis) {
    return (int) Math.ceil(Math.log(millis) / LOG_GAMMA);
  }

  private static double valueOf(int bucket) {
    return bucket == ZERO_BUCKET ? 0 : 2 * Math.pow(GAMMA, bucket) / (GAMMA + 1);
  }

  private static short[] smallBuckets() {
    short[] table = new short[8_192];
    for (int millis = 1; millis < table.length; millis++) {
      table[millis] = (short) bucketOfLarge(millis);
    }
    return table;
  }

  private static void putVarint(ByteBuffer buffer, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  private static long takeVarint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a varint of more than 10 bytes in a latency sketch");
  }
}
