package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.combine.Causes;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a kind are owed for, by minute and PSP, until their minute is closed. Small:
 * stored as one value. Used by the task's thread.
 */
final class OwedEvents {

  /** Two hours; when one kind runs further ahead of the other, the oldest are unknown. */
  private static final int MINUTES_MAX = 120;

  private static final int PSP_BYTES_MAX = 256;

  private final SortedMap<Long, SortedMap<String, Long>> counts = new TreeMap<>();

  /** How far the ingest tasks are with the causes; heard anew after a start. */
  private final Progress progress;

  /** Minutes before were dropped; what still comes of them would be a part. */
  private long knownFromMillis = Long.MIN_VALUE;

  private boolean changed;

  private OwedEvents(int sources) {
    this.progress = new Progress(sources);
  }

  /**
   * What {@link #toBytes} wrote; nothing when there is none.
   *
   * @param sources ingest tasks
   */
  static OwedEvents of(byte @Nullable [] stored, int sources) {
    OwedEvents owed = new OwedEvents(sources);
    ByteBuffer in = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
    while (in.hasRemaining()) {
      SortedMap<String, Long> byPsp = new TreeMap<>();
      owed.counts.put(in.getLong(), byPsp);
      for (int left = in.getInt(); left > 0; left--) {
        byte[] psp = new byte[in.getShort()];
        in.get(psp);
        byPsp.put(new String(psp, StandardCharsets.UTF_8), in.getLong());
      }
    }
    return owed;
  }

  /** Takes a block of the kind that causes. */
  void take(CellBlocks.Block block) {
    CellBlocks.Head head = block.head();
    if (progress.isKnown(head.sourcePartition())) {
      progress.hear(head.sourcePartition(), head.watermarkMillis(), head.idle());
    }
    Causes.addTo(counts, block);
    while (counts.size() > MINUTES_MAX) {
      knownFromMillis = counts.firstKey() + CellStore.MINUTE_MILLIS;
      counts.remove(counts.firstKey());
    }
    counts.headMap(knownFromMillis).clear();
    changed = true;
  }

  /**
   * By PSP: what the events of a minute are owed for, see {@link MinuteLeaves#causes}. Nothing
   * while an ingest task may still have some of it: in a replay one kind runs ahead of another.
   */
  SortedMap<String, Long> causesOf(long minuteMillis) {
    SortedMap<String, Long> before = counts.get(minuteMillis - CellStore.MINUTE_MILLIS);
    boolean isComplete = progress.watermarkMillis() >= minuteMillis + CellStore.MINUTE_MILLIS;
    if (before == null || !isComplete) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, Long> now = counts.getOrDefault(minuteMillis, Collections.emptySortedMap());
    return MinuteLeaves.fewer(before, now);
  }

  /** Forgets what no minute from this one on is owed for; what still comes of it as well. */
  void forgetBefore(long minuteMillis) {
    knownFromMillis = Math.max(knownFromMillis, minuteMillis - CellStore.MINUTE_MILLIS);
    SortedMap<Long, ?> old = counts.headMap(knownFromMillis);
    changed |= !old.isEmpty();
    old.clear();
  }

  /** Whether it changed since this was last asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  byte[] toBytes() {
    int psps = counts.values().stream().mapToInt(SortedMap::size).sum();
    ByteBuffer out = ByteBuffer.allocate(counts.size() * 12 + psps * (10 + PSP_BYTES_MAX));
    counts.forEach((minute, byPsp) -> {
      out.putLong(minute).putInt(byPsp.size());
      byPsp.forEach((psp, events) -> {
        byte[] name = psp.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) name.length).put(name).putLong(events);
      });
    });
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
