package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The events that were let in, by kind and id, for at least the dedupe horizon of event time.
 *
 * <p>Time is cut into slots as long as the horizon; an id is kept in the slot of its event time.
 * Two copies whose event times are less than a horizon apart are in the same slot or in
 * neighbouring ones: all three are asked. Three slots are kept, the newest decides which.
 *
 * <p>An id is 104 bits of a hash, and 24 bits of a hash of the value that tell a repeated delivery
 * from another event under the same id: 16 bytes. That a new event is taken for a repeated one, in
 * one of n events among n ids, has the chance n² / 2^105: 2.5 · 10^-14 at a thousand million. Used
 * by one task; what was not stored at a commit is gone when the task starts anew.
 */
public final class SeenEvents implements Dedupe {

  static final int SLOTS_KEPT = 3;

  /** So far behind the newest event any event is still in a slot that is kept, wherever it lies. */
  public static final int HORIZONS_KEPT = SLOTS_KEPT - 1;

  private final SeenStore store;
  private final Inventory inventory;
  private final long horizonMillis;
  private final Ahead ahead = new Ahead();
  private final @Nullable Slot[] slots = new Slot[SLOTS_KEPT];
  private long newest = -1;
  private long place;
  private long rest;
  private long slotNumber;

  SeenEvents(SeenStore store, DedupeSettings settings) {
    this.store = store;
    this.inventory = new Inventory(settings.idsMax());
    this.horizonMillis = settings.horizon().toMillis();
    store.forEach(this::restore);
  }

  /** The events seen according to the store, all of which is read. */
  public static Dedupe restored(WindowStore<Bytes, byte[]> store, DedupeSettings settings) {
    return new SeenEvents(new WindowSeenStore(store, settings.horizon()), settings);
  }

  /** The store, persistent and logged. */
  public static StoreBuilder<WindowStore<Bytes, byte[]>> store(
      String name, DedupeSettings settings) {
    return WindowSeenStore.builder(name, settings.horizon());
  }

  @Override
  public Seen look(int expected, long eventTimeMillis, Value value) {
    place = ahead.place(expected);
    rest = ahead.rest(expected) | IdHash.ofValue(value.bytes(), value.from(), value.length());
    slotNumber = eventTimeMillis / horizonMillis;
    long found = find(slotNumber);
    if (found == Shard.NONE) {
      found = find(slotNumber + 1);
    }
    if (found == Shard.NONE) {
      found = find(slotNumber - 1);
    }
    if (found == Shard.NONE) {
      return Seen.NEW;
    }
    return found == rest ? Seen.DUPLICATE : Seen.CONFLICT;
  }

  @Override
  public int expect(EventKind kind, byte[] bytes, int idFrom, int idLength) {
    return ahead.add(kind, bytes, idFrom, idLength);
  }

  @Override
  public void prepare() {
    ahead.touch(at(newest));
  }

  @Override
  public void remember() {
    if (slotNumber <= newest - SLOTS_KEPT) {
      return;
    }
    Slot slot = slot(slotNumber);
    if (inventory.isFull()) {
      spill();
    }
    slot.add(place, rest);
  }

  @Override
  public void commit() {
    // Older slots first: a window store forgets by the newest window it has seen.
    for (long number = newest - SLOTS_KEPT + 1; number <= newest; number++) {
      Slot slot = at(number);
      if (slot != null) {
        slot.store();
      }
    }
  }

  @Override
  public SeenCounts counts() {
    return inventory.counts();
  }

  /** Bytes of all tables and filters. */
  long bytes() {
    long bytes = inventory.counts().filterBytes();
    for (Slot slot : slots) {
      bytes += slot == null ? 0 : slot.bytes();
    }
    return bytes;
  }

  private long find(long number) {
    Slot slot = at(number);
    return slot == null ? Shard.NONE : slot.find(place, rest);
  }

  private @Nullable Slot at(long number) {
    Slot slot = slots[Math.floorMod(number, SLOTS_KEPT)];
    return slot == null || slot.number() != number ? null : slot;
  }

  /** The slot of that number, which is not too old. */
  private Slot slot(long number) {
    Slot slot = at(number);
    if (slot == null) {
      newest = Math.max(newest, number);
      forgetBefore(newest - SLOTS_KEPT + 1);
      slot = new Slot(number, store, inventory);
      slots[Math.floorMod(number, SLOTS_KEPT)] = slot;
    }
    return slot;
  }

  private void forgetBefore(long number) {
    for (int i = 0; i < SLOTS_KEPT; i++) {
      Slot slot = slots[i];
      if (slot != null && slot.number() < number) {
        slot.release();
        slots[i] = null;
      }
    }
  }

  private void spill() {
    Slot slot = worthSpilling();
    if (slot != null) {
      slot.spill();
      limitFilters();
    }
  }

  /** The oldest slot with many ids in memory, or else the one with the most. */
  private @Nullable Slot worthSpilling() {
    Slot most = null;
    for (long number = newest - SLOTS_KEPT + 1; number <= newest; number++) {
      Slot slot = at(number);
      if (slot != null && slot.idsInMemory() > 0) {
        if (inventory.isWorthSpilling(slot.idsInMemory())) {
          return slot;
        }
        most = most == null || slot.idsInMemory() > most.idsInMemory() ? slot : most;
      }
    }
    return most;
  }

  private void limitFilters() {
    long number = newest - SLOTS_KEPT + 1;
    for (; inventory.hasTooManyFilters() && number <= newest; number++) {
      Slot slot = at(number);
      if (slot != null) {
        slot.limitFilters();
      }
    }
  }

  private void restore(long number, byte[] key, byte[] value) {
    if (number > newest - SLOTS_KEPT) {
      slot(number).restore(key, Wire.checked(value));
      limitFilters();
    }
  }
}
