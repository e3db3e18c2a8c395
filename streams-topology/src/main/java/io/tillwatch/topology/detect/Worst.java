package io.tillwatch.topology.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The cells of up to two dimensions that did worst over the last minutes. */
final class Worst {

  private static final int WINDOW_MINUTES = 15;
  private static final int LAYERS = 2;

  private Worst() {}

  static List<WorstCell> of(Memory memory, int limit) {
    long now = memory.last + Watch.MINUTE_MILLIS;
    RootCell[] cells = new RootCell[memory.layout.cells()];
    for (Minute minute : memory.ring.between(now - WINDOW_MINUTES * Watch.MINUTE_MILLIS, now)) {
      for (int row = 0; row < minute.rows(); row++) {
        for (int cell : memory.layout.cellsOf(minute.leaf[row])) {
          if (memory.layout.layer(memory.layout.cuboidOf(cell)) <= LAYERS) {
            if (cells[cell] == null) {
              cells[cell] = new RootCell(memory.layout.slice(cell));
            }
            cells[cell].add(minute, row, memory);
          }
        }
      }
    }
    List<RootCell> seen = new ArrayList<>();
    for (RootCell cell : cells) {
      if (cell != null && cell.judged() > 0) {
        seen.add(cell);
      }
    }
    seen.sort(Comparator.comparingDouble(RootCell::evidence).reversed());
    return seen.stream().limit(limit).map(Worst::told).toList();
  }

  private static WorstCell told(RootCell cell) {
    double judged = cell.judged();
    return new WorstCell(
        cell.slice,
        cell.judged(),
        (judged - cell.failures()) / judged,
        (judged - cell.failuresExpected()) / judged,
        Math.max(0, cell.failures() - cell.failuresExpected()),
        cell.evidence());
  }
}
