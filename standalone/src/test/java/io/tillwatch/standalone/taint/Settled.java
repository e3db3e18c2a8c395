package io.tillwatch.standalone.taint;

import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether triage has heard all that there is, and done what it decided. */
record Settled(KafkaConnection connection, Topics topics) {

  private static final String GROUP = "tillwatch-triage";
  private static final Duration POLL = Duration.ofMillis(200);

  /** Whether each record of each topic that the desk hears is processed. */
  boolean heardAll() throws Exception {
    List<Topic<?, ?>> heard =
        List.of(
            topics.changes(),
            topics.status(),
            topics.alerts(),
            topics.commands(),
            topics.advice(),
            topics.bursts(),
            topics.actionResults());
    try (Admin admin = Admin.create(connection.clientProperties());
        KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
      return heard.stream()
          .map(Settled::partition)
          .allMatch(partition -> {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            OffsetAndMetadata at = committed.get(partition);
            return end == 0 || at != null && at.offset() >= end;
          });
    }
  }

  /** Whether each action has a result. */
  boolean nothingToDo() {
    Set<String> open = new HashSet<>();
    read(topics.actions(), action -> open.add(action.getActionId()));
    read(topics.actionResults(), result -> open.remove(result.getActionId()));
    return open.isEmpty();
  }

  private <V> void read(Topic<String, V> topic, Consumer<V> each) {
    TopicPartition partition = partition(topic);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          each.accept(topic.valueSerde().deserializer().deserialize(topic.name(), record.value()));
        }
      }
    }
  }

  private static TopicPartition partition(Topic<?, ?> topic) {
    return new TopicPartition(topic.name(), 0);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties());
    properties.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(properties, bytes, bytes);
  }
}
