package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What webhooks are owed for: authorisations by minute and PSP, sent to where the webhooks are
 * counted, so that it is known how many should have come.
 *
 * <p>It is a block like any other, of the kind of the causes, under the key of the kind that is
 * owed: a few cells per commit. Its watermark says up to when the causes are complete.
 */
public final class Causes {

  /** The kind that causes. */
  public static final EventKind CAUSE = EventKind.AUTH;

  /** The kind that is owed for it. */
  public static final EventKind OWED = EventKind.WEBHOOK;

  /** Events since the last block, by minute and PSP. */
  private final SortedMap<Long, SortedMap<String, Long>> counts = new TreeMap<>();

  /** Takes in a table of the causes' kind. */
  void add(long minuteMillis, CellTable table, SliceIndex index) {
    long[] byCode = new long[index.values(Dimension.PSP).size() + 1];
    for (int row = 0; row < table.size(); row++) {
      byCode[index.code(table.sliceAt(row), Dimension.PSP)] += table.events(row);
    }
    SortedMap<String, Long> byPsp = counts.computeIfAbsent(minuteMillis, m -> new TreeMap<>());
    for (int code = 1; code < byCode.length; code++) {
      if (byCode[code] > 0) {
        byPsp.merge(index.values(Dimension.PSP).value(code), byCode[code], Long::sum);
      }
    }
  }

  /** All that was taken in, as cells; empties it. */
  List<CellBlocks.Cell> drain() {
    List<CellBlocks.Cell> cells = new ArrayList<>();
    counts.forEach((minute, byPsp) ->
        byPsp.forEach((psp, events) ->
            cells.add(
                new CellBlocks.Cell(
                    minute,
                    Slice.TOTAL.with(Dimension.PSP, psp),
                    Tally.of(
                        new CellTotals(events, events, List.of(), List.of(), List.of(), null))))));
    counts.clear();
    return cells;
  }

  /** Adds what a block tells to counts by minute and PSP. */
  public static void addTo(
      SortedMap<Long, SortedMap<String, Long>> counts, CellBlocks.Block block) {
    for (CellBlocks.Cell cell : block.cells()) {
      String psp = cell.slice().get(Dimension.PSP);
      if (psp != null) {
        Map<String, Long> byPsp =
            counts.computeIfAbsent(cell.minuteMillis(), minute -> new TreeMap<>());
        byPsp.merge(psp, cell.tally().events(), Long::sum);
      }
    }
  }
}
