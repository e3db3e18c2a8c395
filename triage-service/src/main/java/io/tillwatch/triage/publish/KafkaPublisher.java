package io.tillwatch.triage.publish;

import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes on a cluster with one idempotent producer for all topics. */
public final class KafkaPublisher implements Publisher, AutoCloseable {

  /** Longest time one record is tried; somebody waits for the answer. */
  private static final Duration DELIVERY_MAX = Duration.ofSeconds(5);

  private static final Duration REQUEST_MAX = Duration.ofSeconds(3);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;

  KafkaPublisher(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** A publisher on this cluster; connects when it is first used. */
  public static KafkaPublisher on(KafkaConnection kafka, String clientId) {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_MAX.toMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_MAX.toMillis());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MAX.toMillis());
    return new KafkaPublisher(
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public <V extends SpecificRecord> void publish(Topic<String, V> topic, String key, V value)
      throws NotPublished {
    try {
      byte[] keyBytes = topic.keySerde().serializer().serialize(topic.name(), key);
      byte[] valueBytes = topic.valueSerde().serializer().serialize(topic.name(), value);
      producer.send(new ProducerRecord<>(topic.name(), keyBytes, valueBytes)).get();
    } catch (ExecutionException e) {
      throw new NotPublished(topic.name(), e.getCause() == null ? e : e.getCause());
    } catch (KafkaException | IllegalStateException e) {
      throw new NotPublished(topic.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotPublished(topic.name(), e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_MAX);
  }
}
