package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.localise.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The leaves that are watched: their names, decayed counts and expected failure probability.
 *
 * <p>A leaf has a number for ever and an index for as long as no other leaf is forgotten; indexes
 * are in order of the numbers. Not thread-safe.
 */
final class Leaves {

  private final List<Slice> slices = new ArrayList<>();
  private final Map<Slice, Integer> indexes = new HashMap<>();

  /** By the number that a cube has for a slice: the leaf's index plus one; 0 when not known. */
  private int[] indexOfNumbered = {};

  private long numbering;
  private long[] numbers = new long[16];
  private long nextNumber;
  private long version;

  /** Decayed judged events by leaf. */
  double[] attempts = new double[16];

  /** Decayed failures by leaf. */
  double[] failures = new double[16];

  /** Expected failure probability by leaf, at this time of day. */
  double[] expected = new double[16];

  /** The same over the whole day. */
  double[] base = new double[16];

  /** Minute in which the leaf last had traffic. */
  long[] lastSeen = new long[16];

  /** Number of the leaf's PSP among {@link #psps}. */
  int[] psp = new int[16];

  /** Names of the PSPs, also of those whose leaves were all forgotten. */
  final List<String> psps = new ArrayList<>();

  private final Map<String, Integer> pspNumbers = new HashMap<>();

  /** Number of the leaf's region. */
  int[] region = new int[16];

  private final List<String> regions = new ArrayList<>();

  /** Claims that hold the leaf, one bit each. */
  long[] claims = new long[16];

  private double[] slopes = new double[16 * Shift.COUNT];

  int size() {
    return slices.size();
  }

  /** Another one whenever leaves have got other indexes. */
  long version() {
    return version;
  }

  long nextNumber() {
    return nextNumber;
  }

  /** The leaf's index; -1 when it is not watched. */
  int find(Slice leaf) {
    return indexes.getOrDefault(leaf, -1);
  }

  /** From now on minutes number their leaves in this way. */
  void numberedAs(long epoch) {
    if (epoch != numbering) {
      numbering = epoch;
      Arrays.fill(indexOfNumbered, 0);
    }
  }

  /** The index of the leaf of a row; -1 when it is not watched. */
  int find(MinuteLeaves minute, int row) {
    int number = minute.number(row);
    if (number < 0) {
      return find(minute.slice(row));
    }
    if (number >= indexOfNumbered.length) {
      indexOfNumbered = Arrays.copyOf(indexOfNumbered, (number + 1) * 3 / 2);
    }
    if (indexOfNumbered[number] == 0) {
      indexOfNumbered[number] = find(minute.slice(row)) + 1;
    }
    return indexOfNumbered[number] - 1;
  }

  Slice slice(int index) {
    return slices.get(index);
  }

  long number(int index) {
    return numbers[index];
  }

  /** Whether there is a leaf of that number. */
  boolean knows(long number) {
    return Arrays.binarySearch(numbers, 0, slices.size(), number) >= 0;
  }

  int indexOf(long number) {
    int index = Arrays.binarySearch(numbers, 0, slices.size(), number);
    if (index < 0) {
      throw new IllegalStateException("leaf number %d is not known".formatted(number));
    }
    return index;
  }

  /** Adds a leaf under the next number. */
  int add(Slice leaf) {
    return add(leaf, nextNumber);
  }

  /** Adds a leaf under its old number, which is higher than all so far. */
  int add(Slice leaf, long number) {
    int index = slices.size();
    if (index == numbers.length) {
      grow(index * 2);
    }
    slices.add(leaf);
    indexes.put(leaf, index);
    numbers[index] = number;
    psp[index] = pspNumber(Objects.requireNonNull(leaf.get(Dimension.PSP), "a leaf fixes all"));
    region[index] = regionNumber(Objects.requireNonNull(leaf.get(Dimension.REGION), "fixes all"));
    attempts[index] = 0;
    failures[index] = 0;
    lastSeen[index] = 0;
    claims[index] = 0;
    nextNumber = number + 1;
    return index;
  }

  /** Regions seen so far; few, and in the order in which they came. */
  int regions() {
    return regions.size();
  }

  String regionName(int region) {
    return regions.get(region);
  }

  private int regionNumber(String name) {
    int known = regions.indexOf(name);
    if (known < 0) {
      regions.add(name);
    }
    return known < 0 ? regions.size() - 1 : known;
  }

  private int pspNumber(String name) {
    return pspNumbers.computeIfAbsent(
        name,
        added -> {
          psps.add(added);
          return psps.size() - 1;
        });
  }

  /**
   * Says what to expect of a leaf.
   *
   * @param failureProbability over the whole day
   * @param season what this time of day adds to its logit
   */
  void expect(int index, double failureProbability, double season) {
    base[index] = failureProbability;
    expected[index] = season == 0 ? failureProbability : Shift.shifted(failureProbability, season);
    for (int k = 0; k < Shift.COUNT; k++) {
      slopes[index * Shift.COUNT + k] = Double.NaN;
    }
  }

  /** What an attempt adds to the log-likelihood ratio of shift k; computed when first asked for. */
  double slope(int index, int k) {
    int at = index * Shift.COUNT + k;
    double slope = slopes[at];
    if (Double.isNaN(slope)) {
      slope = Shift.slope(expected[index], k);
      slopes[at] = slope;
    }
    return slope;
  }

  /**
   * Forgets leaves.
   *
   * @return by old index the new one; -1 for a forgotten leaf
   */
  int[] keep(boolean[] kept) {
    version++;
    int[] newIndex = new int[size()];
    int size = 0;
    for (int old = 0; old < newIndex.length; old++) {
      newIndex[old] = kept[old] ? size : -1;
      if (kept[old]) {
        move(old, size++);
      } else {
        indexes.remove(slices.get(old));
      }
    }
    slices.subList(size, slices.size()).clear();
    Arrays.fill(indexOfNumbered, 0);
    return newIndex;
  }

  private void move(int from, int to) {
    slices.set(to, slices.get(from));
    indexes.put(slices.get(to), to);
    numbers[to] = numbers[from];
    psp[to] = psp[from];
    region[to] = region[from];
    attempts[to] = attempts[from];
    failures[to] = failures[from];
    lastSeen[to] = lastSeen[from];
    claims[to] = claims[from];
    double now = expected[from];
    expect(to, base[from], 0);
    expected[to] = now;
  }

  private void grow(int capacity) {
    numbers = Arrays.copyOf(numbers, capacity);
    psp = Arrays.copyOf(psp, capacity);
    attempts = Arrays.copyOf(attempts, capacity);
    failures = Arrays.copyOf(failures, capacity);
    expected = Arrays.copyOf(expected, capacity);
    base = Arrays.copyOf(base, capacity);
    region = Arrays.copyOf(region, capacity);
    lastSeen = Arrays.copyOf(lastSeen, capacity);
    claims = Arrays.copyOf(claims, capacity);
    slopes = Arrays.copyOf(slopes, capacity * Shift.COUNT);
  }

  /** Numbers and statistics; the names are stored leaf by leaf when they are first seen. */
  void write(BytesOut out) {
    out.number(regions.size());
    regions.forEach(out::text);
    out.number(nextNumber).number(size());
    long before = -1;
    for (int i = 0; i < size(); i++) {
      out.number(numbers[i] - before);
      out.real(attempts[i]).real(failures[i]).real(base[i]).real(expected[i]).number(lastSeen[i]);
      before = numbers[i];
    }
  }

  void read(BytesIn in, Map<Long, Slice> names) {
    for (int left = in.count(); left > 0; left--) {
      regions.add(in.text());
    }
    long next = in.number();
    int size = in.count();
    long number = -1;
    for (int i = 0; i < size; i++) {
      number += in.number();
      Slice name = names.get(number);
      if (name == null) {
        throw new IllegalStateException("the name of leaf number %d is missing".formatted(number));
      }
      int index = add(name, number);
      attempts[index] = in.real();
      failures[index] = in.real();
      expect(index, in.real(), 0);
      expected[index] = in.real();
      lastSeen[index] = in.number();
    }
    nextNumber = next;
  }
}
