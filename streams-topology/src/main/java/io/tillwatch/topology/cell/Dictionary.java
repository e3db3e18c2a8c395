package io.tillwatch.topology.cell;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one dimension, or the currencies, numbered from 1 in the order they were first
 * seen; 0 stands for no value, that is rolled up.
 *
 * <p>Looked up by UTF-8 bytes where they lie, so that a known value costs no object. Holds at most
 * as many values as it was made for. Not thread-safe.
 */
public final class Dictionary {

  /** The number of no value. */
  public static final int ROLLED_UP = 0;

  private static final int SLOTS_MIN = 16;

  private final int valuesMax;
  private @Nullable String[] values = new @Nullable String[SLOTS_MIN];
  private byte[][] encoded = new byte[SLOTS_MIN][];
  private int[] hashes = new int[SLOTS_MIN];
  private int[] slots = new int[SLOTS_MIN];
  private int size;

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
    int hash = hash(utf8, from, length);
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int code = slots[slot];
      byte[] candidate = encoded[code];
      if (hashes[code] == hash
          && Arrays.equals(candidate, 0, candidate.length, utf8, from, from + length)) {
        return code;
      }
    }
    return 0;
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
    hashes[code] = hash(utf8, 0, utf8.length);
    insert(code);
    return code;
  }

  private void grow() {
    int capacity = values.length * 2;
    values = Arrays.copyOf(values, capacity);
    encoded = Arrays.copyOf(encoded, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    slots = new int[capacity * 2];
    for (int code = 1; code < size; code++) {
      insert(code);
    }
  }

  private void insert(int code) {
    int mask = slots.length - 1;
    int slot = hashes[code] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = code;
  }

  private static int hash(byte[] utf8, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + utf8[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }
}
