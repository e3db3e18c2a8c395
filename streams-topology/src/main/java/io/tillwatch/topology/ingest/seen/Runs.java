package io.tillwatch.topology.ingest.seen;

import java.util.ArrayList;
import java.util.List;

/**
 * The spilled ids of one shard of a slot. Four runs of a level are merged into one of the next, so
 * that there are few: three per factor of four.
 */
final class Runs {

  private static final int MERGED = 4;

  /** Of a level a byte can hold; never reached, four to that power are more ids than there are. */
  private static final int LEVEL_MAX = 30;

  private final SeenStore store;
  private final Inventory inventory;
  private final long slot;
  private final int shard;
  private final List<Run> runs = new ArrayList<>();
  private int covers = -1;

  Runs(SeenStore store, Inventory inventory, long slot, int shard) {
    this.store = store;
    this.inventory = inventory;
    this.slot = slot;
    this.shard = shard;
  }

  /** The last block whose ids of this shard are all in runs; -1 for none. */
  int covers() {
    return covers;
  }

  /** The whole rest of the entry, decided by the store where a filter cannot rule it out. */
  long find(long place, long rest) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      int piece = run.pieceOf(place);
      if (run.mayHold(piece, place, rest)) {
        byte[] value = read(run, piece);
        long found = Entries.find(value, Wire.PIECE_HEAD_BYTES, place, rest);
        inventory.runRead(found == Shard.NONE && run.isFiltered(piece));
        if (found != Shard.NONE) {
          return found;
        }
      }
    }
    return Shard.NONE;
  }

  /** Writes sorted entries as a run, with as many others as it takes to keep the runs few. */
  void add(long[] entries, int coversNow) {
    long[] all = entries;
    int level = 0;
    int number = runs.isEmpty() ? 0 : runs.getLast().number() + 1;
    while (level < LEVEL_MAX && hasMergeable(level)) {
      for (int i = 1; i < MERGED; i++) {
        all = Entries.merged(all, remove(runs.removeLast()));
      }
      level++;
    }
    covers = coversNow;
    write(new Run(number, level, Run.piecesFor(all.length / Entries.LONGS)), all);
  }

  /** Takes over a piece of a run, found in the store at the start. */
  void restore(byte[] key, byte[] value) {
    int number = Wire.run(key);
    if (runs.isEmpty() || runs.getLast().number() != number) {
      runs.add(new Run(number, Wire.level(value), Wire.pieces(value)));
    }
    covers = Math.max(covers, Wire.covers(value));
    hold(runs.getLast(), Wire.piece(key), value);
  }

  void dropFilters() {
    for (Run run : runs) {
      inventory.filters(-run.filterBytes());
      run.dropFilters();
    }
  }

  /** Everything is about to be forgotten. */
  void release() {
    dropFilters();
    runs.forEach(run -> inventory.spilled(-run.ids()));
  }

  private boolean hasMergeable(int level) {
    int size = runs.size();
    return size >= MERGED - 1 && runs.get(size - MERGED + 1).level() == level;
  }

  private void write(Run run, long[] entries) {
    runs.add(run);
    int count = entries.length / Entries.LONGS;
    int from = 0;
    for (int piece = 0; piece < run.pieces(); piece++) {
      int to = from;
      while (to < count && run.pieceOf(entries[to * Entries.LONGS]) == piece) {
        to++;
      }
      byte[] value = Wire.piece(run, covers, entries, from, to);
      store.put(slot, Wire.pieceKey(shard, run.number(), piece), value);
      hold(run, piece, value);
      from = to;
    }
  }

  private void hold(Run run, int piece, byte[] value) {
    long filtersBefore = run.filterBytes();
    int idsBefore = run.ids();
    run.hold(piece, value);
    inventory.filters(run.filterBytes() - filtersBefore);
    inventory.spilled(run.ids() - idsBefore);
  }

  /** Deletes a run; what was in it. */
  private long[] remove(Run run) {
    long[] entries = new long[run.ids() * Entries.LONGS];
    int to = 0;
    for (int piece = 0; piece < run.pieces(); piece++) {
      byte[] value = read(run, piece);
      for (int i = 0; i < Entries.count(value, Wire.PIECE_HEAD_BYTES); i++) {
        entries[to++] = Entries.place(value, Wire.PIECE_HEAD_BYTES, i);
        entries[to++] = Entries.rest(value, Wire.PIECE_HEAD_BYTES, i);
      }
      store.put(slot, Wire.pieceKey(shard, run.number(), piece), null);
    }
    inventory.filters(-run.filterBytes());
    inventory.spilled(-run.ids());
    return entries;
  }

  private byte[] read(Run run, int piece) {
    byte[] value = store.get(slot, Wire.pieceKey(shard, run.number(), piece));
    if (value == null) {
      throw new IllegalStateException(
          "slot %d, shard %d: piece %d of run %d is not in the store"
              .formatted(slot, shard, piece, run.number()));
    }
    return Wire.checked(value);
  }
}
