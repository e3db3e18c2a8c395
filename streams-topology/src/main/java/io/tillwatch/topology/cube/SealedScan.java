package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.BlockScan;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** The spans that are stored, by their start, and the head of each. */
  SortedMap<Long, byte[]> heads(long fromMillis, long toMillis) {
    SortedMap<Long, byte[]> heads = new TreeMap<>();
    forEach(
        CellStore.headKey(kind),
        fromMillis,
        toMillis,
        (start, head) -> {
          heads.put(start, head);
          return true;
        });
    return heads;
  }

  /**
   * Hands over the cells of a cuboid in the spans from, inclusive, to; returns whether to go on.
   */
  boolean scan(int mask, long fromMillis, long toMillis, CubeReader.Visitor visitor) {
    return scan(mask, heads(fromMillis, toMillis), visitor);
  }

  /** Hands over the cells of a cuboid in these spans alone; returns whether to go on. */
  boolean scan(int mask, SortedMap<Long, byte[]> heads, CubeReader.Visitor visitor) {
    Map<Integer, Set<Long>> spans = new TreeMap<>();
    heads.forEach((start, head) ->
        spans.computeIfAbsent(MinuteHead.levelIn(head, mask), level -> new HashSet<>()).add(start));
    for (Map.Entry<Integer, Set<Long>> ofLevel : spans.entrySet()) {
      int level = ofLevel.getKey();
      boolean goOn =
          level == MinuteHead.ABSENT
              ? addUpLeaves(mask, heads, ofLevel.getValue(), visitor)
              : scan(mask, level, ofLevel.getValue(), visitor);
      if (!goOn) {
        return false;
      }
    }
    return true;
  }

  private boolean scan(int mask, int level, Set<Long> spans, CubeReader.Visitor visitor) {
    long from = Collections.min(spans);
    long to = Collections.max(spans) + 1;
    return SliceHash.buckets(wanted, mask, level)
        .allMatch(bucket ->
            forEach(
                CellStore.key(kind, mask, level, bucket, 0),
                from,
                to,
                (start, chunk) ->
                    // Of a span that is just being written there is no head yet.
                    !spans.contains(start) || visit(chunk, mask, level, bucket, start, visitor)));
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

  /** For a cuboid that was not kept when the spans were written. */
  private boolean addUpLeaves(
      int mask, SortedMap<Long, byte[]> heads, Set<Long> spans, CubeReader.Visitor visitor) {
    for (long start : spans) {
      int level = MinuteHead.levelIn(Objects.requireNonNull(heads.get(start)), leafMask);
      if (!addUpLeaves(mask, level, start, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean addUpLeaves(int mask, int level, long start, CubeReader.Visitor visitor) {
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
    if (!scan(leafMask, level, Set.of(start), adding)) {
      return false;
    }
    for (Map.Entry<Slice, Tally> sum : sums.entrySet()) {
      if (!visitor.cell(start, sum.getKey(), sum.getValue())) {
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
