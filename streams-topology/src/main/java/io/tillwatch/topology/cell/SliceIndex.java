package io.tillwatch.topology.cell;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers slices densely from 0, so that cells can be columns.
 *
 * <p>A slice is nine numbers, one per dimension, out of that dimension's {@link Dictionary}; they
 * are packed into two longs, which an open-addressing table finds. About 60 bytes per slice, and
 * 120 more once its {@link Slice} was asked for. Not thread-safe.
 */
public final class SliceIndex {

  private static final int SLOTS_MIN = 64;
  private static final int CURRENCIES_MAX = 1_000;

  /** Bits of each dimension's number, in dimension order: the first five make one long. */
  private static final int[] BITS = {12, 20, 12, 10, 10, 10, 20, 20, 4};

  private static final int FIRST_OF_LOW = 5;
  private static final int DIMENSIONS = BITS.length;
  private static final int[] SHIFTS = shifts();

  private final Dictionary[] dictionaries = new Dictionary[DIMENSIONS];
  private final Dictionary currencies = new Dictionary(CURRENCIES_MAX);

  /** Two longs per slice, side by side: they are mostly looked at together, and seldom cached. */
  private long[] keys = new long[SLOTS_MIN * 2];

  private @Nullable Slice[] slices = new @Nullable Slice[SLOTS_MIN];
  private int[] slots = new int[SLOTS_MIN * 2];
  private int size;
  private int epoch;

  /** What was touched goes in here, or the compiler would see that nobody needs it. */
  private int touched;

  /** An empty index. */
  public SliceIndex() {
    for (Dimension dimension : Dimension.ALL) {
      dictionaries[dimension.ordinal()] = new Dictionary(valuesMax(dimension));
    }
  }

  /** How many values of a dimension can be told apart. */
  public static int valuesMax(Dimension dimension) {
    return (1 << BITS[dimension.ordinal()]) - 1;
  }

  /** Counts up when numbers given before mean nothing any more. */
  public int epoch() {
    return epoch;
  }

  /** The values of a dimension. */
  public Dictionary values(Dimension dimension) {
    return dictionaries[dimension.ordinal()];
  }

  /** The currencies of the cells that are counted under its slices. */
  public Dictionary currencies() {
    return currencies;
  }

  /** How many slices it knows. */
  public int size() {
    return size;
  }

  /**
   * The number of the slice with these values, which is added when it is new.
   *
   * @param codes numbers of its values in dimension order, {@link Dictionary#ROLLED_UP} for none
   */
  public int number(int[] codes) {
    return number(high(codes), low(codes));
  }

  /**
   * Says that the slice with these values will be numbered soon: what is expected one right after
   * the other is fetched from memory side by side.
   */
  public void expect(int[] codes) {
    touched ^= slots[hash(high(codes), low(codes)) & slots.length - 1];
  }

  private static long high(int[] codes) {
    long high = 0;
    for (int i = 0; i < FIRST_OF_LOW; i++) {
      high |= (long) codes[i] << SHIFTS[i];
    }
    return high;
  }

  private static long low(int[] codes) {
    long low = 0;
    for (int i = FIRST_OF_LOW; i < DIMENSIONS; i++) {
      low |= (long) codes[i] << SHIFTS[i];
    }
    return low;
  }

  /** The number of a slice, which is added with its values when it is new. */
  public int number(Slice slice) {
    int[] codes = new int[DIMENSIONS];
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension);
      codes[dimension.ordinal()] =
          value == null ? Dictionary.ROLLED_UP : values(dimension).codeOf(value);
    }
    return number(codes);
  }

  /** The number of a slice; -1 when it is not known. */
  public int find(Slice slice) {
    Pattern pattern = covered(slice);
    return pattern == null ? -1 : slots[slotOf(pattern.high, pattern.low)] - 1;
  }

  /**
   * Slices that have some values in common.
   *
   * @param high bits of those values in a slice's first word; 0 in all others
   * @param highMask where they are
   * @param low the same in the second word
   * @param lowMask the same
   */
  public record Pattern(long high, long highMask, long low, long lowMask) {}

  /** The slices that this one covers; null when some of its values is not known. */
  public @Nullable Pattern covered(Slice by) {
    long high = 0;
    long highMask = 0;
    long low = 0;
    long lowMask = 0;
    for (Dimension dimension : by.fixed()) {
      int i = dimension.ordinal();
      long code = values(dimension).find(Objects.requireNonNull(by.get(dimension)));
      if (code == Dictionary.ROLLED_UP) {
        return null;
      }
      if (i < FIRST_OF_LOW) {
        high |= code << SHIFTS[i];
        highMask |= field(i);
      } else {
        low |= code << SHIFTS[i];
        lowMask |= field(i);
      }
    }
    return new Pattern(high, highMask, low, lowMask);
  }

  /** Whether a slice is one of them. */
  public boolean matches(int number, Pattern pattern) {
    return (keys[2 * number] & pattern.highMask) == pattern.high
        && (keys[2 * number + 1] & pattern.lowMask) == pattern.low;
  }

  private static long field(int dimension) {
    return ((1L << BITS[dimension]) - 1) << SHIFTS[dimension];
  }

  /** The number of this slice with all dimensions rolled up whose bit is not in the mask. */
  public int rolledUp(int number, int mask) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      if ((mask & 1 << i) != 0) {
        high |= i < FIRST_OF_LOW ? field(i) : 0;
        low |= i < FIRST_OF_LOW ? 0 : field(i);
      }
    }
    return number(keys[2 * number] & high, keys[2 * number + 1] & low);
  }

  /** The number of a slice's value of a dimension; {@link Dictionary#ROLLED_UP} for none. */
  public int code(int number, Dimension dimension) {
    return code(number, dimension.ordinal());
  }

  /** All of them at once, in dimension order. */
  public void codes(int number, int[] into) {
    long high = keys[2 * number];
    for (int i = 0; i < FIRST_OF_LOW; i++) {
      into[i] = (int) (high >>> SHIFTS[i]) & (1 << BITS[i]) - 1;
    }
    long low = keys[2 * number + 1];
    for (int i = FIRST_OF_LOW; i < DIMENSIONS; i++) {
      into[i] = (int) (low >>> SHIFTS[i]) & (1 << BITS[i]) - 1;
    }
  }

  int code(int number, int dimension) {
    long word = keys[dimension < FIRST_OF_LOW ? 2 * number : 2 * number + 1];
    return (int) (word >>> SHIFTS[dimension]) & (1 << BITS[dimension]) - 1;
  }

  /** The slice of a number. */
  public Slice slice(int number) {
    Slice known = slices[number];
    if (known == null) {
      @Nullable String[] texts = new @Nullable String[DIMENSIONS];
      for (int i = 0; i < DIMENSIONS; i++) {
        int code = code(number, i);
        texts[i] = code == Dictionary.ROLLED_UP ? null : dictionaries[i].value(code);
      }
      known = Slice.at(texts);
      slices[number] = known;
    }
    return known;
  }

  /** Forgets all slices and all their values; numbers given before mean nothing any more. */
  public void clear() {
    for (Dictionary dictionary : dictionaries) {
      dictionary.clear();
    }
    currencies.clear();
    Arrays.fill(slices, 0, size, null);
    Arrays.fill(slots, 0);
    size = 0;
    epoch++;
  }

  private int number(long high, long low) {
    int slot = slotOf(high, low);
    int known = slots[slot];
    if (known != 0) {
      return known - 1;
    }
    int number = size++;
    keys[2 * number] = high;
    keys[2 * number + 1] = low;
    slots[slot] = number + 1;
    if (size == slices.length) {
      grow();
    }
    return number;
  }

  /** Where the slice is, or where it would go. */
  private int slotOf(long high, long low) {
    int mask = slots.length - 1;
    int slot = hash(high, low) & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (keys[2 * number] == high && keys[2 * number + 1] == low) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int capacity = size * 2;
    keys = Arrays.copyOf(keys, capacity * 2);
    slices = Arrays.copyOf(slices, capacity);
    slots = new int[capacity * 2];
    for (int number = 0; number < size; number++) {
      slots[slotOf(keys[2 * number], keys[2 * number + 1])] = number + 1;
    }
  }

  private static int hash(long high, long low) {
    long mixed = (high ^ low * 0x9E3779B97F4A7C15L) * 0xC4CEB9FE1A85EC53L;
    return (int) (mixed >>> 32 ^ mixed >>> 11);
  }

  private static int[] shifts() {
    int[] shifts = new int[DIMENSIONS];
    int shift = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      shift = i == FIRST_OF_LOW ? 0 : shift;
      shifts[i] = shift;
      shift += BITS[i];
    }
    return shifts;
  }
}
