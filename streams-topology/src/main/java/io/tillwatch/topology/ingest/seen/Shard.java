package io.tillwatch.topology.ingest.seen;

import java.util.Arrays;

/**
 * A table of entries: in pages in the order they came, and an index of where each lies.
 *
 * <p>An entry is two longs, place and rest. The index is an open-addressing table of ints: a
 * position, and as many bits of the place as there is room for, so that nearly every search that
 * finds nothing looks at no entry at all, and at one or two cache lines of the index. An entry
 * takes 16 bytes and 5.3 to 6.7 of the index; growing leaves the old index as garbage, never the
 * entries.
 */
final class Shard {

  /** What {@link #find} answers when there is no such entry; no rest is 0. */
  static final long NONE = 0;

  /** Positions are counted from 1, as 0 is an empty slot of the index. */
  private static final int POSITION_BITS = 20;

  private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

  private static final int PAGE_SHIFT = 6;
  private static final int PAGE_ENTRIES = 1 << PAGE_SHIFT;
  private static final int PAGE_MASK = PAGE_ENTRIES - 1;
  private static final int FIRST_ENTRIES = 4;
  private static final int FIRST_SLOTS = 8;

  /** By a quarter: of the index when it is this full, of the list of pages. */
  private static final int GROWTH = 4;

  private static final long FULL_16THS = 12;

  private int[] index = new int[FIRST_SLOTS];
  private long[][] pages = {new long[Entries.LONGS * FIRST_ENTRIES]};
  private int count;

  /** Where the last search that found nothing ended, and for what. */
  private int vacant;

  private long vacantFor;

  int count() {
    return count;
  }

  /** Bytes of its arrays' elements. */
  long bytes() {
    return (long) index.length * Integer.BYTES + (long) room() * Entries.BYTES;
  }

  /** The whole rest of the entry with that place and the same upper bits of rest. */
  long find(long place, long rest) {
    int[] in = index;
    int tag = tag(place);
    int slot = home(place, in.length);
    for (int found = in[slot]; found != 0; found = in[slot]) {
      if ((found ^ tag) >>> POSITION_BITS == 0) {
        int position = (found & POSITION_MASK) - 1;
        long[] page = pages[position >>> PAGE_SHIFT];
        int i = (position & PAGE_MASK) * Entries.LONGS;
        if (page[i] == place && (page[i + 1] ^ rest) >>> IdHash.VALUE_BITS == 0) {
          return page[i + 1];
        }
      }
      slot = slot + 1 == in.length ? 0 : slot + 1;
    }
    vacant = slot;
    vacantFor = place;
    return NONE;
  }

  /** Reads where a search for that place begins. */
  int touch(long place) {
    return index[home(place, index.length)];
  }

  /** Adds an entry that is not there. */
  void add(long place, long rest) {
    if (count == POSITION_MASK) {
      throw new IllegalStateException("a shard is full with %,d entries".formatted(count));
    }
    if ((count + 1) * 16L > index.length * FULL_16THS) {
      growIndex();
    }
    if (count == room()) {
      growPages();
    }
    long[] page = pages[count >>> PAGE_SHIFT];
    int i = (count & PAGE_MASK) * Entries.LONGS;
    page[i] = place;
    page[i + 1] = rest;
    count++;
    point(place, count);
  }

  /** All entries in the order of their places, as pairs of longs; the table is empty afterwards. */
  long[] take() {
    long[] all = new long[Entries.LONGS * count];
    for (int position = 0; position < count; position++) {
      int i = (position & PAGE_MASK) * Entries.LONGS;
      System.arraycopy(
          pages[position >>> PAGE_SHIFT], i, all, position * Entries.LONGS, Entries.LONGS);
    }
    index = new int[FIRST_SLOTS];
    vacantFor = NONE;
    pages = new long[][] {new long[Entries.LONGS * FIRST_ENTRIES]};
    count = 0;
    return Entries.sorted(all);
  }

  private void point(long place, int position) {
    int slot = vacantFor == place ? vacant : home(place, index.length);
    while (index[slot] != 0) {
      slot = slot + 1 == index.length ? 0 : slot + 1;
    }
    index[slot] = tag(place) | position;
  }

  private void growIndex() {
    index = new int[index.length + Math.max(FIRST_SLOTS, index.length / GROWTH)];
    vacantFor = NONE;
    for (int position = 0; position < count; position++) {
      long place = pages[position >>> PAGE_SHIFT][(position & PAGE_MASK) * Entries.LONGS];
      point(place, position + 1);
    }
  }

  /** The first page grows by doubling up to its size; then there are more of them. */
  private void growPages() {
    if (count < PAGE_ENTRIES) {
      pages[0] = Arrays.copyOf(pages[0], 2 * pages[0].length);
      return;
    }
    int number = count >>> PAGE_SHIFT;
    if (number == pages.length) {
      pages = Arrays.copyOf(pages, number + Math.max(1, number / GROWTH));
    }
    pages[number] = new long[Entries.LONGS * PAGE_ENTRIES];
  }

  /** Entries that its pages have room for: all are whole, or there is only the first. */
  private int room() {
    return count < PAGE_ENTRIES ? pages[0].length / Entries.LONGS : count + PAGE_MASK & ~PAGE_MASK;
  }

  private static int home(long place, int slots) {
    return (int) ((place >>> Integer.SIZE) * slots >>> Integer.SIZE);
  }

  private static int tag(long place) {
    return (int) place << POSITION_BITS;
  }
}
