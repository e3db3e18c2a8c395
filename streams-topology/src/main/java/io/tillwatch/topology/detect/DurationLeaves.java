package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.LatencySketch;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * How long the events of a minute took, by PSP, region and method: how many were measured, and how
 * many of them were slow (see {@link Slowness}), or slower than was promised.
 */
final class DurationLeaves extends CoarseLeaves {

  /** What answers quickly or slowly is an endpoint, not a BIN. */
  static final Set<Dimension> DIMENSIONS =
      EnumSet.of(Dimension.PSP, Dimension.REGION, Dimension.METHOD);

  private static final int BUCKETS = LatencySketch.BUCKETS_MAX + 1;

  private final Memory memory;

  /** By coarse leaf: durations by bucket, one up because the lowest bucket is -1. */
  private int[][] counts = {};

  private long[] measured = {};

  DurationLeaves(Memory memory) {
    super(DIMENSIONS);
    this.memory = memory;
  }

  @Override
  void reserve(int leaves) {
    int before = counts.length;
    counts = Arrays.copyOf(counts, leaves);
    measured = Arrays.copyOf(measured, leaves);
    for (int leaf = before; leaf < leaves; leaf++) {
      counts[leaf] = new int[BUCKETS];
    }
  }

  @Override
  void clear(int leaf) {
    Arrays.fill(counts[leaf], 0);
    measured[leaf] = 0;
  }

  @Override
  public void latency(int bucket, long count) {
    int leaf = touch();
    counts[leaf][bucket + 1] += (int) count;
    measured[leaf] += count;
  }

  @Override
  public void reason(Reason reason, long count) {
    // The mix of reasons is another watch's.
  }

  @Override
  public long events(int row) {
    return measured[number(row)];
  }

  @Override
  public long judged(int row) {
    return limit(row) == Integer.MAX_VALUE ? 0 : events(row);
  }

  @Override
  public long failures(int row) {
    long slow = 0;
    int[] buckets = counts[number(row)];
    for (long i = limit(row) + 2L; i < BUCKETS; i++) {
      slow += buckets[(int) i];
    }
    return slow;
  }

  private int limit(int row) {
    if (memory.subject.isPromise()) {
      return memory.subject.promisedBucket();
    }
    int leaf = memory.leaves.find(slice(row));
    return leaf < 0 ? Integer.MAX_VALUE : memory.slowness.limit(memory.leaves.number(leaf));
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    int[] buckets = counts[number(row)];
    for (int i = 0; i < BUCKETS; i++) {
      if (buckets[i] > 0) {
        facts.latency(i - 1, buckets[i]);
      }
    }
  }
}
