package io.tillwatch.topology.detect;

import io.tillwatch.topology.localise.Layout;
import java.util.Arrays;

/** So many numbers for each cell of a layout, 0 for a new one. */
final class PerCell {

  private final int width;
  private float[] values = new float[0];

  PerCell(int width) {
    this.width = width;
  }

  /** Makes room for the cells of a layout that has grown. */
  void fit(Layout layout) {
    int needed = layout.cells() * width;
    if (needed > values.length) {
      values = Arrays.copyOf(values, Math.max(needed, values.length * 3 / 2));
    }
  }

  float get(int cell, int i) {
    return values[cell * width + i];
  }

  void set(int cell, int i, double value) {
    values[cell * width + i] = (float) value;
  }

  void clear(int cell) {
    Arrays.fill(values, cell * width, (cell + 1) * width, 0);
  }

  /** Moves to another layout: cells of the same name keep their numbers. */
  void carry(Layout from, Layout to) {
    float[] moved = new float[to.cells() * width];
    for (int cell = 0; cell < to.cells(); cell++) {
      int old = from.find(to.slice(cell));
      if (old >= 0) {
        System.arraycopy(values, old * width, moved, cell * width, width);
      }
    }
    values = moved;
  }

  void write(BytesOut out, Layout layout) {
    out.singles(values, layout.cells() * width);
  }

  void read(BytesIn in) {
    values = in.singles();
  }
}
