package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a watch stores, so that it can go on where it stopped: events, not pictures.
 *
 * <p>Each minute is stored as it came in (it is needed for the ring anyway), each leaf's name once,
 * and every hour, right after learning, a checkpoint of all else. To restore is to read the
 * checkpoint and to live through the minutes since; that is the same code with the same input, so
 * it cannot differ. Keys: {@code m/minute/chunk}, {@code l/leaf number}, {@code c/chunk}; {@code
 * e/minute/chunk} for what a minute had counted when something was found before it was over.
 */
final class Journal {

  /** How often a checkpoint is due; learning times are among these. */
  static final int CHECKPOINT_MINUTES = 60;

  /** Minutes stored: the ring as it was at the last checkpoint, and all since. */
  static final int STORED_MINUTES = Ring.MINUTES + CHECKPOINT_MINUTES;

  /** What is written. Each earlier format from {@link #FORMAT_OLDEST} on is read as well. */
  static final int FORMAT = 4;

  /** The first in which a {@link Stretch} tells attempts and first attempts. */
  static final int FORMAT_WITH_ATTEMPTS = 4;

  private static final int FORMAT_OLDEST = 3;

  /** Size of a checkpoint's and a minute's chunks, well below what a broker takes. */
  static final int CHUNK_BYTES = 256 * 1024;

  private static final String CHECKPOINT = "c";

  private final Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
  private final Map<String, byte[]> restored = new TreeMap<>();

  /** Number of chunks by minute since 1970. */
  private final TreeMap<Long, Integer> storedMinutes = new TreeMap<>();

  /** The same of those that something was found in before they were over. */
  private final TreeMap<Long, Integer> storedEarly = new TreeMap<>();

  private int checkpointChunks;

  void minute(long at, byte[] bytes) {
    long minute = at / Watch.MINUTE_MILLIS;
    storedMinutes.put(minute, putChunks(minuteKey(minute), bytes));
    forget(storedMinutes, Journal::minuteKey, minute - STORED_MINUTES);
    forget(storedEarly, Journal::earlyKey, minute - CHECKPOINT_MINUTES);
  }

  /** What a minute has counted before it is over; once a minute at most. */
  void early(long at, byte[] bytes) {
    long minute = at / Watch.MINUTE_MILLIS;
    storedEarly.put(minute, putChunks(earlyKey(minute), bytes));
  }

  private void forget(TreeMap<Long, Integer> stored, LongFunction<String> key, long until) {
    while (!stored.isEmpty() && stored.firstKey() <= until) {
      Map.Entry<Long, Integer> oldest = stored.pollFirstEntry();
      removeChunks(key.apply(oldest.getKey()), 0, oldest.getValue());
    }
  }

  void leaf(long number, Slice name) {
    BytesOut out = new BytesOut().u8(FORMAT);
    Names.write(name, out);
    changes.put("l/" + number, out.toBytes());
  }

  void forgetLeaf(long number) {
    changes.put("l/" + number, null);
  }

  void checkpoint(byte[] bytes) {
    int before = checkpointChunks;
    checkpointChunks = putChunks(CHECKPOINT, bytes);
    removeChunks(CHECKPOINT, checkpointChunks, before);
  }

  private int putChunks(String key, byte[] bytes) {
    int count = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    for (int chunk = 0; chunk < count; chunk++) {
      int from = chunk * CHUNK_BYTES;
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES));
      BytesOut out = new BytesOut().u8(FORMAT).number(count).number(bytes.length).block(part);
      changes.put(chunkKey(key, chunk), out.toBytes());
    }
    return count;
  }

  private void removeChunks(String key, int from, int until) {
    for (int gone = from; gone < until; gone++) {
      changes.put(chunkKey(key, gone), null);
    }
  }

  List<StateEntry> drain() {
    List<StateEntry> entries = new ArrayList<>();
    changes.forEach((key, value) -> entries.add(new StateEntry(key, value)));
    changes.clear();
    return entries;
  }

  void restore(String key, byte[] value) {
    restored.put(key, value);
  }

  boolean hasRestored() {
    return !restored.isEmpty();
  }

  /**
   * What was stored, in the order in which it is to be taken back.
   *
   * @param format of the checkpoint
   * @param early what was found before its minute was over, by minute since 1970
   */
  record Stored(
      byte @Nullable [] checkpoint,
      int format,
      Map<Long, Slice> leaves,
      List<byte[]> minutes,
      NavigableMap<Long, byte[]> early) {}

  Stored takeRestored() {
    Map<Long, Slice> leaves = new HashMap<>();
    TreeMap<Long, byte[]> minutes = new TreeMap<>();
    TreeMap<Long, byte[]> early = new TreeMap<>();
    restored.forEach((key, value) -> {
      if (key.startsWith("l/")) {
        BytesIn in = new BytesIn(value, 0);
        expectFormat(in.u8(), key);
        leaves.put(Long.parseLong(key.substring(2)), Names.readOne(in));
      } else if (key.startsWith("m/")) {
        minutes.computeIfAbsent(minuteOf(key), m -> take(minuteKey(m), m, storedMinutes));
      } else if (key.startsWith("e/")) {
        early.computeIfAbsent(minuteOf(key), m -> take(earlyKey(m), m, storedEarly));
      } else if (!key.startsWith("c/")) {
        throw new IllegalStateException(
            "stored entry '%s', expected m/…, e/…, l/… or c/…".formatted(key));
      }
    });
    byte[] checkpoint = null;
    int format = FORMAT;
    if (restored.containsKey(chunkKey(CHECKPOINT, 0))) {
      checkpointChunks = chunksOf(CHECKPOINT);
      checkpoint = joinChunks(CHECKPOINT);
      format = chunk(CHECKPOINT, 0).format();
    }
    restored.clear();
    return new Stored(checkpoint, format, leaves, List.copyOf(minutes.values()), early);
  }

  private byte[] take(String key, long minute, TreeMap<Long, Integer> stored) {
    stored.put(minute, chunksOf(key));
    return joinChunks(key);
  }

  private int chunksOf(String key) {
    return chunk(key, 0).count();
  }

  private byte[] joinChunks(String key) {
    int count = chunksOf(key);
    BytesIn first = chunk(key, 0);
    first.number();
    byte[] joined = new byte[first.count()];
    int at = 0;
    for (int chunk = 0; chunk < count; chunk++) {
      BytesIn in = chunk(key, chunk);
      in.number();
      in.number();
      byte[] part = in.block();
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private BytesIn chunk(String of, int chunk) {
    String key = chunkKey(of, chunk);
    byte[] value = restored.get(key);
    if (value == null) {
      throw new IllegalStateException("stored entry '%s' is missing".formatted(key));
    }
    int format = new BytesIn(value, 0).u8();
    expectFormat(format, key);
    return new BytesIn(value, 1, format);
  }

  private static void expectFormat(int format, String key) {
    if (format < FORMAT_OLDEST || format > FORMAT) {
      throw new IllegalStateException(
          "stored entry '%s' has format %d, expected %d to %d"
              .formatted(key, format, FORMAT_OLDEST, FORMAT));
    }
  }

  private static String minuteKey(long minute) {
    return "m/" + minute;
  }

  private static String earlyKey(long minute) {
    return "e/" + minute;
  }

  private static long minuteOf(String chunkKey) {
    return Long.parseLong(chunkKey.substring(2, chunkKey.lastIndexOf('/')));
  }

  private static String chunkKey(String of, int chunk) {
    return of + "/" + chunk;
  }
}
