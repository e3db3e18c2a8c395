package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.LeafFacts;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.util.Arrays;
import java.util.List;

/** The leaf cells of a recorded minute: events and failures, all of them first attempts. */
final class LeafCounts implements MinuteLeaves {

  private final List<Slice> leaves;
  private final int[] rows;
  private final int[] events;
  private final int[] failures;
  private int size;

  LeafCounts(List<Slice> leaves) {
    this.leaves = leaves;
    this.rows = new int[leaves.size()];
    this.events = new int[leaves.size()];
    this.failures = new int[leaves.size()];
  }

  void add(int leaf, int count, int failed) {
    if (events[leaf] == 0 && count > 0) {
      rows[size++] = leaf;
    }
    events[leaf] += count;
    failures[leaf] += failed;
  }

  void clear() {
    Arrays.fill(events, 0);
    Arrays.fill(failures, 0);
    size = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long epoch() {
    return 1;
  }

  @Override
  public int number(int row) {
    return rows[row];
  }

  @Override
  public Slice slice(int row) {
    return leaves.get(rows[row]);
  }

  @Override
  public long events(int row) {
    return events[rows[row]];
  }

  @Override
  public long firstAttempts(int row) {
    return events[rows[row]];
  }

  @Override
  public long judged(int row) {
    return events[rows[row]];
  }

  @Override
  public long failures(int row) {
    return failures[rows[row]];
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    // A recording of counts tells no reasons, money or latency.
  }
}
