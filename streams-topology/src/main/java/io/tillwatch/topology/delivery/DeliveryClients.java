package io.tillwatch.topology.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams as they are by default, but for the consumer of its input: of these
 * topics it hands over {@link Deliveries}, and the thread that polls it steps back behind those
 * that answer questions. Thread-safe.
 */
public final class DeliveryClients implements KafkaClientSupplier {

  private final Set<String> topics;
  private final Backlog backlog;

  /**
   * Clients that deliver the records of these topics together.
   *
   * @param backlog is told how far they are
   */
  public DeliveryClients(Set<String> topics, Backlog backlog) {
    this.topics = Set.copyOf(topics);
    this.backlog = backlog;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new PackingConsumer(config, topics, backlog);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return plain(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return plain(config);
  }

  private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static int recordsMax(Map<String, Object> config) {
    Object configured =
        config.getOrDefault(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS);
    return Integer.parseInt(configured.toString());
  }

  /** A consumer whose polls are packed; keys of what it packs are not read by anybody. */
  private static final class PackingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final LeftToRead left;
    private final Packing packing;
    private boolean polled;

    PackingConsumer(Map<String, Object> config, Set<String> topics, Backlog backlog) {
      super(config, new KeysExceptOf(topics), new Shelves(topics).asBytes());
      this.left = new LeftToRead(this, topics, backlog, recordsMax(config));
      this.packing = new Packing(topics);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!polled) {
        polled = true;
        Niceness.stepBack();
      }
      left.beforePoll();
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      left.afterPoll(records);
      return packing.pack(records);
    }
  }
}
