package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Shift;

/** One cell and how it did since some time: counts, expectation and evidence. */
final class RootCell {

  final Slice slice;
  private long judged;
  private long failures;
  private double failuresExpected;
  private final double[] evidence = new double[Shift.COUNT];

  RootCell(Slice slice) {
    this.slice = slice;
  }

  void add(Minute minute, int row, Memory memory) {
    int leaf = minute.leaf[row];
    int attempts = minute.judged(row);
    int failed = minute.failures(row);
    double weight = memory.baseline.effective(attempts);
    judged += attempts;
    failures += failed;
    failuresExpected += attempts * memory.leaves.expected[leaf];
    for (int k = 0; k < evidence.length; k++) {
      evidence[k] += weight * (Shift.theta(k) * failed + memory.leaves.slope(leaf, k) * attempts);
    }
  }

  long judged() {
    return judged;
  }

  long failures() {
    return failures;
  }

  double failuresExpected() {
    return failuresExpected;
  }

  /** Log-likelihood ratio of the shift that fits best against none, not below 0. */
  double evidence() {
    double best = 0;
    for (double sum : evidence) {
      best = Math.max(best, sum);
    }
    return best;
  }

  SliceEvidence toAvro() {
    return new SliceEvidence(
        slice.toMap(), judged, judged - failures, judged - failuresExpected, evidence());
  }

  void write(BytesOut out) {
    Names.write(slice, out);
    out.number(judged).number(failures).real(failuresExpected).reals(evidence, evidence.length);
  }

  static RootCell read(BytesIn in) {
    RootCell cell = new RootCell(Names.readOne(in));
    cell.judged = in.number();
    cell.failures = in.number();
    cell.failuresExpected = in.real();
    double[] evidence = in.reals();
    System.arraycopy(evidence, 0, cell.evidence, 0, Math.min(evidence.length, Shift.COUNT));
    return cell;
  }
}
