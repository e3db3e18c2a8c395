package io.tillwatch.load.recording;

import java.util.List;

/**
 * The leaves of a recording: every combination of PSP, region, BIN and version, numbered in that
 * order.
 */
record Cube(List<String> psps, List<String> regions, List<String> bins) {

  static final int PSPS = 4;
  static final int REGIONS = 4;
  static final int BINS = 8;
  static final int VERSIONS = 2;
  static final int LEAVES = PSPS * REGIONS * BINS * VERSIONS;

  static final int CANARY = 0;
  static final int STABLE = 1;

  static final List<String> DIMENSIONS = List.of("psp", "region", "bin", "ver");
  private static final List<String> VERSION_NAMES = List.of("canary", "stable");

  static int leaf(int psp, int region, int bin, int version) {
    return ((psp * REGIONS + region) * BINS + bin) * VERSIONS + version;
  }

  static int version(int leaf) {
    return leaf % VERSIONS;
  }

  static int bin(int leaf) {
    return leaf / VERSIONS % BINS;
  }

  static int region(int leaf) {
    return leaf / (VERSIONS * BINS) % REGIONS;
  }

  static int psp(int leaf) {
    return leaf / (VERSIONS * BINS * REGIONS);
  }

  /** The values of a leaf in the order of {@link #DIMENSIONS}. */
  List<String> values(int leaf) {
    return List.of(
        psps.get(psp(leaf)),
        regions.get(region(leaf)),
        bins.get(bin(leaf)),
        VERSION_NAMES.get(version(leaf)));
  }

  /** The value a cell has in a dimension that it is bound in. */
  String value(int dimension, int index) {
    return List.of(psps, regions, bins, VERSION_NAMES).get(dimension).get(index);
  }
}
