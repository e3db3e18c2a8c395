package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.BlockReader;
import io.tillwatch.topology.cell.BlockWriter;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one kind on disk, as its task writes them: a cuboid of a minute whole, once; late
 * cells merged into the chunks that they touch. Used by the task's thread.
 */
final class SealedCells {

  private final WindowStore<Bytes, byte[]> store;
  private final Numbered numbered;
  private final EventKind kind;
  private final int[] masks;
  private final CellBlocks.Head blockHead;

  /** Rows by bucket. */
  private final Grouped rows = new Grouped();

  private final CellTable bucket = new CellTable();
  private final BitSet changedLinks = new BitSet();
  private final Adding adding = new Adding();

  SealedCells(
      WindowStore<Bytes, byte[]> store,
      Numbered numbered,
      String tenant,
      EventKind kind,
      int[] masks) {
    this.store = store;
    this.numbered = numbered;
    this.kind = kind;
    this.masks = masks;
    this.blockHead = new CellBlocks.Head(tenant, kind, -1, 0, false);
  }

  MinuteHead head(long minuteMillis) {
    return MinuteHead.of(store.fetch(CellStore.headKey(kind), minuteMillis), masks);
  }

  /** Whether anything is stored of a minute. */
  boolean has(long minuteMillis) {
    return store.fetch(CellStore.headKey(kind), minuteMillis) != null;
  }

  /** To be written when all its cuboids are. */
  void write(long minuteMillis, MinuteHead head) {
    store.put(CellStore.headKey(kind), head.toBytes(), minuteMillis);
  }

  /** All heads from, inclusive, to, in order of time. */
  void heads(long fromMillis, long toMillis, BiConsumer<Long, MinuteHead> taker) {
    try (WindowStoreIterator<byte[]> heads =
        store.fetch(CellStore.headKey(kind), fromMillis, toMillis - 1)) {
      heads.forEachRemaining(head -> taker.accept(head.key, MinuteHead.of(head.value, masks)));
    }
  }

  /** The first minute with cells. */
  OptionalLong firstMinute(long fromMillis, long toMillis) {
    try (WindowStoreIterator<byte[]> heads =
        store.fetch(CellStore.headKey(kind), fromMillis, toMillis)) {
      return heads.hasNext() ? OptionalLong.of(heads.next().key) : OptionalLong.empty();
    }
  }

  /** Writes all cells of a cuboid of a minute that is not stored yet. */
  void write(long minuteMillis, int mask, CellTable cells, MinuteHead head) {
    int level = CellStore.levelOf(cells.size());
    head.level(mask, level);
    write(minuteMillis, mask, cells, level);
  }

  /** Writes cells into buckets that have none yet. */
  void write(long minuteMillis, int mask, CellTable cells, int level) {
    sort(cells, level);
    for (int b = 0; b < 1 << level; b++) {
      int end = rows.start(b + 1);
      for (int from = rows.start(b); from < end; from += CellStore.CHUNK_CELLS) {
        int link = (from - rows.start(b)) / CellStore.CHUNK_CELLS;
        BlockWriter writer = numbered.numbering().writer();
        for (int i = from; i < Math.min(end, from + CellStore.CHUNK_CELLS); i++) {
          writer.add(minuteMillis, cells, rows.rowAt(i));
        }
        Bytes key = CellStore.key(kind, mask, level, b, link);
        store.put(key, writer.finish(blockHead), minuteMillis);
      }
    }
  }

  /**
   * Merges cells into a cuboid of a minute that is stored; returns how many cells were not there
   * before.
   */
  Merged merge(long minuteMillis, int mask, CellTable cells, int level) {
    sort(cells, level);
    int added = 0;
    int written = 0;
    for (int b = 0; b < 1 << level; b++) {
      if (rows.start(b) < rows.start(b + 1)) {
        int before = load(minuteMillis, mask, level, b);
        merge(cells, rows.start(b), rows.start(b + 1));
        added += bucket.size() - before;
        written += writeChanged(minuteMillis, mask, level, b);
      }
    }
    return new Merged(added, written);
  }

  /** What merging came to: cells that were not there before, cells in the chunks written. */
  record Merged(int added, int written) {}

  /** The leaf cells of a minute, added to a table. */
  void leaves(long minuteMillis, int leafMask, CellTable into) {
    int level = head(minuteMillis).level(leafMask);
    for (int b = 0; level != MinuteHead.ABSENT && b < 1 << level; b++) {
      load(minuteMillis, leafMask, level, b, into);
    }
  }

  /**
   * Adds the cells of a bucket to a table that may have them already.
   *
   * @param kept dimensions under which they are counted there
   * @return how many there are
   */
  int addTo(CellTable into, int kept, Bucket from) {
    boolean isWhole = kept == from.mask;
    adding.into = into;
    adding.cells = 0;
    adding.kept = isWhole ? Adding.ALL : kept;
    boolean more = true;
    for (int link = 0; more; link++) {
      byte @Nullable [] chunk =
          store.fetch(
              CellStore.key(kind, from.mask, from.level, from.bucket, link), from.startMillis);
      if (chunk != null) {
        read(chunk, adding);
      }
      more = adding.cells == (link + 1) * CellStore.CHUNK_CELLS;
    }
    return adding.cells;
  }

  /** Where some cells of a cuboid of a span of time are. */
  record Bucket(long startMillis, int mask, int level, int bucket) {}

  /** Counts cells under fewer dimensions than they have. */
  private final class Adding implements BlockReader.Sink {

    private static final int ALL = -1;

    private @Nullable CellTable into;
    private int kept = ALL;
    private int cells;

    @Override
    public @Nullable CellTable table(long startMillis) {
      return into;
    }

    @Override
    public int slice(CellTable table, int slice) {
      cells++;
      return kept == ALL ? slice : numbered.numbering().index().rolledUp(slice, kept);
    }
  }

  /** Whether a leaf of a minute is stored. */
  boolean hasLeaf(long minuteMillis, int leafMask, int level, int slice) {
    int b = CellStore.bucketOf(numbered.numbering().hash().of(slice), level);
    load(minuteMillis, leafMask, level, b);
    return bucket.find(slice) >= 0;
  }

  private void merge(CellTable cells, int from, int to) {
    changedLinks.clear();
    numbered.lock().lock();
    try {
      for (int i = from; i < to; i++) {
        int row = bucket.row(cells.sliceAt(rows.rowAt(i)));
        bucket.merge(row, cells, rows.rowAt(i));
        changedLinks.set(row / CellStore.CHUNK_CELLS);
      }
    } finally {
      numbered.lock().unlock();
    }
  }

  private int writeChanged(long minuteMillis, int mask, int level, int b) {
    int written = 0;
    BlockWriter writer = numbered.numbering().writer();
    for (int link = changedLinks.nextSetBit(0);
        link >= 0;
        link = changedLinks.nextSetBit(link + 1)) {
      int from = link * CellStore.CHUNK_CELLS;
      int to = Math.min(bucket.size(), from + CellStore.CHUNK_CELLS);
      for (int row = from; row < to; row++) {
        writer.add(minuteMillis, bucket, row);
      }
      Bytes key = CellStore.key(kind, mask, level, b, link);
      store.put(key, writer.finish(blockHead), minuteMillis);
      written += to - from;
    }
    return written;
  }

  private int load(long minuteMillis, int mask, int level, int b) {
    bucket.clear();
    return load(minuteMillis, mask, level, b, bucket);
  }

  /** Reads the links of a bucket, in their order; returns how many cells they hold. */
  private int load(long minuteMillis, int mask, int level, int b, CellTable into) {
    int before = into.size();
    boolean more = true;
    for (int link = 0; more; link++) {
      byte @Nullable [] chunk =
          store.fetch(CellStore.key(kind, mask, level, b, link), minuteMillis);
      if (chunk != null) {
        read(chunk, minute -> into);
      }
      more = into.size() - before == (link + 1) * CellStore.CHUNK_CELLS;
    }
    return into.size() - before;
  }

  private void read(byte[] chunk, BlockReader.Sink sink) {
    numbered.lock().lock();
    try {
      numbered.numbering().reader().read(chunk, sink);
    } finally {
      numbered.lock().unlock();
    }
  }

  private void sort(CellTable cells, int level) {
    SliceHash hash = numbered.numbering().hash();
    rows.reserve(cells.size());
    for (int row = 0; row < cells.size(); row++) {
      int b = level == 0 ? 0 : CellStore.bucketOf(hash.of(cells.sliceAt(row)), level);
      rows.put(row, b);
    }
    rows.order(cells.size(), 1 << level);
  }
}
