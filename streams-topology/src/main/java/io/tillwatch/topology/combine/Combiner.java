package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.BlockWriter;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.List;
import java.util.function.Predicate;

/**
 * The partial cells of one ingest task since they were last forwarded.
 *
 * <p>They may leave only inside the transaction that commits the offsets of their events: at the
 * commit, or within the {@code process} that took the last of them in. When a kind has had no event
 * for a while an empty block says so, again and again: the cube believes what it heard since it
 * started only. Used by one task.
 */
public final class Combiner {

  /** Some 150 KB: only a replay of sparse minutes has so many in one commit. */
  private static final int CAUSES_A_BLOCK = 5_000;

  private final Combine combine;
  private final Inflow[] inflows = new Inflow[EventKind.values().length];
  private final SliceIndex index = new SliceIndex();
  private final BlockWriter writer;
  private final Causes causes = new Causes();

  /** Takes the blocks. */
  @FunctionalInterface
  public interface Blocks {

    /** One block, under its key. */
    void forward(String key, byte[] block, long nowMillis);
  }

  Combiner(Combine combine, int partition) {
    this.combine = combine;
    this.writer = combine.blocks().writer(index);
    for (EventKind kind : EventKind.values()) {
      inflows[kind.ordinal()] = new Inflow(combine.tenant(), kind, partition, combine.keyOf(kind));
    }
  }

  /** Where slices and values have their numbers. They change only when blocks are forwarded. */
  public SliceIndex index() {
    return index;
  }

  /** The cells of an event's minute, to which it is to be added. */
  public CellTable cells(EventKind kind, long eventTimeMillis) {
    return inflows[kind.ordinal()].cells(eventTimeMillis);
  }

  /** Says that a cell of that minute will be added to soon. */
  public void expect(EventKind kind, long eventTimeMillis, int slice) {
    inflows[kind.ordinal()].expect(eventTimeMillis, slice);
  }

  /**
   * Whether so much is held that it should be forwarded at once, in the transaction that is open.
   */
  public boolean isFull() {
    long bytes = 0;
    int cells = 0;
    for (Inflow inflow : inflows) {
      bytes += inflow.bytes();
      cells += inflow.size();
    }
    return cells >= combine.settings().cellsMax()
        || bytes >= combine.settings().bytesMax() && cells > 0
        || !hasRoom();
  }

  /** Whether every dimension could take one more batch of values never seen before. */
  private boolean hasRoom() {
    for (Dimension dimension : Dimension.ALL) {
      if (index.values(dimension).size() > SliceIndex.valuesMax(dimension) * 3L / 4) {
        return false;
      }
    }
    return index.size() <= combine.settings().slicesMax();
  }

  /**
   * Looks at the wall clock, as silence must; says nothing about events.
   *
   * @param isAtEnd whether there is nothing to read of a kind: else it is not idle, only slow
   */
  public void tick(long wallClockMillis, Predicate<EventKind> isAtEnd) {
    long idleAfterMillis = combine.settings().idleAfter().toMillis();
    for (EventKind kind : EventKind.values()) {
      inflows[kind.ordinal()].tick(wallClockMillis, idleAfterMillis, isAtEnd.test(kind));
    }
  }

  /** Lets go of what a rush has made large, or else little would be too much for ever. */
  private void shrink() {
    long bytesKept = combine.settings().bytesMax() / 2;
    long bytes = 0;
    for (Inflow inflow : inflows) {
      bytes += inflow.bytes();
    }
    if (bytes > bytesKept) {
      for (Inflow inflow : inflows) {
        inflow.shrink(bytesKept / inflows.length);
      }
    }
  }

  /** Before the blocks of what is owed: those close minutes. */
  private void forwardCauses(Blocks to, long now) {
    Inflow causing = inflows[Causes.CAUSE.ordinal()];
    if (!causing.hasNews()) {
      return;
    }
    causing.tellCauses(causes, index);
    List<CellBlocks.Cell> cells = causes.drain();
    CellBlocks.Head head = causing.headAt(now);
    CellBlocks.Head part =
        new CellBlocks.Head(head.tenant(), head.kind(), head.sourcePartition(), 0, false);
    String key = combine.keyOf(Causes.OWED);
    int from = 0;
    for (; cells.size() - from > CAUSES_A_BLOCK; from += CAUSES_A_BLOCK) {
      List<CellBlocks.Cell> some = cells.subList(from, from + CAUSES_A_BLOCK);
      to.forward(key, combine.blocks().write(part, some), now);
    }
    List<CellBlocks.Cell> last = cells.subList(from, cells.size());
    to.forward(key, combine.blocks().write(head, last), now);
  }

  /** Hands over all that is held. */
  public void forward(Blocks to) {
    long now = combine.clock().millis();
    forwardCauses(to, now);
    for (Inflow inflow : inflows) {
      inflow.forward(writer, to, now);
    }
    shrink();
    if (!hasRoom()) {
      index.clear();
    }
  }
}
