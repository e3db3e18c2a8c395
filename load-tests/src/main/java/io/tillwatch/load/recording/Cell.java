package io.tillwatch.load.recording;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Some leaves of a {@link Cube}: those with the given index in each dimension that is bound. */
record Cell(int psp, int region, int bin, int version) {

  private static final int ANY = -1;

  static final Cell ALL = new Cell(ANY, ANY, ANY, ANY);

  static Cell ofPsp(int psp) {
    return ALL.atPsp(psp);
  }

  static Cell ofRegion(int region) {
    return new Cell(ANY, region, ANY, ANY);
  }

  static Cell ofBin(int bin) {
    return new Cell(ANY, ANY, bin, ANY);
  }

  static Cell ofCanary() {
    return new Cell(ANY, ANY, ANY, Cube.CANARY);
  }

  static Cell ofLeaf(int leaf) {
    return new Cell(Cube.psp(leaf), Cube.region(leaf), Cube.bin(leaf), Cube.version(leaf));
  }

  Cell atPsp(int value) {
    return new Cell(value, region, bin, version);
  }

  Cell inRegion(int value) {
    return new Cell(psp, value, bin, version);
  }

  boolean holds(int leaf) {
    return allows(psp, Cube.psp(leaf))
        && allows(region, Cube.region(leaf))
        && allows(bin, Cube.bin(leaf))
        && allows(version, Cube.version(leaf));
  }

  boolean allowsRegion(int index) {
    return allows(region, index);
  }

  private static boolean allows(int bound, int index) {
    return bound == ANY || bound == index;
  }

  /** Values by dimension name; nothing for all leaves. */
  Map<String, String> toMap(Cube cube) {
    int[] bound = {psp, region, bin, version};
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < bound.length; i++) {
      if (bound[i] != ANY) {
        map.put(Cube.DIMENSIONS.get(i), cube.value(i, bound[i]));
      }
    }
    return map;
  }

  /** {@code a=1&b=2} in order of the names; nothing for all leaves. */
  String text(Cube cube) {
    return new TreeMap<>(toMap(cube))
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
  }
}
