package io.tillwatch.topology.cube;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of one kind: those being worked on as objects, all of them in the store.
 *
 * <p>Between commits every touched minute stays; after a commit, when there are more than so many
 * cells, the ones touched longest ago go.
 */
final class Minutes {

  private final CubeSettings settings;
  private final CellStore store;
  private final int[] masks;
  private final Map<Long, MinuteCells> resident = new LinkedHashMap<>(64, .75f, true);
  private long newestWrittenMillis;

  /**
   * @param newestWrittenMillis newest minute the store may hold; later ones need not be looked for
   */
  Minutes(CubeSettings settings, CellStore store, long newestWrittenMillis) {
    this.settings = settings;
    this.store = store;
    this.newestWrittenMillis = newestWrittenMillis;
    this.masks = settings.cuboids().stream().mapToInt(Minutes::maskOf).toArray();
  }

  static int maskOf(Set<Dimension> dimensions) {
    int mask = 0;
    for (Dimension dimension : dimensions) {
      mask |= 1 << dimension.ordinal();
    }
    return mask;
  }

  /** Adds a partial; returns the leaf it went to if that was opened by it, else null. */
  @Nullable Slice merge(long minuteMillis, Slice slice, Tally partial) {
    MinuteCells cells = at(minuteMillis);
    boolean isNew = !cells.hasLeaf(slice);
    Slice leaf = cells.merge(slice, partial, settings.minuteCellsMax());
    return isNew ? leaf : null;
  }

  /** The first minute with cells from then on; the end when there is none before it. */
  long firstWithCells(long fromMillis, long toMillis) {
    long first = store.firstMinute(masks[0], fromMillis, toMillis).orElse(toMillis);
    for (long minute : resident.keySet()) {
      if (minute >= fromMillis) {
        first = Math.min(first, minute);
      }
    }
    return first;
  }

  /** The leaf cells of a minute; valid until the next merge. */
  Map<Slice, Tally> leaves(long minuteMillis) {
    if (!resident.containsKey(minuteMillis) && minuteMillis > newestWrittenMillis) {
      return Map.of();
    }
    return at(minuteMillis).leaves();
  }

  private MinuteCells at(long minuteMillis) {
    return resident.computeIfAbsent(
        minuteMillis, m -> new MinuteCells(m, masks, store, m <= newestWrittenMillis));
  }

  /** Writes what changed; returns how many cells that are. */
  int flush() {
    int written = 0;
    int cells = 0;
    for (Map.Entry<Long, MinuteCells> minute : resident.entrySet()) {
      if (minute.getValue().isChanged()) {
        written += minute.getValue().flush();
        newestWrittenMillis = Math.max(newestWrittenMillis, minute.getKey());
      }
      cells += minute.getValue().size();
    }
    Iterator<MinuteCells> oldestFirst = resident.values().iterator();
    while (cells > settings.residentCellsMax() && oldestFirst.hasNext()) {
      cells -= oldestFirst.next().size();
      oldestFirst.remove();
    }
    return written;
  }
}
