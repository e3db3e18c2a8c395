package io.tillwatch.load.bench.recount;

import java.util.HashMap;
import java.util.Map;

/** The cells counted the plain way: one event after the other into a map. Not thread-safe. */
public final class Recount {

  private final Map<CellKey, Measures> cells = new HashMap<>();
  private final long endMillis;

  /**
   * @param endMillis cells from there on are nobody's business: they hold the markers that close
   *     the last minutes
   */
  public Recount(long endMillis) {
    this.endMillis = endMillis;
  }

  /** An event as it was produced. */
  public record Event(
      long timeMillis,
      String psp,
      String bin,
      String region,
      int outcome,
      int reason,
      int attempt,
      String currency,
      long amountMinor,
      int latencyMillis) {}

  /** Counts one event in all its cells. */
  public void add(Event event) {
    long minute = CellKey.minuteOf(event.timeMillis);
    for (RollUp rollUp : RollUp.ALL) {
      cells
          .computeIfAbsent(
              rollUp.cell(minute, event.psp, event.bin, event.region), c -> new Measures())
          .add(
              event.outcome,
              event.reason,
              event.attempt,
              event.currency,
              event.amountMinor,
              event.latencyMillis);
    }
  }

  /** What takes a cell and may fail. */
  @FunctionalInterface
  public interface Each<E extends Exception> {
    /** Takes one cell. */
    void accept(CellKey cell, Measures measures) throws E;
  }

  /** All cells in any order. */
  public <E extends Exception> void forEach(Each<E> each) throws E {
    for (Map.Entry<CellKey, Measures> cell : cells.entrySet()) {
      each.accept(cell.getKey(), cell.getValue());
    }
  }

  /** Cells counted. */
  public int size() {
    return cells.size();
  }

  /** A comparison with what somebody else has counted. */
  public Comparison compare() {
    return new Comparison(cells, endMillis);
  }
}
