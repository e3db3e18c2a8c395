package io.tillwatch.standalone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.standalone.broker.EmbeddedBroker;
import io.tillwatch.topology.delivery.Backlog;
import io.tillwatch.topology.delivery.Deliveries;
import io.tillwatch.topology.delivery.DeliveryClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: what is committed is right while deliveries wait, when all are done, and when a thread died
 * in between. Method: a real broker, an input with aborted transactions, and one poll that is two
 * deliveries because their times are far apart; the second one kills its first thread.
 */
@Execution(ExecutionMode.CONCURRENT)
class DeliveryOffsetsIT {

  private static final String TOPIC = "payments.auth";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final String GROUP = "delivery-offsets";
  private static final long PATIENCE_SECONDS = 180;

  /** The dead thread is missed after this. */
  private static final int SESSION_MILLIS = 6_000;

  /** Three records and their transaction's end, two aborted ones and their end, three more. */
  private static final List<Long> FIRST = List.of(0L, 1L, 2L);

  private static final List<Long> SECOND = List.of(7L, 8L, 9L);

  /** Behind the second one's end and two more aborted ones with theirs. */
  private static final long END = 14;

  @TempDir private Path folder;

  /** Not long ago, or the broker would begin a segment per transaction: a poll brings one. */
  private final Instant early = Instant.now().minus(Duration.ofMinutes(2));

  private final Instant late = early.plus(Duration.ofMinutes(1));
  private final BlockingQueue<List<Long>> delivered = new LinkedBlockingQueue<>();
  private final CountDownLatch mayDie = new CountDownLatch(1);
  private final Backlog backlog = new Backlog();
  private EmbeddedBroker broker;
  private KafkaConnection kafka;
  private Admin admin;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    kafka = KafkaConnection.plain(broker.bootstrapServers());
    admin = Admin.create(kafka.clientProperties());
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void whatWaitsIsReadAgainAndWhatIsDoneIsNot() throws Exception {
    produce();
    try (KafkaStreams streams = streams()) {
      streams.start();
      assertThat(nextDelivered()).isEqualTo(FIRST);
      assertThat(nextDelivered()).isEqualTo(SECOND);
      awaitCommitted(SECOND.getFirst());
      assertThat(backlog.isDone(TOPIC, 0, SECOND.getFirst()))
          .as("while a delivery waits")
          .isFalse();
      mayDie.countDown();
      assertThat(nextDelivered()).as("after the first thread died").isEqualTo(SECOND);
      awaitCommitted(END);
      awaitNothingLeft();
    }
    assertThat(delivered).isEmpty();
    assertThat(committed()).isEqualTo(END);
  }

  private void produce() {
    Map<String, Object> config = new HashMap<>(kafka.clientProperties());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "rails");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      transaction(producer, FIRST.size(), early, /* ends= */ true);
      transaction(producer, 2, early, /* ends= */ false);
      transaction(producer, SECOND.size(), late, /* ends= */ true);
      transaction(producer, 2, late, /* ends= */ false);
    }
  }

  private static void transaction(
      KafkaProducer<byte[], byte[]> producer, int records, Instant at, boolean ends) {
    producer.beginTransaction();
    for (int i = 0; i < records; i++) {
      producer.send(new ProducerRecord<>(TOPIC, 0, at.toEpochMilli(), null, new byte[] {1}));
    }
    producer.flush();
    if (ends) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private KafkaStreams streams() {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, GROUP);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(TOPIC, Consumed.with(Serdes.ByteArray(), Deliveries.serde()))
        .process(Dying::new);
    KafkaStreams streams =
        new KafkaStreams(builder.build(), properties, new DeliveryClients(Set.of(TOPIC), backlog));
    streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.REPLACE_THREAD);
    return streams;
  }

  private List<Long> nextDelivered() throws InterruptedException {
    return delivered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void awaitCommitted(long expected) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (committed() != expected) {
      assertThat(System.nanoTime() - deadline)
          .as("%d is committed, expected %d", committed(), expected)
          .isNegative();
      Thread.sleep(50);
    }
  }

  /** Behind the last record are only ends of transactions: nothing to read. */
  private void awaitNothingLeft() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!backlog.isDone(TOPIC, 0, SECOND.getLast() + 1)) {
      assertThat(System.nanoTime() - deadline).as("something is left to read").isNegative();
      Thread.sleep(50);
    }
  }

  /** -1 before the first commit. */
  private long committed() throws Exception {
    OffsetAndMetadata committed =
        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().get(PARTITION);
    return committed == null ? -1 : committed.offset();
  }

  /** Commits what it is done with; dies of the second delivery the first time. */
  private final class Dying extends ContextualProcessor<byte[], Deliveries, Void, Void> {

    @Override
    public void process(Record<byte[], Deliveries> record) {
      Deliveries deliveries = record.value();
      List<Long> offsets =
          IntStream.range(0, deliveries.size()).mapToObj(deliveries::offset).toList();
      boolean dies = offsets.equals(SECOND) && mayDie.getCount() > 0;
      delivered.add(offsets); // from here on the test may go on and count down
      if (dies) {
        awaitDeath();
        throw new IllegalStateException("the second delivery kills its first thread");
      }
      context().commit();
    }

    private void awaitDeath() {
      try {
        assertThat(mayDie.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
