package io.tillwatch.topology.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
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

  /** A consumer whose polls are packed; keys of what it packs are not read by anybody. */
  private static final class PackingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final Set<String> topics;
    private final Backlog backlog;
    private final Packing packing;
    private boolean polled;

    /** Assigned when it polled last. */
    private Set<TopicPartition> assigned = Set.of();

    PackingConsumer(Map<String, Object> config, Set<String> topics, Backlog backlog) {
      super(config, new KeysExceptOf(topics), new Shelves(topics).asBytes());
      this.topics = topics;
      this.backlog = backlog;
      this.packing = new Packing(topics);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!polled) {
        polled = true;
        Niceness.stepBack();
      }
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      noteBacklog(records);
      return packing.pack(records);
    }

    private void noteBacklog(ConsumerRecords<byte[], byte[]> records) {
      Set<TopicPartition> now = assignment();
      if (!now.equals(assigned)) {
        Set<TopicPartition> before = assigned;
        now.stream()
            .filter(p -> isDelivered(p) && !before.contains(p))
            .forEach(p -> backlog.begins(p, this));
        before.stream()
            .filter(p -> isDelivered(p) && !now.contains(p))
            .forEach(p -> backlog.ends(p, this));
        assigned = Set.copyOf(now);
      }
      for (TopicPartition partition : assigned) {
        if (isDelivered(partition)) {
          List<ConsumerRecord<byte[], byte[]>> handed = records.records(partition);
          if (!handed.isEmpty()) {
            backlog.handedOver(partition, handed.getLast().offset() + 1);
          }
          backlog.hasMore(partition, currentLag(partition).orElse(1) > 0);
        }
      }
    }

    private boolean isDelivered(TopicPartition partition) {
      return topics.contains(partition.topic());
    }
  }
}
