package io.tillwatch.load.feed;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the topics of the catalogue: every replica acknowledges, retries make no
 * duplicates, a full buffer makes the sender wait. Used by one thread; {@link #stop}, {@link
 * #close} and {@link #acknowledged} from any.
 */
public final class Feed implements AutoCloseable {

  private static final int BATCH_BYTES = 256 * 1024;
  private static final int LINGER_MILLIS = 20;
  private static final long BUFFER_BYTES = 64L * 1024 * 1024;

  /** How long a send may wait for room in the buffer or for the topic's description. */
  private static final int BLOCK_MILLIS_MAX = 60_000;

  private static final int PROGRESS_EVENTS = 10_000;

  /** Longest sleep between looks at the clock; how late a stop is noticed. */
  private static final Duration NAP_MAX = Duration.ofMillis(50);

  private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

  /**
   * How far a clock stands ahead of the history being sent: more than what is taken for live, so
   * that nobody reads silence into a pause of the sender.
   */
  private static final Duration CLOCK_AHEAD = Duration.ofMinutes(10);

  private final Producer<byte[], byte[]> producer;
  private final Map<Class<?>, Route> routes = new HashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile boolean closed;

  /** Where events of one type go, and how they are written. */
  private record Route(String topic, Serializer<SpecificRecord> serializer) {}

  Feed(Producer<byte[], byte[]> producer, Topics topics) {
    this.producer = producer;
    route(AuthEvent.class, topics.auth());
    route(CaptureEvent.class, topics.capture());
    route(RefundEvent.class, topics.refund());
    route(WebhookEvent.class, topics.webhook());
    route(SettlementEvent.class, topics.settlement());
    route(DisputeEvent.class, topics.dispute());
    route(ChangeEvent.class, topics.changes());
    route(StatusEvent.class, topics.status());
    route(BinRange.class, topics.binRanges());
  }

  /** A feed into that cluster, whose topics must exist. */
  public static Feed to(KafkaConnection connection, Topics topics) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS_MAX);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "tillwatch-feed");
    config.putAll(connection.clientProperties());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new Feed(new KafkaProducer<>(config, bytes, bytes), topics);
  }

  private <V extends SpecificRecord> void route(Class<V> type, Topic<String, V> topic) {
    Serializer<V> serializer = topic.valueSerde().serializer();
    routes.put(
        type,
        new Route(topic.name(), (name, event) -> serializer.serialize(name, type.cast(event))));
  }

  /** Publishes a BIN table: one record per range, keyed by its start. */
  public void publishBinRanges(Collection<BinRange> ranges, Instant at) {
    for (BinRange range : ranges) {
      send(new Delivery(at.toEpochMilli(), range.getStart(), range));
    }
    flush();
  }

  /**
   * Sends all traffic delivered before a moment, as fast as the cluster takes it, and waits until
   * it is acknowledged.
   *
   * @param clock is taken along, so that history is judged by its own time
   * @return events sent
   */
  public long backfill(
      Traffic traffic, SimulatedClock clock, Instant until, Consumer<Progress> progress) {
    long end = until.toEpochMilli();
    long start = Math.min(traffic.nextAtMillis(), end - 1);
    long events = 0;
    while (traffic.nextAtMillis() < end && !stopped) {
      Delivery delivery = traffic.next();
      clock.advanceTo(earlier(ahead(delivery), until));
      send(delivery);
      if (++events % PROGRESS_EVENTS == 0) {
        throwFailure();
        long at = delivery.atMillis();
        progress.accept(
            new Progress(events, Instant.ofEpochMilli(at), (double) (at - start) / (end - start)));
      }
    }
    flush();
    if (!stopped) {
      clock.advanceTo(until);
      progress.accept(new Progress(events, until, 1));
    }
    return events;
  }

  /** Sends one event of history; takes the clock along, so that it is judged by its own time. */
  public void send(Delivery delivery, SimulatedClock clock) {
    clock.advanceTo(ahead(delivery));
    send(delivery);
  }

  private static Instant ahead(Delivery delivery) {
    return Instant.ofEpochMilli(delivery.atMillis()).plus(CLOCK_AHEAD);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Sends traffic as it falls due by the clock until the feed is stopped. */
  public long live(Traffic traffic, SimulatedClock clock) {
    return live(traffic, clock, Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  /**
   * Sends traffic as it falls due by the clock until a moment is reached or the feed is stopped.
   *
   * @return events sent
   */
  public long live(Traffic traffic, SimulatedClock clock, Instant until) {
    long end = until.toEpochMilli();
    long events = 0;
    while (traffic.nextAtMillis() < end && !stopped) {
      Instant due = Instant.ofEpochMilli(traffic.nextAtMillis());
      if (clock.instant().isBefore(due)) {
        throwFailure();
        nap(clock.realUntil(due));
      } else {
        send(traffic.next());
        events++;
      }
    }
    return events;
  }

  private static void nap(Duration wanted) {
    Duration nap = wanted.compareTo(NAP_MAX) < 0 ? wanted : NAP_MAX;
    LockSupport.parkNanos(Math.max(nap.toNanos(), 1_000_000));
  }

  /** Sends one event; waits when the buffer is full. */
  public void send(Delivery delivery) {
    SpecificRecord event = delivery.event();
    Route route = routes.get(event.getClass());
    if (route == null) {
      throw new IllegalArgumentException("no topic for events of " + event.getClass().getName());
    }
    byte[] key = delivery.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = route.serializer.serialize(route.topic, event);
    try {
      // The producer stamps it with real time: topics keep records from then on, and simulated or
      // replayed history would be deleted for its age before it is read.
      producer.send(new ProducerRecord<>(route.topic, key, value), this::sent);
    } catch (IllegalStateException e) {
      // Another thread closed the feed just now: nothing more is wanted.
      if (!closed) {
        throw e;
      }
    }
  }

  private void sent(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception == null) {
      acknowledged.incrementAndGet();
    } else {
      failure.compareAndSet(null, exception);
    }
  }

  /** Waits until everything sent is acknowledged. */
  public void flush() {
    if (!closed) {
      producer.flush();
      throwFailure();
    }
  }

  /** Records the cluster has acknowledged, BIN ranges included. */
  public long acknowledged() {
    return acknowledged.get();
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first != null && !closed) {
      throw new KafkaException("the cluster refused a record: " + first.getMessage(), first);
    }
  }

  /** Ends {@link #backfill} and {@link #live} after the event they are at. */
  public void stop() {
    stopped = true;
  }

  /** Stops what is being sent and waits a while for the rest to be acknowledged. */
  @Override
  public void close() {
    stop();
    closed = true;
    producer.close(CLOSE_MAX);
  }
}
