package io.tillwatch.standalone.demo;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How much became how little: cells that were not as expected, what was suspected behind them, and
 * the incidents that people heard of.
 *
 * @param anomalies cells of a minute that were not as expected
 * @param bursts suspected causes
 * @param incidents what people were told of
 */
record Noise(long anomalies, long bursts, long incidents) {

  private static final Duration POLL_MAX = Duration.ofMillis(500);

  /** Counts what is committed on a cluster. */
  static Noise of(KafkaConnection kafka, Topics topics, int incidents) {
    long[] anomalies = {0};
    read(kafka, topics.anomalies(), record -> anomalies[0]++);
    Set<String> bursts = new HashSet<>();
    read(
        kafka,
        topics.bursts(),
        record -> {
          Burst burst =
              topics
                  .bursts()
                  .valueSerde()
                  .deserializer()
                  .deserialize(record.topic(), record.value());
          bursts.add(burst.getBurstId());
        });
    return new Noise(anomalies[0], bursts.size(), incidents);
  }

  private static void read(
      KafkaConnection kafka, Topic<String, ?> topic, Consumer<ConsumerRecord<String, byte[]>> to) {
    try (var consumer = Committed.bytes(kafka).get()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(topic.name(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL_MAX).forEach(to);
      }
    }
  }

  /** Part of the anomalies that nobody had to look at, 0 to 1; 0 when there was none. */
  double reduction() {
    return anomalies == 0 ? 0 : Math.max(0, 1 - (double) incidents / anomalies);
  }
}
