package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.LeafFacts;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows of one minute of a file that lies beside the counts: cells, and what is told of each. */
class SideRows implements MinuteLeaves {

  private final List<Slice> slices = new ArrayList<>();
  private final Set<Slice> seen = new HashSet<>();
  private final List<double[]> values = new ArrayList<>();

  void clear() {
    seen.clear();
    slices.clear();
    values.clear();
  }

  /**
   * Adds a row: the cell, and its values in the order of the file's columns.
   *
   * @throws IllegalArgumentException when the cell has a row already
   */
  void add(Slice slice, double[] row) {
    if (!seen.add(slice)) {
      throw new IllegalArgumentException("the same cell twice in a minute");
    }
    slices.add(slice);
    values.add(row);
  }

  /** The values of a row. */
  double[] values(int row) {
    return values.get(row);
  }

  @Override
  public int size() {
    return slices.size();
  }

  @Override
  public long epoch() {
    return 1;
  }

  @Override
  public int number(int row) {
    return UNNUMBERED;
  }

  @Override
  public Slice slice(int row) {
    return slices.get(row);
  }

  @Override
  public long events(int row) {
    return 0;
  }

  @Override
  public long firstAttempts(int row) {
    return 0;
  }

  @Override
  public long judged(int row) {
    return 0;
  }

  @Override
  public long failures(int row) {
    return 0;
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    // Most files tell nothing that a leaf would.
  }
}
