package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The executors' clients on a real cluster.
 *
 * @param applicationId prefix of the groups: one per target
 */
public record KafkaOutboxClients(KafkaConnection kafka, Topics topics, String applicationId)
    implements OutboxClients {

  /** How long the actions of a killed executor wait for the next one. */
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(25);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String actionsTopic() {
    return topics.actions().name();
  }

  @Override
  public String resultsTopic() {
    return topics.actionResults().name();
  }

  @Override
  public Consumer<String, Action> actions(ActionTarget target) {
    String group = applicationId + "-act-" + target.name().toLowerCase(Locale.ROOT);
    Map<String, Object> properties = reader();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    // What the site's own client properties say wins.
    properties.putIfAbsent(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
    return new KafkaConsumer<>(
        properties,
        topics.actions().keySerde().deserializer(),
        topics.actions().valueSerde().deserializer());
  }

  @Override
  public Consumer<String, ActionResult> results() {
    return new KafkaConsumer<>(
        reader(),
        topics.actionResults().keySerde().deserializer(),
        topics.actionResults().valueSerde().deserializer());
  }

  private Map<String, Object> reader() {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }

  @Override
  public Producer<String, ActionResult> recorder() {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT.toMillis());
    return new KafkaProducer<>(
        properties,
        topics.actionResults().keySerde().serializer(),
        topics.actionResults().valueSerde().serializer());
  }
}
