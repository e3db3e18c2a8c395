package io.tillwatch.topology.ingest.seen;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one slot of event time: in shards by eight bits of their hash, and in blocks of the
 * store. What came since the last block is pending.
 */
final class Slot {

  static final int SHARDS = 256;

  /** A block is a record of 128 KiB at most. */
  static final int BLOCK_IDS_MAX = 8_192;

  /** Blocks that are deleted at once when runs hold all their ids. */
  private static final int TRIMMED_MAX = 1_024;

  private static final int SHARD_SHIFT = 56;

  private final long number;
  private final SeenStore store;
  private final Inventory inventory;
  private final @Nullable Shard[] shards = new Shard[SHARDS];
  private final @Nullable Runs[] runs = new Runs[SHARDS];
  private long[] pending = new long[Entries.LONGS * 16];
  private int pendingIds;
  private int idsInMemory;
  private int firstBlock;
  private int lastBlock = -1;
  private int trimTo = -1;
  private int nextSpilled;

  Slot(long number, SeenStore store, Inventory inventory) {
    this.number = number;
    this.store = store;
    this.inventory = inventory;
  }

  long number() {
    return number;
  }

  int idsInMemory() {
    return idsInMemory;
  }

  /** The whole rest of the entry with that place and the same upper bits of rest, or none. */
  long find(long place, long rest) {
    int index = shardOf(rest);
    Shard shard = shards[index];
    long found = shard == null ? Shard.NONE : shard.find(place, rest);
    Runs spilled = runs[index];
    return found == Shard.NONE && spilled != null ? spilled.find(place, rest) : found;
  }

  /** Reads where that entry would be, for the sake of reading. */
  int touch(long place, long rest) {
    Shard shard = shards[shardOf(rest)];
    return shard == null ? 0 : shard.touch(place);
  }

  /** Adds an id that is not there, to be stored with the next block. */
  void add(long place, long rest) {
    keep(place, rest);
    if (Entries.LONGS * pendingIds == pending.length) {
      pending = Arrays.copyOf(pending, 2 * pending.length);
    }
    pending[Entries.LONGS * pendingIds] = place;
    pending[Entries.LONGS * pendingIds + 1] = rest;
    pendingIds++;
    if (pendingIds == BLOCK_IDS_MAX) {
      store();
    }
  }

  /** Stores what is pending as a block. */
  void store() {
    if (pendingIds > 0) {
      lastBlock++;
      store.put(number, Wire.blockKey(lastBlock), Wire.block(pending, 0, pendingIds));
      pendingIds = 0;
    }
  }

  /** Moves the ids of one of the fuller shards from memory to the store. */
  void spill() {
    store();
    int average = idsInMemory / SHARDS;
    Shard shard = shards[nextSpilled];
    while (shard == null || shard.count() <= average / 2) {
      advance();
      shard = shards[nextSpilled];
    }
    int ids = shard.count();
    runs(nextSpilled).add(shard.take(), lastBlock);
    idsInMemory -= ids;
    inventory.inMemory(-ids);
    advance();
    trim();
  }

  /** Takes over a value of the store at the start. Pieces come before blocks. */
  void restore(byte[] key, byte[] value) {
    if (Wire.isPiece(key)) {
      Runs held = runs(Wire.shard(key));
      held.restore(key, value);
      lastBlock = Math.max(lastBlock, held.covers());
      firstBlock = lastBlock + 1;
    } else {
      restoreBlock(Wire.number(key), value);
    }
  }

  /** Drops filters, shard by shard, as long as there are too many. */
  void limitFilters() {
    for (int index = 0; index < SHARDS && inventory.hasTooManyFilters(); index++) {
      Runs held = runs[index];
      if (held != null) {
        held.dropFilters();
      }
    }
  }

  /** Everything is about to be forgotten. */
  void release() {
    inventory.inMemory(-idsInMemory);
    for (Runs held : runs) {
      if (held != null) {
        held.release();
      }
    }
  }

  /** Bytes of the tables. */
  long bytes() {
    long bytes = (long) Long.BYTES * pending.length;
    for (Shard shard : shards) {
      bytes += shard == null ? 0 : shard.bytes();
    }
    return bytes;
  }

  private void restoreBlock(int block, byte[] value) {
    firstBlock = Math.min(firstBlock, block);
    lastBlock = Math.max(lastBlock, block);
    for (int i = 0; i < Entries.count(value, Wire.BLOCK_HEAD_BYTES); i++) {
      long rest = Entries.rest(value, Wire.BLOCK_HEAD_BYTES, i);
      Runs held = runs[shardOf(rest)];
      if (held == null || held.covers() < block) {
        keep(Entries.place(value, Wire.BLOCK_HEAD_BYTES, i), rest);
      }
    }
  }

  private void keep(long place, long rest) {
    int index = shardOf(rest);
    Shard shard = shards[index];
    if (shard == null) {
      shard = new Shard();
      shards[index] = shard;
    }
    shard.add(place, rest);
    idsInMemory++;
    inventory.inMemory(1);
  }

  private Runs runs(int index) {
    Runs held = runs[index];
    if (held == null) {
      held = new Runs(store, inventory, number, index);
      runs[index] = held;
    }
    return held;
  }

  /** After each round it is seen which blocks no shard in memory needs any more. */
  private void advance() {
    nextSpilled = (nextSpilled + 1) % SHARDS;
    if (nextSpilled == 0) {
      trimTo = lastBlock;
      for (int index = 0; index < SHARDS; index++) {
        Shard shard = shards[index];
        if (shard != null && shard.count() > 0) {
          Runs held = runs[index];
          trimTo = Math.min(trimTo, held == null ? -1 : held.covers());
        }
      }
    }
  }

  private void trim() {
    int to = Math.min(trimTo, firstBlock + TRIMMED_MAX - 1);
    for (; firstBlock <= to; firstBlock++) {
      store.put(number, Wire.blockKey(firstBlock), null);
    }
  }

  private static int shardOf(long rest) {
    return (int) (rest >>> SHARD_SHIFT);
  }
}
