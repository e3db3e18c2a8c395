package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.AmountEvidence;
import io.tillwatch.topology.localise.Cause;
import io.tillwatch.topology.localise.CubeScan;
import io.tillwatch.topology.localise.Evidence;
import io.tillwatch.topology.localise.Layout;
import io.tillwatch.topology.localise.LeafWindow;
import io.tillwatch.topology.localise.RateEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names the cells behind a case with the topology's own {@link CubeScan}. Which leaves there are is
 * kept from case to case. Not thread-safe.
 */
final class CaseLocaliser {

  private static final int AMOUNT_CAUSES_MAX = 12;

  /** Attempts that the rate of all weighs in a leaf's forecast. */
  private static final double PRIOR_ATTEMPTS = 20;

  /** Variance of a quiet leaf over the binomial one, before any was seen. */
  private static final double SCATTER_PRIOR = 2;

  private static final double SCATTER_PRIOR_LEAVES = 60;
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
    CubeScan scan =
        bottom == null ? new CubeScan(cells, AMOUNT_CAUSES_MAX, 0) : new CubeScan(cells);
    List<Cause> best = List.of();
    for (int direction = 1; direction >= -1; direction -= 2) {
      Evidence evidence =
          bottom == null
              ? new AmountEvidence(of.top().real(), of.top().forecast(), direction)
              : rates(of.top(), bottom, direction);
      List<Cause> causes = scan.causes(evidence);
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
    double scatter = SCATTER_PRIOR * SCATTER_PRIOR_LEAVES;
    double quiet = SCATTER_PRIOR_LEAVES;
    for (int leaf = 0; leaf < size; leaf++) {
      double attempts = bottom.real()[leaf];
      double rate =
          (top.forecast()[leaf] + PRIOR_ATTEMPTS * all)
              / (bottom.forecast()[leaf] + PRIOR_ATTEMPTS);
      double held = Math.min(top.real()[leaf], attempts);
      failures[leaf] = direction > 0 ? attempts - held : held;
      baseline[leaf] = Math.clamp(direction > 0 ? 1 - rate : rate, RATE_MIN, 1 - RATE_MIN);
      double gap = failures[leaf] - attempts * baseline[leaf];
      double variance = attempts * baseline[leaf] * (1 - baseline[leaf]);
      if (variance >= 1 && gap < 0) {
        scatter += Math.min(gap * gap / variance, SCATTER_OUTLIER);
        quiet++;
      }
    }
    double weight = 1 / Math.max(1, scatter / quiet);
    for (int leaf = 0; leaf < size; leaf++) {
      if (bottom.real()[leaf] > 0) {
        window.add(leaf, weight * bottom.real()[leaf], weight * failures[leaf]);
      }
    }
    return new RateEvidence(window, baseline);
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
