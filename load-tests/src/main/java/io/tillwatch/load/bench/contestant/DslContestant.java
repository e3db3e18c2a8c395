package io.tillwatch.load.bench.contestant;

import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.bench.recount.ResultFile;
import io.tillwatch.load.bench.recount.RollUp;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * {@code dsl}: Kafka Streams as its manual says: for each grouping {@code groupBy}, a window of a
 * minute, {@code aggregate}; exactly once.
 *
 * <p>Its settings: the library's caches, two threads, a commit a second (the default of 100 ms
 * costs it more), late events taken for an hour and cells kept for two days as Tillwatch does, the
 * same large polls, lz4.
 */
final class DslContestant {

  private static final Duration GRACE = Duration.ofHours(1);
  private static final Duration RETENTION = Duration.ofHours(48);
  private static final int COMMIT_MILLIS = 1_000;
  private static final int POLL_RECORDS_MAX = 5_000;
  private static final int FETCH_BYTES_MAX = 4 << 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int LINGER_MILLIS = 20;
  private static final char SEPARATOR = '|';

  private final Assignment assignment;
  private final Announcer announcer = new Announcer();
  private final AtomicLong counted = new AtomicLong();

  private DslContestant(Assignment assignment) {
    this.assignment = assignment;
  }

  static void run(Assignment assignment) throws Exception {
    new DslContestant(assignment).run();
  }

  private void run() throws Exception {
    long all = assignment.events() * RollUp.ALL.size();
    try (KafkaStreams streams = new KafkaStreams(topology(), properties())) {
      announcer.ready();
      streams.start();
      while (counted.get() < all) {
        Thread.sleep(10);
        if (streams.state() == KafkaStreams.State.ERROR) {
          throw new IllegalStateException("the streams died");
        }
      }
      // What was counted last is committed by then.
      Thread.sleep(2 * COMMIT_MILLIS);
      announcer.done();
      write(streams);
    }
  }

  private Topology topology() {
    Serde<AuthEvent> events =
        new AvroSerde<>(AuthEvent.class, "payments.auth-value", EmbeddedSchemaIds.load());
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, AuthEvent> auths =
        builder.stream(
            assignment.topic(),
            Consumed.with(Serdes.String(), events)
                .withTimestampExtractor((record, partitionTime) ->
                    ((AuthEvent) record.value()).getStep().getEventTime().toEpochMilli()));
    for (RollUp rollUp : RollUp.ALL) {
      auths
          .groupBy(
              (payment, event) -> key(rollUp, event.getStep()),
              Grouped.with(rollUp.name(), Serdes.String(), events))
          .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMillis(CellKey.MINUTE_MILLIS), GRACE))
          .aggregate(
              Measures::new,
              (key, event, measures) -> count(event.getStep(), measures),
              Materialized.<String, Measures, WindowStore<Bytes, byte[]>>as(rollUp.name())
                  .withKeySerde(Serdes.String())
                  .withValueSerde(
                      Serdes.serdeFrom(
                          (topic, measures) -> toBytes(measures),
                          (topic, bytes) -> fromBytes(bytes)))
                  .withRetention(RETENTION));
    }
    return builder.build();
  }

  private static String key(RollUp rollUp, PaymentStep step) {
    CellKey cell = rollUp.cell(0, step.getPsp(), step.getBin(), step.getRegion());
    return cell.psp() + SEPARATOR + cell.bin() + SEPARATOR + cell.region();
  }

  private Measures count(PaymentStep step, Measures measures) {
    measures.add(
        step.getOutcome().ordinal(),
        step.getReason() == null ? Measures.NO_REASON : step.getReason().ordinal(),
        step.getAttempt(),
        step.getCurrency(),
        step.getAmountMinor(),
        step.getLatencyMillis() == null ? Measures.NO_LATENCY : step.getLatencyMillis());
    if (counted.incrementAndGet() % RollUp.ALL.size() == 0) {
      announcer.add(1);
    }
    return measures;
  }

  private static byte[] toBytes(Measures measures) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      measures.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Measures fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return Measures.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put(
        StreamsConfig.APPLICATION_ID_CONFIG, assignment.scratch().getFileName().toString());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    properties.put(
        StreamsConfig.STATE_DIR_CONFIG, assignment.scratch().resolve("state").toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, assignment.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    return properties;
  }

  private void write(KafkaStreams streams) throws IOException {
    try (ResultFile result = new ResultFile(assignment.result())) {
      for (RollUp rollUp : RollUp.ALL) {
        ReadOnlyWindowStore<String, Measures> store =
            streams.store(
                StoreQueryParameters.fromNameAndType(
                    rollUp.name(), QueryableStoreTypes.windowStore()));
        try (KeyValueIterator<Windowed<String>, Measures> cells = store.all()) {
          while (cells.hasNext()) {
            KeyValue<Windowed<String>, Measures> cell = cells.next();
            String[] values = cell.key.key().split("\\" + SEPARATOR, -1);
            long minute = cell.key.window().start();
            result.put(new CellKey(minute, values[0], values[1], values[2]), cell.value);
          }
        }
      }
    }
  }
}
