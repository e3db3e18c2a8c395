package io.tillwatch.topology.bin;

import io.tillwatch.schemas.card.Confidential;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.frame.FrameLimits;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.frame.MalformedFrame;
import io.tillwatch.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The BIN table of an instance: a global store over the compacted topic, complete before the first
 * event is read. Values stay bytes in it: one that cannot be read, or holds what may not be kept,
 * is skipped with a warning instead of stopping the instance. Thread-safe.
 */
public final class BinRanges {

  static final String STORE = "bin-ranges";
  private static final Logger LOG = LoggerFactory.getLogger(BinRanges.class);

  private final Topics topics;
  private final FramedReader<BinRange> reader;
  private final AtomicLong version = new AtomicLong();

  public BinRanges(Topics topics) {
    this.topics = topics;
    this.reader = new FramedReader<>(BinRange.class, topics.ids(), FrameLimits.OWN);
  }

  /** Adds the global store to a topology. */
  public void addTo(StreamsBuilder builder) {
    StoreBuilder<KeyValueStore<String, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled();
    builder.addGlobalStore(
        store,
        topics.binRanges().name(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("bin-ranges-topic"),
        Update::new);
  }

  /** Counts up with each change of the table. */
  long version() {
    return version.get();
  }

  /** A resolver for one task. */
  public BinResolver resolver(ProcessorContext<?, ?> context) {
    ReadOnlyKeyValueStore<String, byte[]> store = context.getStateStore(STORE);
    return new BinResolver(this, () -> tableOf(store), context::currentSystemTimeMs);
  }

  private BinTable tableOf(ReadOnlyKeyValueStore<String, byte[]> store) {
    List<BinRange> ranges = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        BinRange range = read(entry.value);
        if (range != null) {
          ranges.add(range);
        }
      }
    }
    BinTable table = BinTable.of(ranges);
    if (!table.overlaps().isEmpty()) {
      LOG.warn("BIN ranges overlap, the narrowest wins: {}", table.overlaps());
    }
    return table;
  }

  private @Nullable BinRange read(byte[] value) {
    try {
      BinRange range = reader.read(value).value();
      return isTaken(range) ? range : null;
    } catch (MalformedFrame e) {
      skipped(e.reason() + ", " + e.detail());
      return null;
    }
  }

  /** Whether a value may lie in the store; what waits for the registry is looked at again later. */
  private boolean isKept(byte[] value) {
    try {
      return isTaken(reader.read(value).value());
    } catch (MalformedFrame e) {
      skipped(e.reason() + ", " + e.detail());
      return e.reason() == DeadLetterReason.REGISTRY_UNAVAILABLE;
    }
  }

  private boolean isTaken(BinRange range) {
    if (!BinTable.isWellFormed(range)) {
      skipped("without 8-digit first and last BIN");
      return false;
    }
    boolean clean =
        Stream.of(
                range.getId(),
                range.getIssuer(),
                range.getScheme(),
                range.getCountry(),
                range.getProduct())
            .noneMatch(name -> name != null && Confidential.isIn(name));
    if (!clean) {
      skipped("a name holds a card number, an address or a secret");
    }
    return clean;
  }

  private void skipped(String why) {
    LOG.warn("{}: a range is skipped: {}", topics.binRanges().name(), why);
  }

  /** Keeps the global store. */
  private final class Update extends ContextualProcessor<String, byte[], Void, Void> {

    @Override
    public void process(Record<String, byte[]> record) {
      String key = record.key();
      byte[] value = record.value();
      if (key == null) {
        return;
      }
      if (Confidential.isIn(key)) {
        skipped("its key holds a card number, an address or a secret");
        return;
      }
      KeyValueStore<String, byte[]> store = context().getStateStore(STORE);
      store.put(key, value != null && isKept(value) ? value : null);
      version.incrementAndGet();
    }
  }
}
