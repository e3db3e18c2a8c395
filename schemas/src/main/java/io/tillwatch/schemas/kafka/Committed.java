package io.tillwatch.schemas.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How what is committed, and nothing else, is read from a cluster. */
public final class Committed {

  private Committed() {}

  /** Makes readers of bytes, from the beginning and without a group. */
  public static Supplier<Consumer<String, byte[]>> bytes(KafkaConnection kafka) {
    Map<String, Object> properties = properties(kafka, "", "earliest");
    return () ->
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Properties of a reader that commits for itself and makes no topic.
   *
   * @param group its group, and its name at the brokers; empty for none
   * @param from where it begins without an offset: earliest or latest
   */
  public static Map<String, Object> properties(KafkaConnection kafka, String group, String from) {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    if (!group.isEmpty()) {
      properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
      properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    }
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }
}
