package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why events of a minute were declined or failed, by PSP and BIN range: how many had a reason, and
 * how many of them had the one that is looked at.
 */
final class ReasonLeaves extends CoarseLeaves {

  /** Issuers have their habits, and PSPs their own words for them. */
  static final Set<Dimension> DIMENSIONS = EnumSet.of(Dimension.PSP, Dimension.BIN_RANGE);

  private static final Reason[] REASONS = Reason.values();

  /** By coarse leaf and reason. */
  private long[][] counts = {};

  private long[] all = {};
  private int looked;

  ReasonLeaves() {
    super(DIMENSIONS);
  }

  /** From now on the failures are the events with this reason. */
  ReasonLeaves lookAt(Reason reason) {
    looked = reason.ordinal();
    return this;
  }

  @Override
  void reserve(int leaves) {
    int before = counts.length;
    counts = Arrays.copyOf(counts, leaves);
    all = Arrays.copyOf(all, leaves);
    for (int leaf = before; leaf < leaves; leaf++) {
      counts[leaf] = new long[REASONS.length];
    }
  }

  @Override
  void clear(int leaf) {
    Arrays.fill(counts[leaf], 0);
    all[leaf] = 0;
  }

  @Override
  public void reason(Reason reason, long count) {
    if (count > 0) {
      int leaf = touch();
      counts[leaf][reason.ordinal()] += count;
      all[leaf] += count;
    }
  }

  @Override
  public void latency(int bucket, long count) {
    // Durations are another watch's.
  }

  @Override
  public long events(int row) {
    return all[number(row)];
  }

  @Override
  public long judged(int row) {
    return all[number(row)];
  }

  @Override
  public long failures(int row) {
    return counts[number(row)][looked];
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    for (Reason reason : REASONS) {
      facts.reason(reason, counts[number(row)][reason.ordinal()]);
    }
  }
}
