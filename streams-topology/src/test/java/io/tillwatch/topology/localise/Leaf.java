package io.tillwatch.topology.localise;

import io.tillwatch.schemas.slice.Slice;
import java.util.Map;

/** Leaves and cells by a few values, for tests. */
final class Leaf {

  private Leaf() {}

  static Slice of(String psp, String region, String bin) {
    return Slice.leaf(psp, bin, region, "card", bin.substring(0, 1), "FR", "shop", "v1", "no");
  }

  static Slice cell(String... labelsAndValues) {
    Map<String, String> values = new java.util.HashMap<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      values.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return Slice.of(values);
  }
}
