package io.tillwatch.topology.detect;

/** What an intake has taken, without being written: enough to see that nothing is wrong. */
record EarlyRows(MinuteLeaves leaves, Intake taken) implements CountedRows {

  @Override
  public int rows() {
    return taken.size();
  }

  @Override
  public int leaf(int row) {
    return taken.leaf(row);
  }

  @Override
  public int judged(int row) {
    return Math.toIntExact(leaves.judged(taken.row(row)));
  }

  @Override
  public int failures(int row) {
    return Math.toIntExact(leaves.failures(taken.row(row)));
  }
}
