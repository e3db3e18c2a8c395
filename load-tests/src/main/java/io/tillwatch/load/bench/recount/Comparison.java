package io.tillwatch.load.bench.recount;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Compares the cells of a contestant with the recount, one after the other. Not thread-safe. */
public final class Comparison implements BiConsumer<CellKey, Measures> {

  private final Map<CellKey, Measures> expected;
  private final long endMillis;
  private final Set<CellKey> seen = new HashSet<>();
  private long doubled;
  private long wrong;
  private long unexpected;
  private long lostEvents;
  private long doubledEvents;
  private @Nullable String first;

  Comparison(Map<CellKey, Measures> expected, long endMillis) {
    this.expected = expected;
    this.endMillis = endMillis;
  }

  /**
   * How the two differ.
   *
   * @param cells that were compared
   * @param missing cells that should be there
   * @param doubled cells that are there twice
   * @param wrong cells that hold something else
   * @param unexpected cells that should not be there
   * @param lostEvents events too few, by finest cell
   * @param doubledEvents events too many, by finest cell
   * @param first the first difference found, for people
   */
  public record Differences(
      long cells,
      long missing,
      long doubled,
      long wrong,
      long unexpected,
      long lostEvents,
      long doubledEvents,
      @Nullable String first) {

    /** Whether there is none. */
    public boolean isNone() {
      return missing + doubled + wrong + unexpected == 0;
    }
  }

  @Override
  public void accept(CellKey cell, Measures found) {
    if (cell.minuteMillis() >= endMillis) {
      return;
    }
    Measures should = expected.get(cell);
    if (should == null) {
      unexpected++;
      weigh(cell, 0, found.events());
      tell(cell, "nothing", found);
    } else if (!seen.add(cell)) {
      doubled++;
      weigh(cell, 0, found.events());
      tell(cell, "one cell", "another one: " + found);
    } else if (!should.equals(found)) {
      wrong++;
      weigh(cell, should.events(), found.events());
      tell(cell, should, found);
    }
  }

  /** What was found; cells not seen by now are missing. */
  public Differences finish() {
    long missing = 0;
    for (Map.Entry<CellKey, Measures> cell : expected.entrySet()) {
      if (!seen.contains(cell.getKey())) {
        missing++;
        weigh(cell.getKey(), cell.getValue().events(), 0);
        tell(cell.getKey(), cell.getValue(), "nothing");
      }
    }
    return new Differences(
        expected.size(), missing, doubled, wrong, unexpected, lostEvents, doubledEvents, first);
  }

  private void weigh(CellKey cell, long should, long found) {
    boolean finest = !cell.psp().isEmpty() && !cell.bin().isEmpty() && !cell.region().isEmpty();
    if (finest) {
      lostEvents += Math.max(0, should - found);
      doubledEvents += Math.max(0, found - should);
    }
  }

  private void tell(CellKey cell, Object should, Object found) {
    if (first == null) {
      first = "%s: expected %s, found %s".formatted(cell, should, found);
    }
  }
}
