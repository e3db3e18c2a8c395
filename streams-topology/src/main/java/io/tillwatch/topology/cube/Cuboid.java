package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells of one cuboid of one minute as objects; knows which chunks differ from the store. */
final class Cuboid {

  private final Map<Slice, Integer> places = new HashMap<>();
  private final List<CellBlocks.Cell> cells = new ArrayList<>();
  private final BitSet changedChunks = new BitSet();

  Cuboid(List<CellBlocks.Cell> stored) {
    for (CellBlocks.Cell cell : stored) {
      places.put(cell.slice(), cells.size());
      cells.add(cell);
    }
  }

  boolean has(Slice slice) {
    return places.containsKey(slice);
  }

  void merge(long minuteMillis, Slice slice, Tally partial) {
    Integer known = places.get(slice);
    int place;
    if (known == null) {
      place = cells.size();
      places.put(slice, place);
      cells.add(new CellBlocks.Cell(minuteMillis, slice, partial.copy()));
    } else {
      place = known;
      cells.get(place).tally().merge(partial);
    }
    changedChunks.set(place / CellStore.CHUNK_CELLS);
  }

  int size() {
    return cells.size();
  }

  /** Cells by slice; valid until the next merge. */
  Map<Slice, Tally> tallies() {
    Map<Slice, Tally> tallies = HashMap.newHashMap(cells.size());
    cells.forEach(cell -> tallies.put(cell.slice(), cell.tally()));
    return Collections.unmodifiableMap(tallies);
  }

  /** Writes the chunks that changed; returns how many cells these are. */
  int flush(CellStore store, long minuteMillis, int mask) {
    int written = 0;
    for (int chunk = changedChunks.nextSetBit(0);
        chunk >= 0;
        chunk = changedChunks.nextSetBit(chunk + 1)) {
      int from = chunk * CellStore.CHUNK_CELLS;
      int to = Math.min(cells.size(), from + CellStore.CHUNK_CELLS);
      store.write(minuteMillis, mask, chunk, cells.subList(from, to));
      written += to - from;
    }
    changedChunks.clear();
    return written;
  }
}
