package io.tillwatch.standalone.chain;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker in this process with all topics, and the roles that are started against it. */
final class Cluster implements AutoCloseable {

  static final int PARTITIONS = 2;

  /** How long a killed role keeps its successor waiting: about as long as that takes to start. */
  private static final int SESSION_MILLIS = 3_000;

  private static final int HEARTBEAT_MILLIS = 1_000;

  private static final Duration POLL = Duration.ofMillis(200);

  final Topics topics = Topics.with(EmbeddedSchemaIds.load(), PARTITIONS);
  private final Path folder;
  private final EmbeddedBroker broker;
  private final Admin admin;
  private final List<Role> started = new ArrayList<>();

  Cluster(Path folder) throws Exception {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(folder.resolve("broker"));
    this.admin = Admin.create(connection().clientProperties());
    TopicCreator.createMissing(admin, topics.all(), (short) 1);
  }

  KafkaConnection connection() {
    return KafkaConnection.plain(broker.bootstrapServers());
  }

  /** Starts the topology; the same name is the same state folder. */
  Role topology(String name) throws IOException {
    return start(
        "topology", name, "topology.payment-partitions=" + PARTITIONS, "topology.replication=1");
  }

  /** Starts triage; the same name is the same state folder. */
  Role triage(String name) throws IOException {
    return start("triage", name, "triage.replication=1");
  }

  /** Starts triage with a clock that shows a moment of the story now. */
  Role triageAt(String name, Instant now) throws IOException {
    long behind = Duration.between(now, Instant.now()).toSeconds();
    return start(
        "triage", name, "triage.replication=1", "triage.clock-behind=%ds".formatted(behind));
  }

  private Role start(String command, String name, String... settings) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(command, "--port", "0"));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of("--state-dir", folder.resolve(name).toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    for (String session : List.of("session", "main.consumer.session")) {
      arguments.addAll(List.of("--set", client(session + ".timeout.ms", SESSION_MILLIS)));
    }
    arguments.addAll(List.of("--set", client("heartbeat.interval.ms", HEARTBEAT_MILLIS)));
    Role role = Role.start(folder.resolve("%s-%d.log".formatted(name, started.size())), arguments);
    started.add(role);
    return role;
  }

  private static String client(String property, int value) {
    return "kafka.client.%s=%d".formatted(property, value);
  }

  /** Sends one record and waits until it is acknowledged. */
  <V> void send(Topic<String, V> topic, String key, V value) throws Exception {
    try (KafkaProducer<String, V> producer =
        new KafkaProducer<>(
            connection().clientProperties(),
            topic.keySerde().serializer(),
            topic.valueSerde().serializer())) {
      producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    }
  }

  /** Records of a topic of one partition that a group has not committed; empty if unknown now. */
  Optional<Long> lag(String group, Topic<?, ?> topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return Optional.ofNullable(committed).map(c -> end - c.offset());
    }
  }

  /** Records on all payment topics. */
  long paymentRecords() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          topics.payments().stream()
              .flatMap(topic -> partitions(consumer, topic).stream())
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Topic<?, ?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(connection().clientProperties());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(properties, bytes, bytes);
  }

  /** Everything that is committed on a topic now, partition by partition in order of offsets. */
  <V> void read(Topic<String, V> topic, BiConsumer<Integer, V> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          each.accept(
              record.partition(),
              topic.valueSerde().deserializer().deserialize(topic.name(), record.value()));
        }
      }
    }
  }

  /** The same as a list. */
  <V> List<V> read(Topic<String, V> topic) {
    List<V> values = new ArrayList<>();
    read(topic, (partition, value) -> values.add(value));
    return values;
  }

  @Override
  public void close() throws Exception {
    for (Role role : started) {
      role.close();
    }
    admin.close();
    broker.close();
  }
}
