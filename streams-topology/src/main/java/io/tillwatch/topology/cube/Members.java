package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which values each dimension of a kind has had within the retention, and when each was last seen
 * (to the hour, so that a value costs one write an hour). Key: kind/dimension/value.
 *
 * <p>A dimension has room for so many values; a further one is counted under {@link #OTHER} until
 * one of them is forgotten or the limit is raised. Asked once per value and numbering of slices,
 * not per cell.
 */
final class Members {

  /** The value under which values that found no room are counted. */
  static final String OTHER = "other";

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  /** In place of a minute when cells are merged again that were seen before a restart. */
  static final long SEEN_BEFORE = Long.MIN_VALUE;

  private static final long REFRESH_MILLIS = 3_600_000;
  private static final int DIMENSIONS = Dimension.ALL.size();

  private final KeyValueStore<String, byte[]> store;
  private final EventKind kind;
  private final long retentionMillis;
  private final int valuesMax;

  /** When each value was last seen. */
  private final Map<Dimension, Map<String, Long>> seen = new EnumMap<>(Dimension.class);

  /** The same by dimension and number, under the numbering of this epoch. */
  private final long[][] seenByCode = new long[DIMENSIONS][16];

  private long epoch;
  private int full;
  private long forgottenAtMillis;

  Members(
      KeyValueStore<String, byte[]> store, EventKind kind, long retentionMillis, int valuesMax) {
    this.store = store;
    this.kind = kind;
    this.retentionMillis = retentionMillis;
    this.valuesMax = valuesMax;
    for (Dimension dimension : Dimension.ALL) {
      seen.put(dimension, stored(prefix(kind, dimension)));
    }
  }

  private Map<String, Long> stored(String prefix) {
    Map<String, Long> members = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = store.range(prefix, prefix + Character.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        members.put(entry.key.substring(prefix.length()), lastSeenMillis(entry.value));
      }
    }
    return members;
  }

  static String prefix(EventKind kind) {
    return kind + "/";
  }

  static String prefix(EventKind kind, Dimension dimension) {
    return prefix(kind) + dimension.label() + "/";
  }

  static long lastSeenMillis(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  /** How many values a dimension has room for: half of what can be numbered, at most. */
  int room(Dimension dimension) {
    return Math.min(valuesMax, SliceIndex.valuesMax(dimension) / 2);
  }

  /** Dimensions that have had values which found no room, as bits. */
  int full() {
    return full;
  }

  /** The number of a value that has none yet: its own, or that of {@link #OTHER}. */
  int code(Dimension dimension, String value, Dictionary values, long minuteMillis) {
    Map<String, Long> members = Objects.requireNonNull(seen.get(dimension));
    boolean hasRoom = members.containsKey(value) || members.size() < room(dimension);
    if (hasRoom || value.equals(OTHER) || value.equals(Slice.NONE)) {
      see(dimension, value, minuteMillis);
      return values.codeOf(value);
    }
    if ((full & 1 << dimension.ordinal()) == 0) {
      full |= 1 << dimension.ordinal();
      LOG.warn(
          "{}: {} has more than {} values: further ones are counted as \"{}\"",
          kind,
          dimension.label(),
          room(dimension),
          OTHER);
    }
    see(dimension, OTHER, minuteMillis);
    return values.codeOf(OTHER);
  }

  /** Notes which values a minute's leaves have. */
  void see(CellTable leaves, Numbering numbering, long minuteMillis) {
    if (epoch != numbering.epoch()) {
      epoch = numbering.epoch();
      forgetCodes();
    }
    SliceIndex index = numbering.index();
    for (Dimension dimension : Dimension.ALL) {
      Dictionary values = index.values(dimension);
      int d = dimension.ordinal();
      if (values.size() >= seenByCode[d].length) {
        seenByCode[d] = Arrays.copyOf(seenByCode[d], values.size() * 2);
      }
      for (int row = 0; row < leaves.size(); row++) {
        int code = index.code(leaves.sliceAt(row), dimension);
        if (minuteMillis - seenByCode[d][code] >= REFRESH_MILLIS) {
          seenByCode[d][code] = minuteMillis;
          see(dimension, values.value(code), minuteMillis);
        }
      }
    }
  }

  private void see(Dimension dimension, String value, long minuteMillis) {
    Map<String, Long> members = Objects.requireNonNull(seen.get(dimension));
    Long before = members.get(value);
    if (minuteMillis == SEEN_BEFORE) {
      members.putIfAbsent(value, 0L);
    } else if (before == null || minuteMillis - before >= REFRESH_MILLIS) {
      members.put(value, minuteMillis);
      store.put(
          prefix(kind, dimension) + value,
          ByteBuffer.allocate(Long.BYTES).putLong(minuteMillis).array());
    }
  }

  /** Forgets what was not seen for as long as cells are kept; returns whether that made room. */
  boolean forget(long nowMillis) {
    if (nowMillis - forgottenAtMillis < REFRESH_MILLIS) {
      return false;
    }
    forgottenAtMillis = nowMillis;
    long oldest = nowMillis - retentionMillis - REFRESH_MILLIS;
    boolean madeRoom = false;
    for (Map.Entry<Dimension, Map<String, Long>> members : seen.entrySet()) {
      String prefix = prefix(kind, members.getKey());
      madeRoom |=
          members
              .getValue()
              .entrySet()
              .removeIf(member -> {
                boolean old = member.getValue() < oldest;
                if (old) {
                  store.delete(prefix + member.getKey());
                }
                return old;
              });
    }
    if (madeRoom) {
      full = 0;
      forgetCodes();
    }
    return madeRoom;
  }

  private void forgetCodes() {
    for (long[] ofDimension : seenByCode) {
      Arrays.fill(ofDimension, 0);
    }
  }
}
