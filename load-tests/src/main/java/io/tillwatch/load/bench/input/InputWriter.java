package io.tillwatch.load.bench.input;

import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Recount;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the input of a run: events whose time rises by the same step, now and then one that was
 * sent before, and at the end of each partition a marker that closes the last minutes. Used by one
 * thread.
 */
public final class InputWriter implements AutoCloseable {

  /** When it all happens: long past on every clock, and the same for every run. */
  public static final long START_MILLIS = Instant.parse("2025-03-03T06:00:00Z").toEpochMilli();

  private static final int BATCH_BYTES = 256 * 1024;
  private static final int LINGER_MILLIS = 20;
  private static final long BUFFER_BYTES = 64L << 20;
  private static final int REMEMBERED = 8_192;
  private static final int PROGRESS_EVENTS = 1_000_000;
  private static final long NAP_NANOS = 1_000_000;
  private static final long MARKER_AFTER_MILLIS = 2 * CellKey.MINUTE_MILLIS;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Topics topics;
  private final Market market;
  private final AvroSerde<AuthEvent> serde;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** A writer to the broker at that address. */
  public InputWriter(String bootstrapServers, Topics topics, MarketSize size) {
    this.market = new Market(size);
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    // A topic that was made just now may refuse the first batch and take the second: then the first
    // is out of order for ever. With one on the way there is no second.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(config, bytes, bytes);
    this.topics = topics;
    this.serde = new AvroSerde<>(AuthEvent.class, topics.auth().valueSubject(), topics.ids());
  }

  /**
   * What to write.
   *
   * @param events different ones
   * @param eventsPerMinute of event time
   * @param duplicateShare share of the events that are sent once more, soon after
   */
  public record Plan(
      String topic,
      int partitions,
      long seed,
      long events,
      long eventsPerMinute,
      double duplicateShare) {}

  /** Publishes the BIN table: one range per BIN. */
  public void writeBinRanges() {
    for (BinRange range : market.ranges()) {
      send(
          new ProducerRecord<>(
              topics.binRanges().name(),
              bytes(range.getStart()),
              topics.binRanges().valueSerde().serializer().serialize("", range)));
    }
    flush();
  }

  /** Writes and counts the events of a plan. */
  public Input write(Plan plan, LongConsumer progress) {
    AuthDraw draw = new AuthDraw(market, plan.seed);
    SplittableRandom repeats = new SplittableRandom(plan.seed + 1);
    long minutes = (plan.events + plan.eventsPerMinute - 1) / plan.eventsPerMinute;
    long end = START_MILLIS + minutes * CellKey.MINUTE_MILLIS;
    Recount recount = new Recount(end);
    @Nullable ProducerRecord<byte[], byte[]>[] sent = newRing();
    long records = 0;
    for (long i = 0; i < plan.events; i++) {
      long time = START_MILLIS + i * CellKey.MINUTE_MILLIS / plan.eventsPerMinute;
      AuthDraw.Drawn drawn = draw.next(time);
      recount.add(drawn.counted());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(plan.topic, bytes(drawn.key()), serde.toBytes(drawn.event()));
      send(record);
      records++;
      sent[(int) (i % REMEMBERED)] = record;
      if (repeats.nextDouble() < plan.duplicateShare) {
        ProducerRecord<byte[], byte[]> again = sent[repeats.nextInt(REMEMBERED)];
        send(again == null ? record : again);
        records++;
      }
      if ((i + 1) % PROGRESS_EVENTS == 0) {
        progress.accept(i + 1);
      }
    }
    long marker = end + MARKER_AFTER_MILLIS;
    for (int partition = 0; partition < plan.partitions; partition++) {
      AuthDraw.Drawn drawn = draw.next(marker);
      send(
          new ProducerRecord<>(
              plan.topic, partition, bytes(drawn.key()), serde.toBytes(drawn.event())));
    }
    flush();
    return new Input(
        plan.topic,
        records + plan.partitions,
        plan.events + plan.partitions,
        START_MILLIS,
        end,
        marker,
        recount);
  }

  /**
   * Writes events at the rate of a plan as the clock goes, each stamped with the time it is due.
   *
   * @param endMillis what comes from then on is not compared
   * @param untilMillis when to stop
   */
  public Input writeLive(Plan plan, long endMillis, long untilMillis) {
    AuthDraw draw = new AuthDraw(market, plan.seed);
    Recount recount = new Recount(endMillis);
    long start = System.currentTimeMillis();
    long time = start;
    long events = 0;
    while (time < untilMillis) {
      if (time > System.currentTimeMillis()) {
        LockSupport.parkNanos(NAP_NANOS);
        continue;
      }
      AuthDraw.Drawn drawn = draw.next(time);
      if (time < endMillis) {
        recount.add(drawn.counted());
      }
      send(new ProducerRecord<>(plan.topic, bytes(drawn.key()), serde.toBytes(drawn.event())));
      events++;
      time = start + events * CellKey.MINUTE_MILLIS / plan.eventsPerMinute;
    }
    flush();
    return new Input(plan.topic, events, events, start, endMillis, untilMillis, recount);
  }

  // Arrays of a generic type cannot be made otherwise.
  @SuppressWarnings("unchecked")
  private static @Nullable ProducerRecord<byte[], byte[]>[] newRing() {
    return new ProducerRecord[REMEMBERED];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
  }

  private void flush() {
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("the broker refused a record: " + first.getMessage(), first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
