package io.tillwatch.schemas.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic: its name, what its keys and values are, and how it is kept.
 *
 * @param partitions number of partitions, from 1
 * @param retention how long records are kept; of no effect where cleanup is {@link Cleanup#COMPACT}
 */
public record Topic<K, V>(
    String name,
    Serde<K> keySerde,
    Serde<V> valueSerde,
    int partitions,
    Duration retention,
    Cleanup cleanup) {

  /** Largest batch of records a topic takes, in bytes: Kafka's own default, said aloud. */
  static final int MESSAGE_BYTES_MAX = 1024 * 1024 + 12;

  public Topic {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topic %s: %d partitions, expected at least 1".formatted(name, partitions));
    }
  }

  /** The subject its values' schemas are registered under. */
  public String valueSubject() {
    return valueSubject(name);
  }

  static String valueSubject(String topicName) {
    return topicName + "-value";
  }

  /** The topic's settings as Kafka names them. */
  public Map<String, String> config() {
    return switch (cleanup) {
      case COMPACT ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy(),
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MESSAGE_BYTES_MAX));
      case DELETE ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy(),
              TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MESSAGE_BYTES_MAX));
    };
  }

  NewTopic toCreate(short replication) {
    return new NewTopic(name, partitions, replication).configs(config());
  }
}
