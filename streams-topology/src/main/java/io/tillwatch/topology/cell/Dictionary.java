package io.tillwatch.topology.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one dimension, or the currencies, numbered from 1 in the order they were first
 * seen; 0 stands for no value, that is rolled up.
 *
 * <p>Looked up by UTF-8 bytes where they lie, so that a known value costs no object, and compared
 * by its first and last eight bytes: most values are no longer than both. Holds at most as many
 * values as it was made for. Not thread-safe.
 */
public final class Dictionary {

  /** The number of no value. */
  public static final int ROLLED_UP = 0;

  private static final int VALUES_MIN = 16;

  /** Few values meet another one on the way: at most a quarter of the slots is taken. */
  private static final int SLOTS_PER_VALUE = 4;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Longer values have bytes between their first word and their last. */
  private static final int TWO_WORDS = 2 * Long.BYTES;

  private final int valuesMax;
  private @Nullable String[] values = new @Nullable String[VALUES_MIN];
  private byte[][] encoded = new byte[VALUES_MIN][];
  private long[] heads = new long[VALUES_MIN];
  private long[] tails = new long[VALUES_MIN];
  private int[] slots = new int[VALUES_MIN * SLOTS_PER_VALUE];
  private int size;
  private int utf8Longest;

  /** An empty dictionary for so many values. */
  public Dictionary(int valuesMax) {
    this.valuesMax = valuesMax;
  }

  /** How many values it holds; they are numbered from 1 to this. */
  public int size() {
    return size;
  }

  /** Whether one more value can be added. */
  public boolean hasRoom() {
    return size < valuesMax;
  }

  /** The number of the value in these bytes; 0 when it is not known. */
  public int find(byte[] utf8, int from, int length) {
    long head = head(utf8, from, length);
    long tail = tail(utf8, from, length);
    int mask = slots.length - 1;
    int slot = hash(utf8, from, length, head, tail) & mask;
    for (int code = slots[slot]; code != 0; code = slots[slot]) {
      if (heads[code] == head && tails[code] == tail && isRest(encoded[code], utf8, from, length)) {
        return code;
      }
      slot = slot + 1 & mask;
    }
    return 0;
  }

  /** Whether a value whose first and last words are the same is the same. */
  private static boolean isRest(byte[] value, byte[] utf8, int from, int length) {
    return value.length == length
        && (length <= TWO_WORDS || Arrays.equals(value, 0, length, utf8, from, from + length));
  }

  /** The number of a value; 0 when it is not known. */
  public int find(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  /** The number of the value in these bytes, which is added when it is new. */
  public int codeOf(byte[] utf8, int from, int length) {
    int code = find(utf8, from, length);
    return code != 0 ? code : add(Arrays.copyOfRange(utf8, from, from + length));
  }

  /** The number of a value, which is added when it is new. */
  public int codeOf(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return codeOf(utf8, 0, utf8.length);
  }

  /** The value of a number. */
  public String value(int code) {
    String value = code >= 1 && code <= size ? values[code] : null;
    if (value == null) {
      throw new IllegalArgumentException("number %d, expected 1 to %d".formatted(code, size));
    }
    return value;
  }

  /** The value of a number in UTF-8; not to be changed. */
  byte[] utf8(int code) {
    return encoded[code];
  }

  /** Bytes of the longest value there is, or was before it was cleared. */
  int utf8Longest() {
    return utf8Longest;
  }

  /** Forgets all values. */
  public void clear() {
    Arrays.fill(values, null);
    Arrays.fill(slots, 0);
    size = 0;
  }

  private int add(byte[] utf8) {
    if (!hasRoom()) {
      throw new IllegalStateException(
          "a dictionary of %d values is full: start it afresh, or fold".formatted(valuesMax));
    }
    int code = ++size;
    if (code == values.length) {
      grow();
    }
    values[code] = new String(utf8, StandardCharsets.UTF_8);
    encoded[code] = utf8;
    utf8Longest = Math.max(utf8Longest, utf8.length);
    heads[code] = head(utf8, 0, utf8.length);
    tails[code] = tail(utf8, 0, utf8.length);
    insert(code);
    return code;
  }

  private void grow() {
    int capacity = values.length * 2;
    values = Arrays.copyOf(values, capacity);
    encoded = Arrays.copyOf(encoded, capacity);
    heads = Arrays.copyOf(heads, capacity);
    tails = Arrays.copyOf(tails, capacity);
    slots = new int[capacity * SLOTS_PER_VALUE];
    for (int code = 1; code < size; code++) {
      insert(code);
    }
  }

  private void insert(int code) {
    int mask = slots.length - 1;
    byte[] utf8 = encoded[code];
    int slot = hash(utf8, 0, utf8.length, heads[code], tails[code]) & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = code;
  }

  /** The first eight bytes, or all and zeros behind them. */
  private static long head(byte[] utf8, int from, int length) {
    if (length >= Long.BYTES) {
      return (long) WORDS.get(utf8, from);
    }
    if (from + Long.BYTES <= utf8.length && length > 0) {
      int beyond = Byte.SIZE * (Long.BYTES - length);
      return (long) WORDS.get(utf8, from) << beyond >>> beyond;
    }
    long head = 0;
    for (int i = from + length - 1; i >= from; i--) {
      head = head << Byte.SIZE | utf8[i] & 0xFF;
    }
    return head;
  }

  /** The last eight bytes of a value of more than that. */
  private static long tail(byte[] utf8, int from, int length) {
    return length <= Long.BYTES ? 0 : (long) WORDS.get(utf8, from + length - Long.BYTES);
  }

  private static int hash(byte[] utf8, int from, int length, long head, long tail) {
    long hash = mix(mix(head + length) ^ tail);
    for (int i = from + Long.BYTES; i < from + length - Long.BYTES; i += Long.BYTES) {
      hash = mix(hash ^ (long) WORDS.get(utf8, i));
    }
    return (int) hash;
  }

  private static long mix(long word) {
    long mixed = word * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }
}
