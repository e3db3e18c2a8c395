package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads the names of cells by dimension label, so that dimensions may be added. */
final class Names {

  private Names() {}

  static void write(Slice slice, BytesOut out) {
    Map<String, String> values = slice.toMap();
    out.number(values.size());
    values.forEach((label, value) -> out.text(label).text(value));
  }

  static Slice readOne(BytesIn in) {
    Map<String, String> values = new HashMap<>();
    for (int left = in.count(); left > 0; left--) {
      values.put(in.text(), in.text());
    }
    return Slice.of(values);
  }

  static void write(List<Slice> slices, BytesOut out) {
    out.number(slices.size());
    slices.forEach(slice -> write(slice, out));
  }

  static List<Slice> read(BytesIn in) {
    List<Slice> slices = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      slices.add(readOne(in));
    }
    return slices;
  }
}
