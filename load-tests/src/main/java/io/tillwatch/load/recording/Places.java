package io.tillwatch.load.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws where events happen: cells that have enough traffic for what happens to be seen. */
final class Places {

  /** Least share of all attempts. */
  private static final double PSP_REGION_LEAST = 0.02;

  private static final double PSP_BIN_LEAST = 0.0075;
  private static final double SIDE_LEAST = 0.005;

  private final Tenant tenant;
  private final SplittableRandom random;

  Places(Tenant tenant, SplittableRandom random) {
    this.tenant = tenant;
    this.random = random;
  }

  Cell psp() {
    return Cell.ofPsp(random.nextInt(Cube.PSPS));
  }

  Cell region() {
    return Cell.ofRegion(random.nextInt(Cube.REGIONS));
  }

  Cell bin() {
    return Cell.ofBin(random.nextInt(Cube.BINS));
  }

  Cell pspRegion() {
    return one(pairs(Cube.REGIONS, Cell::ofRegion, PSP_REGION_LEAST));
  }

  /** A PSP, or a PSP in a region. */
  Cell pspOrPspRegion() {
    return random.nextBoolean() ? psp() : one(pairs(Cube.REGIONS, Cell::ofRegion, SIDE_LEAST));
  }

  Cell pspBin() {
    return one(pairs(Cube.BINS, Cell::ofBin, PSP_BIN_LEAST));
  }

  private interface Place {
    Cell at(int index);
  }

  private List<Cell> pairs(int size, Place place, double least) {
    List<Cell> pairs = new ArrayList<>();
    for (int psp = 0; psp < Cube.PSPS; psp++) {
      for (int i = 0; i < size; i++) {
        Cell cell = place.at(i).atPsp(psp);
        if (tenant.share(cell) >= least) {
          pairs.add(cell);
        }
      }
    }
    return pairs;
  }

  /** The canary, everywhere or at one PSP. */
  Cell canary() {
    Cell canary = Cell.ofCanary();
    return random.nextBoolean() ? canary : canary.atPsp(random.nextInt(Cube.PSPS));
  }

  /** The region where least succeeds: more of its traffic lowers the overall rate. */
  Cell worstRegion() {
    return Cell.ofRegion(
        IntStream.range(0, Cube.REGIONS)
            .boxed()
            .min(Comparator.comparingDouble(tenant::regionEffect))
            .orElseThrow());
  }

  /** One of the two BINs of which least succeeds. */
  Cell badBin() {
    List<Integer> bins =
        IntStream.range(0, Cube.BINS)
            .boxed()
            .sorted(Comparator.comparingDouble(tenant::binEffect))
            .toList();
    return Cell.ofBin(bins.get(random.nextInt(2)));
  }

  /**
   * A leaf with hardly any traffic.
   *
   * @param leastShare of all attempts that it has
   * @param mostShare of all attempts that it has; a leaf with less than any when none has so little
   */
  Cell tinyLeaf(double leastShare, double mostShare) {
    List<Integer> byShare =
        IntStream.range(0, Cube.LEAVES)
            .boxed()
            .sorted(Comparator.comparingDouble(tenant::share))
            .toList();
    List<Integer> tiny =
        byShare.stream()
            .filter(leaf -> tenant.share(leaf) >= leastShare && tenant.share(leaf) <= mostShare)
            .toList();
    return Cell.ofLeaf(tiny.isEmpty() ? byShare.getFirst() : tiny.get(random.nextInt(tiny.size())));
  }

  private Cell one(List<Cell> cells) {
    return cells.get(random.nextInt(cells.size()));
  }
}
