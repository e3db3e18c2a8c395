package io.tillwatch.load.bench.product;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The broker that all contestants share, as the bench looks at it from outside. */
public final class Cluster implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final int partitions;
  private final Topics topics;
  private final Admin admin;

  /** A cluster of empty topics. */
  public Cluster(String bootstrapServers, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.topics = Topics.with(EmbeddedSchemaIds.load(), partitions);
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    TopicCreator.createMissing(admin, topics.all(), (short) 1);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Partitions of payment topics. */
  public int partitions() {
    return partitions;
  }

  /** The catalogue of topics. */
  public Topics topics() {
    return topics;
  }

  /** Makes another topic with as many partitions as payment topics have. */
  public void create(String topic) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  /** Records of a topic that a group has committed. */
  public long committed(String group, String topic)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long sum = 0;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> offset : offsets.entrySet()) {
      sum += offset.getKey().topic().equals(topic) ? offset.getValue().offset() : 0;
    }
    return sum;
  }

  /** Waits until the broker has missed all members of a group. */
  public void awaitNoMembers(String group) throws ExecutionException, InterruptedException {
    while (hasMembers(group)) {
      Thread.sleep(POLL.toMillis());
    }
  }

  private boolean hasMembers(String group) throws ExecutionException, InterruptedException {
    return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
        .anyMatch(described -> !described.members().isEmpty());
  }

  /** Bytes on disk of the topics whose names begin and end so. */
  public long bytes(String beginning, String end) throws ExecutionException, InterruptedException {
    List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
    long bytes = 0;
    for (Map<String, LogDirDescription> folders :
        admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (LogDirDescription folder : folders.values()) {
        bytes +=
            folder.replicaInfos().entrySet().stream()
                .filter(r -> r.getKey().topic().startsWith(beginning))
                .filter(r -> r.getKey().topic().endsWith(end))
                .mapToLong(r -> r.getValue().size())
                .sum();
      }
    }
    return bytes;
  }

  /** Deletes the topics whose names begin so. */
  public void delete(String beginning) throws ExecutionException, InterruptedException {
    Collection<String> names =
        admin.listTopics().names().get().stream().filter(n -> n.startsWith(beginning)).toList();
    admin.deleteTopics(names).all().get();
  }

  /** Everything that is committed on a topic now, partition by partition in order of offsets. */
  public void read(String topic, BiConsumer<byte[], byte[]> each) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> all = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> all.add(new TopicPartition(topic, info.partition())));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          each.accept(record.key(), record.value());
        }
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
