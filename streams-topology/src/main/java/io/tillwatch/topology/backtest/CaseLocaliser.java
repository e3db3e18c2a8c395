package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.AmountEvidence;
import io.tillwatch.topology.localise.Cause;
import io.tillwatch.topology.localise.CubeScan;
import io.tillwatch.topology.localise.Evidence;
import io.tillwatch.topology.localise.Layout;
import io.tillwatch.topology.localise.LeafWindow;
import io.tillwatch.topology.localise.VariedRateEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names the cells behind a case with the topology's own {@link CubeScan}. Which leaves there are is
 * kept from case to case. Not thread-safe.
 */
final class CaseLocaliser {

  /** Attempts that the rate of all weighs in a leaf's forecast. */
  private static final double PRIOR_ATTEMPTS = 20;

  /**
   * Correlation of attempts of one leaf before any was seen: however many there are, they say no
   * more than the inverse of it would one by one.
   */
  private static final double CORRELATION_PRIOR = .002;

  private static final double CORRELATION_PRIOR_LEAVES = 20;
  private static final double CORRELATION_MIN = 1e-4;

  private static final double SCATTER_OUTLIER = 16;
  private static final double RATE_MIN = 1e-4;

  private List<List<String>> leaves = List.of();
  private List<String> dimensions = List.of();
  private @Nullable Layout layout;
  private @Nullable CubeNames names;

  /** The cells behind a case, strongest first, in the words of its header. */
  List<String> causes(RcaCase of) {
    prepare(of);
    Layout cells = Objects.requireNonNull(layout);
    RcaCase.Amounts bottom = of.bottom();
    CubeScan scan = bottom == null ? CubeScan.ofAmounts(cells) : new CubeScan(cells);
    List<Cause> best = List.of();
    for (int direction = 1; direction >= -1; direction -= 2) {
      Evidence evidence =
          bottom == null
              ? new AmountEvidence(of.top().real(), of.top().forecast(), direction)
              : rates(of.top(), bottom, direction);
      List<Cause> causes = scan.causes(evidence, total(best));
      if (total(causes) > total(best)) {
        best = causes;
      }
    }
    return best.stream()
        .map(cause -> Objects.requireNonNull(names).cell(cells.slice(cause.cell()).toMap()))
        .toList();
  }

  private static double total(List<Cause> causes) {
    return causes.stream().mapToDouble(Cause::score).sum();
  }

  /** Failures are what the numerator lacks when it fell, and the numerator when it rose. */
  private static Evidence rates(RcaCase.Amounts top, RcaCase.Amounts bottom, int direction) {
    int size = top.real().length;
    double allTop = 0;
    double allBottom = 0;
    for (int leaf = 0; leaf < size; leaf++) {
      allTop += top.forecast()[leaf];
      allBottom += bottom.forecast()[leaf];
    }
    double all = allBottom > 0 ? allTop / allBottom : .5;
    LeafWindow window = new LeafWindow(size);
    double[] baseline = new double[size];
    double[] failures = new double[size];
    for (int leaf = 0; leaf < size; leaf++) {
      double attempts = bottom.real()[leaf];
      double rate =
          (top.forecast()[leaf] + PRIOR_ATTEMPTS * all)
              / (bottom.forecast()[leaf] + PRIOR_ATTEMPTS);
      double held = Math.min(top.real()[leaf], attempts);
      failures[leaf] = direction > 0 ? attempts - held : held;
      baseline[leaf] = Math.clamp(direction > 0 ? 1 - rate : rate, RATE_MIN, 1 - RATE_MIN);
    }
    double correlation = correlation(bottom.real(), failures, baseline);
    for (int leaf = 0; leaf < size; leaf++) {
      double attempts = bottom.real()[leaf];
      if (attempts > 0) {
        double weight = 1 / (1 + Math.max(0, attempts - 1) * correlation);
        window.add(leaf, weight * attempts, weight * failures[leaf]);
      }
    }
    return new VariedRateEvidence(window, baseline);
  }

  /** Of attempts of one leaf, by moments over the leaves with fewer failures than expected. */
  private static double correlation(double[] attempts, double[] failures, double[] baseline) {
    double excess = CORRELATION_PRIOR_LEAVES;
    double pairs = CORRELATION_PRIOR_LEAVES / CORRELATION_PRIOR;
    for (int leaf = 0; leaf < attempts.length; leaf++) {
      double gap = failures[leaf] - attempts[leaf] * baseline[leaf];
      double variance = attempts[leaf] * baseline[leaf] * (1 - baseline[leaf]);
      if (variance >= 1 && gap < 0) {
        double others = attempts[leaf] - 1;
        double weight = 1 / (1 + others * CORRELATION_PRIOR);
        excess += weight * (Math.min(gap * gap / variance, SCATTER_OUTLIER) - 1);
        pairs += weight * others;
      }
    }
    return Math.max(CORRELATION_MIN, excess / pairs);
  }

  private void prepare(RcaCase of) {
    if (of.leaves().equals(leaves) && of.dimensions().equals(dimensions)) {
      return;
    }
    leaves = of.leaves();
    dimensions = of.dimensions();
    CubeNames named = new CubeNames(dimensions);
    List<Slice> slices = leaves.stream().map(named::leaf).toList();
    int all = 0;
    for (Dimension dimension : Dimension.ALL) {
      if (slices.stream().map(slice -> slice.get(dimension)).distinct().count() > 1) {
        all |= 1 << dimension.ordinal();
      }
    }
    List<Integer> masks = new ArrayList<>();
    for (int mask = 0; mask <= all; mask++) {
      if ((mask & ~all) == 0) {
        masks.add(mask);
      }
    }
    Layout made = Layout.withoutFirstClass(masks.stream().mapToInt(Integer::intValue).toArray());
    slices.forEach(made::add);
    layout = made;
    names = named;
  }
}
