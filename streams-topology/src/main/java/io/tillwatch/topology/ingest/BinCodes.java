package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What BINs tell, as numbers of an index, looked up once per BIN until the table or the index
 * changes. Used by one task.
 */
final class BinCodes {

  /** BINs remembered, 32 bytes each; then it starts afresh. */
  private static final int BINS_MAX = 65_536;

  /** Range of a BIN that none has. */
  private static final String UNKNOWN = "unknown";

  private static final int BINS_MIN = 256;
  private static final int SHORT_DIGITS = 6;
  private static final int LONG_DIGITS = 8;

  /** Beyond the BINs of eight digits; 0 is no key. */
  private static final int SHORT_KEYS = 100_000_001;

  private static final int NO_KEY = 0;
  private static final int NOT_SAID = Dictionary.ROLLED_UP;

  private final BinLookup lookup;
  private final SliceIndex index;
  private int[] keys = new int[BINS_MIN * 2];
  private int[] ranges = new int[BINS_MIN * 2];
  private int[] schemes = new int[BINS_MIN * 2];
  private int[] countries = new int[BINS_MIN * 2];
  private int size;
  private int generation;

  BinCodes(BinLookup lookup, SliceIndex index) {
    this.lookup = lookup;
    this.index = index;
  }

  /**
   * Where the answers for this BIN are; -1 when it is none of 6 or 8 digits, or new when the index
   * is full.
   */
  int place(byte[] bytes, int from, int length) {
    if (length != SHORT_DIGITS && length != LONG_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + length; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return place(length == SHORT_DIGITS ? number + SHORT_KEYS : number + 1);
  }

  private int place(int key) {
    if (generation != lookup.generation()) {
      forget();
    }
    int place = placeOf(key);
    return keys[place] == key ? place : add(key);
  }

  private boolean hasRoom() {
    return index.values(Dimension.BIN_RANGE).hasRoom()
        && index.values(Dimension.SCHEME).hasRoom()
        && index.values(Dimension.ISSUER_COUNTRY).hasRoom();
  }

  /** Number of the range it belongs to. */
  int range(int place) {
    return ranges[place];
  }

  /**
   * Number of the scheme it belongs to, or of what else is to be said when the range tells none.
   */
  int scheme(int place, int otherwise) {
    return schemes[place] == NOT_SAID ? otherwise : schemes[place];
  }

  /** Number of its issuer's country, or of what else is to be said when the range tells none. */
  int country(int place, int otherwise) {
    return countries[place] == NOT_SAID ? otherwise : countries[place];
  }

  /** Forgets all answers. */
  void forget() {
    Arrays.fill(keys, NO_KEY);
    size = 0;
    generation = lookup.generation();
  }

  private int add(int key) {
    if (!hasRoom()) {
      return -1;
    }
    if (size == BINS_MAX) {
      forget();
    } else if (size * 2 == keys.length) {
      grow();
    }
    BinRange range = lookup.find(binOf(key));
    int place = placeOf(key);
    keys[place] = key;
    ranges[place] = code(Dimension.BIN_RANGE, range == null ? UNKNOWN : range.getId());
    schemes[place] = code(Dimension.SCHEME, range == null ? null : range.getScheme());
    countries[place] = code(Dimension.ISSUER_COUNTRY, range == null ? null : range.getCountry());
    size++;
    return place;
  }

  private static String binOf(int key) {
    return key >= SHORT_KEYS
        ? String.format(Locale.ROOT, "%06d", key - SHORT_KEYS)
        : String.format(Locale.ROOT, "%08d", key - 1);
  }

  private int code(Dimension dimension, @Nullable String value) {
    return value == null ? NOT_SAID : index.values(dimension).codeOf(value);
  }

  private int placeOf(int key) {
    int mask = keys.length - 1;
    int hash = key * 0x9E3779B9;
    int place = (hash ^ hash >>> 15) & mask;
    while (keys[place] != NO_KEY && keys[place] != key) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldRanges = ranges;
    int[] oldSchemes = schemes;
    int[] oldCountries = countries;
    int capacity = oldKeys.length * 2;
    keys = new int[capacity];
    ranges = new int[capacity];
    schemes = new int[capacity];
    countries = new int[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NO_KEY) {
        int place = placeOf(oldKeys[i]);
        keys[place] = oldKeys[i];
        ranges[place] = oldRanges[i];
        schemes[place] = oldSchemes[i];
        countries[place] = oldCountries[i];
      }
    }
  }
}
