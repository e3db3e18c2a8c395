package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** The rows of a minute in which no work is planned. */
final class OutsidePlans implements MinuteLeaves {

  private final MinuteLeaves all;
  private final int[] rows;

  private OutsidePlans(MinuteLeaves all, int[] rows) {
    this.all = all;
    this.rows = rows;
  }

  /** The minute itself when nothing is planned. */
  static MinuteLeaves of(MinuteLeaves minute, List<Slice> planned) {
    if (planned.isEmpty()) {
      return minute;
    }
    int[] rows = new int[minute.size()];
    int size = 0;
    for (int row = 0; row < minute.size(); row++) {
      Slice leaf = minute.slice(row);
      if (planned.stream().noneMatch(plan -> plan.covers(leaf))) {
        rows[size++] = row;
      }
    }
    return new OutsidePlans(minute, Arrays.copyOf(rows, size));
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public long epoch() {
    return all.epoch();
  }

  @Override
  public int number(int row) {
    return all.number(rows[row]);
  }

  @Override
  public Slice slice(int row) {
    return all.slice(rows[row]);
  }

  @Override
  public long events(int row) {
    return all.events(rows[row]);
  }

  @Override
  public long firstAttempts(int row) {
    return all.firstAttempts(rows[row]);
  }

  @Override
  public long judged(int row) {
    return all.judged(rows[row]);
  }

  @Override
  public long failures(int row) {
    return all.failures(rows[row]);
  }

  @Override
  public SortedMap<String, Long> causes() {
    return all.causes();
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    all.facts(rows[row], facts);
  }
}
