package io.tillwatch.topology.localise;

import static io.tillwatch.schemas.slice.Dimension.BIN_RANGE;
import static io.tillwatch.schemas.slice.Dimension.PSP;
import static io.tillwatch.schemas.slice.Dimension.REGION;
import static io.tillwatch.schemas.slice.Dimension.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.slice.Dimension;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Goal: only cuboids that can say something new are tested, and not too many. */
class AxesTest {

  private static final int PLENTY = 1_000_000;

  @Test
  void aConstantDimensionNamesNothing() {
    assertThat(cuboids(axes(EnumSet.allOf(Dimension.class))))
        .allSatisfy(
            cuboid -> assertThat(cuboid).isSubsetOf(Set.of(PSP, REGION, BIN_RANGE, SCHEME)));
  }

  @Test
  void aSchemeThatFollowsFromTheBinRangeStandsAloneButNotBesideIt() {
    assertThat(cuboids(axes(EnumSet.allOf(Dimension.class))))
        .contains(Set.of(SCHEME), Set.of(PSP, SCHEME), Set.of(PSP, BIN_RANGE, REGION))
        .doesNotContain(Set.of(SCHEME, BIN_RANGE), Set.of(PSP, SCHEME, BIN_RANGE));
  }

  @Test
  void ofTwoNamesForTheSameTheFirstClassOneIsUsed() {
    Axes axes = new Axes(EnumSet.allOf(Dimension.class));
    axes.add(Leaf.of("a", "eu", "41"));
    axes.add(Leaf.of("b", "eu", "41").with(Dimension.MERCHANT_ACCOUNT, "of-b"));

    assertThat(cuboids(axes)).containsExactly(Set.of(), Set.of(PSP));
  }

  @Test
  void onlyConfiguredDimensionsAreLookedAt() {
    assertThat(cuboids(axes(EnumSet.of(PSP, REGION))))
        .containsExactly(Set.of(), Set.of(PSP), Set.of(REGION), Set.of(PSP, REGION));
  }

  @Test
  void cuboidsThatWouldExceedTheLimitAreLeftOut() {
    Axes axes = axes(EnumSet.of(PSP, REGION, BIN_RANGE));
    int[] all = axes.cuboids(PLENTY, PLENTY);
    int[] few = axes.cuboids(PLENTY, 9);

    assertThat(all).hasSize(8);
    assertThat(few).hasSize(4).startsWith(0);
  }

  private static Axes axes(Set<Dimension> dimensions) {
    Axes axes = new Axes(dimensions);
    for (String psp : List.of("a", "b")) {
      for (String region : List.of("eu", "us")) {
        for (String bin : List.of("41", "42", "51")) {
          axes.add(Leaf.of(psp, region, bin));
        }
      }
    }
    return axes;
  }

  private static List<Set<Dimension>> cuboids(Axes axes) {
    return Arrays.stream(axes.cuboids(PLENTY, PLENTY)).mapToObj(AxesTest::dimensions).toList();
  }

  private static Set<Dimension> dimensions(int mask) {
    EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    for (Dimension dimension : Dimension.ALL) {
      if ((mask & 1 << dimension.ordinal()) != 0) {
        dimensions.add(dimension);
      }
    }
    return dimensions;
  }
}
