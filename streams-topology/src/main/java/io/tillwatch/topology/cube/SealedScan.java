package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.BlockScan;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** One reader's look at the cells of a cuboid on disk. */
final class SealedScan {

  private final ReadOnlyWindowStore<Bytes, byte[]> store;
  private final EventKind kind;
  private final int leafMask;
  private final Slice wanted;
  private final BlockScan blocks;

  /**
   * @param wanted only cells that it covers
   */
  SealedScan(
      ReadOnlyWindowStore<Bytes, byte[]> store,
      EventKind kind,
      int leafMask,
      Slice wanted,
      CellBlocks blocks) {
    this.store = store;
    this.kind = kind;
    this.leafMask = leafMask;
    this.wanted = wanted;
    this.blocks = new BlockScan(blocks, wanted);
  }

  /** The minutes that are stored. */
  Set<Long> minutes(long fromMillis, long toMillis) {
    Set<Long> minutes = new TreeSet<>();
    forEach(
        CellStore.headKey(kind),
        fromMillis,
        toMillis,
        (minute, head) -> {
          minutes.add(minute);
          return true;
        });
    return minutes;
  }

  /**
   * Hands over the cells of a cuboid in the minutes from, inclusive, to; returns whether to go on.
   */
  boolean scan(int mask, long fromMillis, long toMillis, CubeReader.Visitor visitor) {
    Set<Integer> levels = new TreeSet<>();
    List<Long> without = new ArrayList<>();
    forEach(
        CellStore.headKey(kind),
        fromMillis,
        toMillis,
        (minute, head) -> {
          int level = MinuteHead.levelIn(head, mask);
          if (level == MinuteHead.ABSENT) {
            without.add(minute);
          } else {
            levels.add(level);
          }
          return true;
        });
    for (int level : levels) {
      if (!scan(mask, level, fromMillis, toMillis, visitor)) {
        return false;
      }
    }
    for (long minute : without) {
      if (!addUpLeaves(mask, minute, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean scan(
      int mask, int level, long fromMillis, long toMillis, CubeReader.Visitor visitor) {
    boolean isOneCell = wanted.mask() == mask;
    int first = isOneCell ? CellStore.bucketOf(SliceHash.of(wanted), level) : 0;
    int last = isOneCell ? first : (1 << level) - 1;
    boolean goOn = true;
    for (int bucket = first; bucket <= last && goOn; bucket++) {
      int of = bucket;
      goOn =
          forEach(
              CellStore.key(kind, mask, level, bucket, 0),
              fromMillis,
              toMillis,
              (minute, chunk) -> visit(chunk, mask, level, of, minute, visitor));
    }
    return goOn;
  }

  /** A chunk and, when it is full, the further links of its bucket. */
  private boolean visit(
      byte[] first, int mask, int level, int bucket, long minute, CubeReader.Visitor visitor) {
    byte @Nullable [] chunk = first;
    for (int link = 1; chunk != null; link++) {
      BlockScan.Seen seen = blocks.scan(chunk, visitor::cell);
      if (!seen.goOn() || !visitor.passed(seen.cells() - seen.found())) {
        return false;
      }
      boolean full = seen.cells() == CellStore.CHUNK_CELLS;
      chunk = full ? store.fetch(CellStore.key(kind, mask, level, bucket, link), minute) : null;
    }
    return true;
  }

  /** For a cuboid that was not kept when the minute was sealed. */
  private boolean addUpLeaves(int mask, long minute, CubeReader.Visitor visitor) {
    Map<Slice, Tally> sums = new HashMap<>();
    CubeReader.Visitor adding =
        new CubeReader.Visitor() {
          @Override
          public boolean cell(long minuteMillis, Slice slice, Tally tally) {
            sums.computeIfAbsent(slice.keep(mask), s -> new Tally()).merge(tally);
            return visitor.passed(1);
          }

          @Override
          public boolean passed(int cells) {
            return visitor.passed(cells);
          }
        };
    if (!scan(leafMask, minute, minute + CellStore.MINUTE_MILLIS, adding)) {
      return false;
    }
    for (Map.Entry<Slice, Tally> sum : sums.entrySet()) {
      if (!visitor.cell(minute, sum.getKey(), sum.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Takes one stored value. */
  private interface Taker {
    /** Returns whether to go on. */
    boolean value(long minuteMillis, byte[] value);
  }

  private boolean forEach(Bytes key, long fromMillis, long toMillis, Taker taker) {
    if (fromMillis >= toMillis) {
      return true;
    }
    try (WindowStoreIterator<byte[]> values =
        store.fetch(key, Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis - 1))) {
      while (values.hasNext()) {
        KeyValue<Long, byte[]> value = values.next();
        if (!taker.value(value.key, value.value)) {
          return false;
        }
      }
    }
    return true;
  }
}
