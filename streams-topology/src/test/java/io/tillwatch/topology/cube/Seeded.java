package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** Seeded cells, and the stores of a stage. */
final class Seeded {

  private static final EventKind KIND = EventKind.AUTH;

  private Seeded() {}

  static Slice leaf(Random random) {
    @Nullable String[] values = new @Nullable String[Dimension.ALL.size()];
    for (int d = 0; d < values.length; d++) {
      // Fewer than the fewest values that a dimension has room for.
      int skewed = (int) Math.min(5, Math.abs(random.nextGaussian() * 1.5));
      values[d] = skewed == 4 ? null : "v" + skewed;
    }
    return Slice.leaf(values);
  }

  static Tally tally(Random random) {
    Tally tally = new Tally();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean declined = random.nextInt(4) == 0;
      tally.add(
          KIND,
          declined ? Outcome.DECLINED : Outcome.APPROVED,
          declined ? Reason.DO_NOT_HONOR : null,
          1 + random.nextInt(2),
          random.nextBoolean() ? "EUR" : "USD",
          random.nextInt(10_000),
          random.nextInt(3_000));
    }
    return tally;
  }

  static WindowStore<Bytes, byte[]> windowStore(Rung rung, Duration retention) {
    return Stores.windowStoreBuilder(
            Stores.inMemoryWindowStore(rung.store(), retention, rung.span(), false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingDisabled()
        .withCachingDisabled()
        .build();
  }

  static KeyValueStore<String, byte[]> keyedStore(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled()
        .withCachingDisabled()
        .build();
  }

  static Map<String, byte[]> content(ReadOnlyKeyValueStore<String, byte[]> store) {
    Map<String, byte[]> content = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        content.put(entry.key, entry.value);
      }
    }
    return content;
  }
}
