package io.tillwatch.topology.ingest.seen;

import java.util.Arrays;

/**
 * A table of entries in the order of their places: what a search passes is smaller than what it
 * looks for, so that it ends after a few steps even when the table is five sixths full.
 *
 * <p>An entry is two longs, place and rest. Its home grows with its place (place × homes / 2^64,
 * unsigned); it stands there or as little behind as the order allows (linear probing with ordered
 * entries, Amble and Knuth 1974). Nothing wraps around: behind the last home there is some room.
 * The table lies in pages and grows by a quarter in place, through a scratch array, so that growing
 * leaves no garbage but the list of pages and the last one.
 */
final class Shard {

  /** What {@link #find} answers when there is no such entry; no rest is 0. */
  static final long NONE = 0;

  private static final int PAGE_SHIFT = 6;
  private static final int PAGE_ENTRIES = 1 << PAGE_SHIFT;
  private static final int PAGE_MASK = PAGE_ENTRIES - 1;
  private static final int FIRST_ENTRIES = 4;
  private static final int GROWTH = 4;
  private static final int SMALL_STEP_ENTRIES = 8;

  /** Fuller, an entry would have to move too many others. */
  private static final int FULL_32NDS = 27;

  /** Room behind the last home for entries that others pushed on. */
  private static final int OVERHANG_ENTRIES = 6;

  /** Two cache lines on. */
  private static final int TOUCHED_LONGS = 16;

  private long[][] pages = {new long[2 * FIRST_ENTRIES]};
  private int homes = homes(FIRST_ENTRIES);
  private int count;

  int count() {
    return count;
  }

  /** Bytes of the longs it has room for. */
  long bytes() {
    return (long) capacity() * 2 * Long.BYTES;
  }

  /** The whole rest of the entry with that place and the same upper bits of rest. */
  long find(long place, long rest) {
    long[][] in = pages;
    int at = home(place, homes);
    int number = at >>> PAGE_SHIFT;
    long[] page = in[number];
    int i = (at & PAGE_MASK) << 1;
    while (true) {
      if (i == page.length) {
        number++;
        if (number == in.length) {
          return NONE;
        }
        page = in[number];
        i = 0;
      }
      long found = page[i];
      if (found == 0 || Long.compareUnsigned(found, place) > 0) {
        return NONE;
      }
      if (found == place && (page[i + 1] ^ rest) >>> IdHash.VALUE_BITS == 0) {
        return page[i + 1];
      }
      i += 2;
    }
  }

  /** Reads the home of that place, and what an entry there would push on. */
  long touch(long place) {
    int at = home(place, homes);
    long[] page = pages[at >>> PAGE_SHIFT];
    int i = (at & PAGE_MASK) << 1;
    return page[i] ^ page[Math.min(i + TOUCHED_LONGS, page.length - 2)];
  }

  /** Adds an entry that is not there. */
  void add(long place, long rest, Scratch scratch) {
    if ((count + 1) * 32 > capacity() * FULL_32NDS) {
      grow(scratch);
    }
    while (!insert(place, rest)) {
      grow(scratch);
    }
    count++;
  }

  /** All entries in order, as pairs of longs; the table is empty afterwards. */
  long[] take() {
    long[] all = new long[2 * count];
    drain(all);
    pages = new long[][] {new long[2 * FIRST_ENTRIES]};
    homes = homes(FIRST_ENTRIES);
    count = 0;
    return all;
  }

  private boolean insert(long place, long rest) {
    long[][] in = pages;
    int at = home(place, homes);
    int number = at >>> PAGE_SHIFT;
    long[] page = in[number];
    int i = (at & PAGE_MASK) << 1;
    while (page[i] != 0 && Long.compareUnsigned(page[i], place) <= 0) {
      i += 2;
      if (i == page.length) {
        number++;
        if (number == in.length) {
          return false;
        }
        page = in[number];
        i = 0;
      }
    }
    return shift(number, i) && set(page, i, place, rest);
  }

  private static boolean set(long[] page, int i, long place, long rest) {
    page[i] = place;
    page[i + 1] = rest;
    return true;
  }

  /** Makes room for an entry by moving those up to the next gap; false if there is no gap. */
  private boolean shift(int first, int start) {
    int last = first;
    int gap = start;
    long[] page = pages[last];
    while (page[gap] != 0) {
      gap += 2;
      if (gap == page.length) {
        last++;
        if (last == pages.length) {
          return false;
        }
        page = pages[last];
        gap = 0;
      }
    }
    for (; last > first; last--) {
      long[] before = pages[last - 1];
      System.arraycopy(pages[last], 0, pages[last], 2, gap);
      gap = before.length - 2;
      pages[last][0] = before[gap];
      pages[last][1] = before[gap + 1];
    }
    System.arraycopy(pages[first], start, pages[first], start + 2, gap - start);
    return true;
  }

  private void grow(Scratch scratch) {
    long[] all = scratch.room(2 * count);
    drain(all);
    do {
      enlarge();
    } while (!fill(all, count));
  }

  /** By a quarter. Only the last page of a small table may be shorter than the others. */
  private void enlarge() {
    int capacity = capacity();
    int step = capacity < GROWTH * PAGE_ENTRIES ? SMALL_STEP_ENTRIES : PAGE_ENTRIES;
    int wanted = capacity + capacity / GROWTH + step - 1 & -step;
    int whole = capacity >>> PAGE_SHIFT;
    pages = Arrays.copyOf(pages, (wanted + PAGE_MASK) >>> PAGE_SHIFT);
    for (int number = whole; number < pages.length; number++) {
      pages[number] = new long[2 * Math.min(PAGE_ENTRIES, wanted - (number << PAGE_SHIFT))];
    }
    homes = homes(wanted);
  }

  /** Moves all entries out, in order. */
  private void drain(long[] all) {
    int to = 0;
    for (long[] page : pages) {
      for (int i = 0; i < page.length; i += 2) {
        long place = page[i];
        if (place != 0) {
          all[to] = place;
          all[to + 1] = page[i + 1];
          to += 2;
        }
      }
      Arrays.fill(page, 0);
    }
  }

  /** False, and the table is empty, if too many places are at the end for the room there. */
  private boolean fill(long[] all, int entries) {
    int capacity = capacity();
    int next = 0;
    for (int from = 0; from < 2 * entries; from += 2) {
      long place = all[from];
      int to = Math.max(home(place, homes), next);
      if (to == capacity) {
        for (long[] page : pages) {
          Arrays.fill(page, 0);
        }
        return false;
      }
      long[] page = pages[to >>> PAGE_SHIFT];
      int i = (to & PAGE_MASK) << 1;
      page[i] = place;
      page[i + 1] = all[from + 1];
      next = to + 1;
    }
    return true;
  }

  private int capacity() {
    int last = pages.length - 1;
    return (last << PAGE_SHIFT) + (pages[last].length >>> 1);
  }

  private static int home(long place, int homes) {
    return (int) ((place >>> 32) * homes >>> 32);
  }

  private static int homes(int capacity) {
    return capacity - Math.min(capacity / 4, OVERHANG_ENTRIES);
  }
}
