package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a watch stores, so that it can go on where it stopped: events, not pictures.
 *
 * <p>Each minute is stored as it came in (it is needed for the ring anyway), each leaf's name once,
 * and every hour, right after learning, a checkpoint of all else. To restore is to read the
 * checkpoint and to live through the minutes since; that is the same code with the same input, so
 * it cannot differ. Keys: {@code m/minute}, {@code l/leaf number}, {@code c/chunk}.
 */
final class Journal {

  /** How often a checkpoint is due; learning times are among these. */
  static final int CHECKPOINT_MINUTES = 60;

  /** Minutes stored: the ring as it was at the last checkpoint, and all since. */
  static final int STORED_MINUTES = Ring.MINUTES + CHECKPOINT_MINUTES;

  private static final int FORMAT = 1;

  /** Size of a checkpoint's chunks, well below what a broker takes. */
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
  private final Map<String, byte[]> restored = new TreeMap<>();
  private final TreeSet<Long> storedMinutes = new TreeSet<>();
  private int chunks;

  void minute(long at, byte[] bytes) {
    changes.put(minuteKey(at), bytes);
    storedMinutes.add(at);
    long oldest = at - (STORED_MINUTES - 1) * Watch.MINUTE_MILLIS;
    while (storedMinutes.first() < oldest) {
      changes.put(minuteKey(storedMinutes.removeFirst()), null);
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
    int count = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    for (int chunk = 0; chunk < count; chunk++) {
      int from = chunk * CHUNK_BYTES;
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES));
      BytesOut out = new BytesOut().u8(FORMAT).number(count).number(bytes.length).block(part);
      changes.put("c/" + chunk, out.toBytes());
    }
    for (int gone = count; gone < chunks; gone++) {
      changes.put("c/" + gone, null);
    }
    chunks = count;
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

  /** What was stored, in the order in which it is to be taken back. */
  record Stored(byte @Nullable [] checkpoint, Map<Long, Slice> leaves, List<byte[]> minutes) {}

  Stored takeRestored() {
    Map<Long, Slice> leaves = new HashMap<>();
    TreeMap<Long, byte[]> minutes = new TreeMap<>();
    restored.forEach((key, value) -> {
      if (key.startsWith("l/")) {
        BytesIn in = new BytesIn(value, 0);
        expectFormat(in.u8(), key);
        leaves.put(Long.parseLong(key.substring(2)), Names.readOne(in));
      } else if (key.startsWith("m/")) {
        minutes.put(Long.parseLong(key.substring(2)), value);
        storedMinutes.add(Minute.startOf(value));
      } else if (!key.startsWith("c/")) {
        throw new IllegalStateException(
            "stored entry '%s', expected m/…, l/… or c/…".formatted(key));
      }
    });
    byte[] checkpoint = joinChunks();
    restored.clear();
    return new Stored(checkpoint, leaves, List.copyOf(minutes.values()));
  }

  private byte @Nullable [] joinChunks() {
    byte[] first = restored.get("c/0");
    if (first == null) {
      return null;
    }
    BytesIn header = new BytesIn(first, 0);
    expectFormat(header.u8(), "c/0");
    chunks = header.count();
    byte[] joined = new byte[header.count()];
    int at = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      byte[] value = restored.get("c/" + chunk);
      if (value == null) {
        throw new IllegalStateException(
            "chunk %d of %d of the checkpoint is missing".formatted(chunk, chunks));
      }
      BytesIn in = new BytesIn(value, 0);
      expectFormat(in.u8(), "c/" + chunk);
      in.number();
      in.number();
      byte[] part = in.block();
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private static void expectFormat(int format, String key) {
    if (format != FORMAT) {
      throw new IllegalStateException(
          "stored entry '%s' has format %d, expected %d".formatted(key, format, FORMAT));
    }
  }

  private static String minuteKey(long at) {
    return "m/" + at / Watch.MINUTE_MILLIS;
  }
}
