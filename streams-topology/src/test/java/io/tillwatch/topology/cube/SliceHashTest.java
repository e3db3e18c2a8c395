package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Goal: whoever looks for cells looks where they are, and cells are spread. Method: random slices
 * of random cuboids, and the slices that cover them.
 */
class SliceHashTest {

  private static final long SEED = 20261128;
  private static final int LEAVES = (1 << Dimension.ALL.size()) - 1;
  private static final int FIRST_THREE = 0b111;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final SliceIndex index = new SliceIndex();
  private final SliceHash hash = new SliceHash(index);

  @Test
  void aSliceHasTheSameHashByItsNumberAndByItsValues() {
    for (int i = 0; i < 5_000; i++) {
      Slice slice = slice(random.nextInt(LEAVES + 1));
      assertThat(hash.of(index.number(slice))).as("%s", slice).isEqualTo(SliceHash.of(slice));
    }
  }

  @Test
  void aCellIsInOneOfTheBucketsOfEverySliceThatCoversIt() {
    for (int i = 0; i < 2_000; i++) {
      int mask = i % 2 == 0 ? LEAVES : random.nextInt(LEAVES + 1);
      Slice cell = slice(mask);
      int fixed = i % 3 == 0 ? mask & FIRST_THREE : mask & random.nextInt(LEAVES + 1);
      int level = random.nextInt(12);
      int[] buckets = SliceHash.buckets(cell.keep(fixed), mask, level).toArray();
      BitSet different = new BitSet();
      Arrays.stream(buckets).forEach(different::set);
      String which = "seed %d, %s of %d at level %d".formatted(SEED, cell, fixed, level);
      assertThat(different.get(CellStore.bucketOf(SliceHash.of(cell), level))).as(which).isTrue();
      assertThat(different.cardinality()).as(which).isEqualTo(buckets.length);
      assertThat(different.length()).as(which).isLessThanOrEqualTo(1 << level);
    }
  }

  @Test
  void theFirstThreeValuesAreFoundInTheCubeRootOfAllBuckets() {
    Slice wanted = slice(FIRST_THREE);
    assertThat(SliceHash.buckets(wanted, LEAVES, 9)).hasSize(8);
    assertThat(SliceHash.buckets(wanted, FIRST_THREE, 9)).hasSize(1);
    assertThat(SliceHash.buckets(wanted.keep(0b11), LEAVES, 9)).hasSize(512);
  }

  /** Healthy: 64 cells in a bucket on average, some 100 in the fullest of 512. */
  @Test
  void leavesAreSpreadEvenlyWhateverTheyDifferIn() {
    assertThat(fullest(i -> new int[] {i % 8, i / 8 % 341, i / 2_728})).isLessThan(160);
    // One PSP, BIN range and region: 32,768 merchants in 8 buckets.
    assertThat(fullest(i -> new int[] {0, 0, 0, 0, 0, 0, i})).isBetween(4_096, 4_500);
  }

  private int fullest(IntFunction<int[]> leaf) {
    int[] cells = new int[512];
    for (int i = 0; i < 64 * cells.length; i++) {
      int[] numbers = Arrays.copyOf(leaf.apply(i), Dimension.ALL.size());
      @Nullable String[] values = new @Nullable String[numbers.length];
      Arrays.setAll(values, d -> "value-" + numbers[d]);
      cells[CellStore.bucketOf(SliceHash.of(Slice.at(values)), 9)]++;
    }
    return Arrays.stream(cells).max().orElseThrow();
  }

  private Slice slice(int mask) {
    @Nullable String[] values = new @Nullable String[Dimension.ALL.size()];
    Arrays.setAll(values, d -> (mask & 1 << d) == 0 ? null : "value-" + random.nextInt(10));
    return Slice.at(values);
  }
}
