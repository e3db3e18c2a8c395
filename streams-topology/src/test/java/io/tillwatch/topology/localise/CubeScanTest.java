package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Goal: the smallest explaining cell, named minimally. Method: a cube of 4 x 5 x 6 leaves. */
class CubeScanTest {

  private static final double NORMAL = .1;
  private static final double ATTEMPTS = 6;

  private final List<Slice> leaves = new ArrayList<>();

  CubeScanTest() {
    for (String psp : List.of("north", "alpine", "harbor", "solar")) {
      for (String region : List.of("eu", "us", "latam", "apac", "mea")) {
        for (int bin = 0; bin < 6; bin++) {
          leaves.add(Leaf.of(psp, region, (4 + bin % 2) + "0000" + bin));
        }
      }
    }
  }

  @Test
  void aPspInARegionIsNamedByJustThese() {
    Slice bad = Leaf.cell("psp", "north", "region", "eu");

    assertThat(located(leaf -> bad.covers(leaf) ? .9 : NORMAL)).containsExactly(bad);
  }

  @Test
  void twoBadChildrenOfFiveAreNotReportedAsTheirParent() {
    Slice eu = Leaf.cell("psp", "north", "region", "eu");
    Slice us = Leaf.cell("psp", "north", "region", "us");

    assertThat(located(leaf -> eu.covers(leaf) || us.covers(leaf) ? .9 : NORMAL))
        .containsExactlyInAnyOrder(eu, us);
  }

  @Test
  void simultaneousCausesComeOutOneByOne() {
    Slice psp = Leaf.cell("psp", "solar");
    Slice bin = Leaf.cell("binRange", "400002");

    assertThat(located(leaf -> psp.covers(leaf) || bin.covers(leaf) ? .8 : NORMAL))
        .containsExactly(psp, bin);
  }

  @Test
  void causesThatCrossAreNotCutIntoPieces() {
    Slice north = Leaf.cell("psp", "north");
    Slice alpine = Leaf.cell("psp", "alpine");
    Slice eu = Leaf.cell("region", "eu");

    assertThat(
            located(
                leaf -> north.covers(leaf) || alpine.covers(leaf) || eu.covers(leaf) ? .8 : NORMAL))
        .containsExactlyInAnyOrder(north, alpine, eu);
  }

  @Test
  void aCauseWhoseLeavesAreNotHitAlikeIsNamedWhole() {
    Slice bad = Leaf.cell("psp", "north");
    Slice worst = Leaf.cell("psp", "north", "region", "eu");
    LeafWindow window = new LeafWindow(leaves.size());
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      double rate = worst.covers(leaves.get(leaf)) ? .6 : bad.covers(leaves.get(leaf)) ? .3 : .1;
      window.add(leaf, 300, 300 * rate);
    }
    Layout layout = layout();
    CubeScan scan = new CubeScan(layout);

    assertThat(scan.causes(new VariedRateEvidence(window, baseline())))
        .extracting(cause -> layout.slice(cause.cell()))
        .containsExactly(bad);
    assertThat(scan.causes(new RateEvidence(window, baseline())))
        .extracting(cause -> layout.slice(cause.cell()))
        .contains(worst);
  }

  @Test
  void ofAmountsEveryLeafThatIsGoneIsNamed() {
    double[] forecast = new double[leaves.size()];
    double[] real = new double[leaves.size()];
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      forecast[leaf] = 100;
      real[leaf] = 100 + leaf % 7 - 3;
    }
    List<Integer> gone = List.of(3, 37, 71, 88, 113);
    gone.forEach(leaf -> real[leaf] = 0);
    Layout layout = layout();

    assertThat(CubeScan.ofAmounts(layout).causes(new AmountEvidence(real, forecast, 1)))
        .allMatch(cause -> layout.leavesIn(cause.cell()) == 1)
        .hasSize(gone.size())
        .allMatch(cause -> gone.stream().anyMatch(leaf -> layout.holds(cause.cell(), leaf)));
  }

  @Test
  void everythingBrokenIsTheTotal() {
    assertThat(located(leaf -> .6)).containsExactly(Slice.TOTAL);
  }

  @Test
  void whatIsExpectedNamesNothing() {
    assertThat(located(leaf -> NORMAL)).isEmpty();
  }

  @Test
  void betterThanExpectedNamesNothing() {
    assertThat(located(leaf -> NORMAL / 4)).isEmpty();
  }

  @Test
  void ofTwoNamesForTheSameLeavesTheFirstClassOneIsUsed() {
    leaves.replaceAll(leaf -> {
      boolean special = Leaf.cell("psp", "north", "region", "eu").covers(leaf);
      return leaf.with(Dimension.MERCHANT_ACCOUNT, special ? "north-eu" : "shop");
    });
    Slice bad = Leaf.cell("merchantAccount", "north-eu");

    assertThat(located(leaf -> bad.covers(leaf) ? .9 : NORMAL))
        .containsExactly(Leaf.cell("psp", "north", "region", "eu"));
  }

  @Test
  void whatCannotExplainMoreThanIsExplainedAlreadyIsNotLookedFor() {
    LeafWindow window = new LeafWindow(leaves.size());
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      boolean bad = Leaf.cell("psp", "north").covers(leaves.get(leaf));
      window.add(leaf, ATTEMPTS, ATTEMPTS * (bad ? .6 : NORMAL));
    }
    CubeScan scan = new CubeScan(layout());
    Evidence evidence = new RateEvidence(window, baseline());
    double score = scan.causes(evidence).getFirst().score();

    assertThat(scan.causes(evidence, score - 1)).isEqualTo(scan.causes(evidence));
    assertThat(scan.causes(evidence, 100 * score)).isEmpty();
  }

  @Test
  void confidenceIsLowerWhenLessWasSeen() {
    Slice bad = Leaf.cell("psp", "north", "region", "eu");
    double sure = causes(leaf -> bad.covers(leaf) ? .9 : NORMAL, ATTEMPTS).getFirst().confidence();
    double less = causes(leaf -> bad.covers(leaf) ? .9 : NORMAL, .9).getFirst().confidence();

    assertThat(sure).isGreaterThan(.99);
    assertThat(less).isBetween(.05, .97);
  }

  private List<Slice> located(ToDoubleFunction<Slice> failureRate) {
    Layout layout = layout();
    return causes(failureRate, ATTEMPTS).stream().map(c -> layout.slice(c.cell())).toList();
  }

  private List<Cause> causes(ToDoubleFunction<Slice> failureRate, double attempts) {
    LeafWindow window = new LeafWindow(leaves.size());
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      window.add(leaf, attempts, attempts * failureRate.applyAsDouble(leaves.get(leaf)));
    }
    return new CubeScan(layout()).causes(new RateEvidence(window, baseline()));
  }

  private double[] baseline() {
    double[] baseline = new double[leaves.size()];
    Arrays.fill(baseline, NORMAL);
    return baseline;
  }

  private Layout layout() {
    Axes axes = new Axes(EnumSet.allOf(Dimension.class));
    leaves.forEach(axes::add);
    Layout layout = new Layout(axes.cuboids(20_000, 100_000));
    leaves.forEach(layout::add);
    return layout;
  }
}
