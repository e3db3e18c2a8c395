package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Brings the cells of one kind up to one rung, span by span: leaves are merged from the finer rung
 * below, every other cuboid is added up from the one above it, which has few cells by then.
 *
 * <p>A span is written cuboid by cuboid, and a large cuboid in parts by the hash of the slice, so
 * that a step is a bounded piece of work and memory; where few PSPs, BIN ranges and regions have
 * most of the leaves, some parts are several times as large as others (see {@link SliceHash}). The
 * finer cells stay, and late ones go to both rungs: to the coarser one as far as it has come, the
 * rest is found below when its turn comes. So each event is once in each rung, wherever a commit
 * falls. Used by the task's thread.
 */
final class Compaction {

  /** Leaf cells read for one part, on average at most: some ten milliseconds. */
  static final int READ_IN_PART = 1 << 14;

  /** Cells of one part of a cuboid that is added up: some 20 MB. */
  static final int ADDED_IN_PART = 1 << 16;

  /** What a step costs besides the cells, as so many of them. */
  static final int STEP_READS = 100;

  private static final int PART_LEVEL_MAX = 12;
  private static final int NO_CUBOID = -1;

  private final Rung rung;
  private final OwnNumbering own;
  private final RollUps rollUps;
  private final SealedCells below;
  private final SealedCells here;
  private final SealedCells late;

  /** Cuboids in an order in which each comes after the one it is added up from. */
  private final int[] order;

  private final RungProgress progress;
  private final CellTable sums = new CellTable();
  private final CellTable bucket = new CellTable();
  private long neededFromMillis;
  private boolean changed;

  /**
   * The cells that it reads and writes.
   *
   * @param below those of the finer rung, under its own numbers
   * @param here those of this rung, under its own numbers
   * @param late those of this rung, under the numbers of late cells
   */
  record Cells(SealedCells below, SealedCells here, SealedCells late) {}

  Compaction(Rung rung, OwnNumbering own, RollUps rollUps, Cells cells, RungProgress progress) {
    this.rung = rung;
    this.own = own;
    this.rollUps = rollUps;
    this.below = cells.below;
    this.here = cells.here;
    this.late = cells.late;
    this.progress = progress;
    this.order =
        IntStream.of(rollUps.masks())
            .boxed()
            .sorted(Comparator.comparing(Integer::bitCount).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    look();
  }

  Rung rung() {
    return rung;
  }

  /** Spans that start before are there whole. */
  long doneToMillis() {
    return progress.doneToMillis;
  }

  /** Whether a span is there, whole or in part: late cells of it belong here as well. */
  boolean has(long startMillis) {
    return startMillis < progress.doneToMillis || startMillis == progress.startMillis;
  }

  /** From here on it needs the cells of the rung below; {@link Long#MAX_VALUE} for none. */
  long neededFromMillis() {
    return neededFromMillis;
  }

  /** There are, or will be, cells of then below. */
  void comes(long millis) {
    if (millis >= progress.doneToMillis) {
      neededFromMillis = Math.min(neededFromMillis, rung.floor(millis));
    }
  }

  /** What is to be stored when it has changed since this was last asked. */
  byte[] takeProgress() {
    changed = false;
    return progress.toBytes();
  }

  boolean hasChanged() {
    return changed;
  }

  /**
   * Does the next piece of work there is before a moment, the start of a span.
   *
   * @param writableToMillis spans from there on may not be written yet
   * @return what it cost, in cells read; 0 when there was nothing to do that could be done
   */
  int step(long dueToMillis, long writableToMillis) {
    if (progress.doneToMillis >= dueToMillis) {
      return 0;
    }
    if (progress.startMillis == RungProgress.NONE && !begin(dueToMillis)) {
      return STEP_READS;
    }
    if (progress.startMillis >= writableToMillis) {
      return 0;
    }
    changed = true;
    int read = part();
    if (progress.parts == 1 << progress.partLevel) {
      endOfCuboid();
    }
    return STEP_READS + read;
  }

  /** Goes to the next span with cells; whatever is before has none. */
  private boolean begin(long dueToMillis) {
    OptionalLong first = below.firstMinute(progress.doneToMillis, dueToMillis - 1);
    changed = true;
    if (first.isEmpty()) {
      progress.doneToMillis = dueToMillis;
      look();
      return false;
    }
    progress.begin(rung.floor(first.getAsLong()));
    progress.doneToMillis = progress.startMillis;
    return true;
  }

  private void look() {
    neededFromMillis =
        below.firstMinute(progress.doneToMillis, Long.MAX_VALUE - 1).stream()
            .map(rung::floor)
            .findFirst()
            .orElse(Long.MAX_VALUE);
  }

  private int part() {
    int mask = nextCuboid();
    if (progress.parts == 0 || progress.mask != mask) {
      progress.mask = mask;
      progress.parts = 0;
      progress.partLevel = mask == rollUps.leafMask() ? leafParts() : parts(mask);
    }
    own.forget();
    sums.clear();
    int read = mask == rollUps.leafMask() ? mergeLeaves() : addUp(mask);
    if (progress.parts == 0) {
      long cells = cells(mask, (long) sums.size() << progress.partLevel);
      int level = CellStore.levelOf((int) Math.min(Integer.MAX_VALUE, cells));
      progress.level = Math.max(progress.partLevel, level);
    }
    here.write(progress.startMillis, mask, sums, progress.level);
    if (mask == rollUps.leafMask()) {
      progress.head.leafCells(progress.head.leafCells() + sums.size());
    }
    progress.parts++;
    return read + sums.size();
  }

  private void endOfCuboid() {
    progress.head.level(progress.mask, progress.level);
    progress.parts = 0;
    if (nextCuboid() == NO_CUBOID) {
      here.write(progress.startMillis, progress.head);
      progress.end(rung.span().toMillis());
      look();
    }
  }

  private int nextCuboid() {
    for (int mask : order) {
      if (progress.head.level(mask) == MinuteHead.ABSENT) {
        return mask;
      }
    }
    return NO_CUBOID;
  }

  private long endMillis() {
    return progress.startMillis + rung.span().toMillis();
  }

  private int leafParts() {
    return levelFor(leavesBelow()[1], READ_IN_PART);
  }

  /**
   * How many cells a cuboid will have: as many as its first part makes one think, but no fewer and
   * no more than there can be. Parts are not equally large.
   */
  private long cells(int mask, long byFirstPart) {
    if (mask == rollUps.leafMask()) {
      long[] below = leavesBelow();
      return Math.clamp(byFirstPart, below[0], below[1]);
    }
    return Math.min(byFirstPart, cellsAt(progress.head.level(rollUps.parentOf(mask))));
  }

  /** Leaf cells of the spans below: of the one with the most, and of all together. */
  private long[] leavesBelow() {
    long[] cells = new long[2];
    below.heads(
        progress.startMillis,
        endMillis(),
        (start, head) -> {
          cells[0] = Math.max(cells[0], head.leafCells());
          cells[1] += head.leafCells();
        });
    return cells;
  }

  /** A cuboid has no more cells than the one above, nor than all those below together. */
  private int parts(int mask) {
    int parent = rollUps.parentOf(mask);
    long above = cellsAt(progress.head.level(parent));
    if (above <= ADDED_IN_PART) {
      return 0;
    }
    long[] cells = new long[1];
    below.heads(
        progress.startMillis,
        endMillis(),
        (start, head) -> {
          int level = head.level(mask);
          cells[0] += level == MinuteHead.ABSENT ? above : cellsAt(level);
        });
    return levelFor(Math.min(above, cells[0]), ADDED_IN_PART);
  }

  private static long cellsAt(int level) {
    return (long) CellStore.BUCKET_CELLS << level;
  }

  private static int levelFor(long cells, int most) {
    int level = 0;
    while (level < PART_LEVEL_MAX && cells >> level > most) {
      level++;
    }
    return level;
  }

  private int mergeLeaves() {
    int mask = rollUps.leafMask();
    int[] read = new int[1];
    below.heads(
        progress.startMillis,
        endMillis(),
        (start, head) -> {
          int level = head.level(mask);
          int step = 1 << Math.min(level, progress.partLevel);
          for (int b = progress.parts & step - 1; b < 1 << level; b += step) {
            SealedCells.Bucket from = new SealedCells.Bucket(start, mask, level, b);
            read[0] += merge(below, from, mask, /* isWhole= */ level >= progress.partLevel);
          }
        });
    return read[0];
  }

  private int addUp(int mask) {
    int parent = rollUps.parentOf(mask);
    int level = progress.head.level(parent);
    int read = 0;
    for (int b = 0; b < 1 << level; b++) {
      SealedCells.Bucket from = new SealedCells.Bucket(progress.startMillis, parent, level, b);
      read += merge(here, from, mask, progress.partLevel == 0);
    }
    return read;
  }

  /** Merges the cells of a bucket that belong to this part: all of them, if it is there whole. */
  private int merge(SealedCells cells, SealedCells.Bucket from, int mask, boolean isWhole) {
    if (isWhole) {
      return cells.addTo(sums, mask, from);
    }
    bucket.clear();
    int read = cells.addTo(bucket, mask, from);
    for (int row = 0; row < bucket.size(); row++) {
      int slice = bucket.sliceAt(row);
      if (partOf(own.numbering().hash().of(slice)) == progress.parts) {
        sums.merge(sums.row(slice), bucket, row);
      }
    }
    return read;
  }

  private int partOf(int hash) {
    return CellStore.bucketOf(hash, progress.partLevel);
  }

  /**
   * Adds late leaf cells of a span that is {@link #has here}, as far as it is.
   *
   * @param leaves under the numbers of late cells
   * @return how many cells were written
   */
  int late(long startMillis, CellTable leaves, Numbered of) {
    SliceIndex index = of.numbering().index();
    if (startMillis == progress.startMillis) {
      changed = true;
      int[] written = new int[1];
      rollUps.of(
          leaves, index, of.lock(), (mask, cells) -> written[0] += lateInPart(mask, cells, of));
      return written[0];
    }
    MinuteHead head = late.head(startMillis);
    int written =
        head.level(rollUps.leafMask()) == MinuteHead.ABSENT
            ? writeLate(startMillis, leaves, head, of)
            : mergeLate(startMillis, leaves, head, of);
    late.write(startMillis, head);
    return written;
  }

  private int writeLate(long startMillis, CellTable leaves, MinuteHead head, Numbered of) {
    head.leafCells(leaves.size());
    int[] written = new int[1];
    rollUps.of(
        leaves,
        of.numbering().index(),
        of.lock(),
        (mask, cells) -> {
          late.write(startMillis, mask, cells, head);
          written[0] += cells.size();
        });
    return written[0];
  }

  private int mergeLate(long startMillis, CellTable leaves, MinuteHead head, Numbered of) {
    int[] written = new int[1];
    rollUps.of(
        leaves,
        of.numbering().index(),
        of.lock(),
        (mask, cells) -> {
          // A cuboid that was not kept when the span was written is added up by its readers.
          if (head.level(mask) != MinuteHead.ABSENT) {
            SealedCells.Merged merged = late.merge(startMillis, mask, cells, head.level(mask));
            written[0] += merged.written();
            head.leafCells(head.leafCells() + (mask == rollUps.leafMask() ? merged.added() : 0));
          }
        });
    return written[0];
  }

  /** What is not here yet finds them in the rung below, or in the cuboid above. */
  private int lateInPart(int mask, CellTable cells, Numbered of) {
    int level = progress.head.level(mask);
    CellTable now = cells;
    if (level == MinuteHead.ABSENT) {
      if (mask != progress.mask || progress.parts == 0) {
        return 0;
      }
      level = progress.level;
      now = new CellTable();
      for (int row = 0; row < cells.size(); row++) {
        int slice = cells.sliceAt(row);
        if (partOf(of.numbering().hash().of(slice)) < progress.parts) {
          now.merge(now.row(slice), cells, row);
        }
      }
    }
    SealedCells.Merged merged = late.merge(progress.startMillis, mask, now, level);
    if (mask == rollUps.leafMask()) {
      progress.head.leafCells(progress.head.leafCells() + merged.added());
    }
    return merged.written();
  }
}
