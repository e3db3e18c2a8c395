package io.tillwatch.triage.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.Samples;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The feed over a consumer in memory: first what was there, then what comes. */
class IncidentFeedTest {

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 1);
  private final TopicPartition incidents = new TopicPartition(topics.incidents().name(), 0);
  private final TopicPartition log = new TopicPartition(topics.incidentLog().name(), 0);
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final IncidentView view = new IncidentView();
  private final OpenedCounts opened = new OpenedCounts();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void itLoadsWhatWasThereSkipsWhatCannotBeReadAndFollows() throws InterruptedException {
    opened.bindTo(metrics);
    for (TopicPartition partition : List.of(incidents, log)) {
      consumer.updatePartitions(
          partition.topic(),
          List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), null, null)));
    }
    consumer.updateBeginningOffsets(Map.of(incidents, 0L, log, 0L));
    consumer.updateEndOffsets(Map.of(incidents, 3L, log, 1L));
    consumer.schedulePollTask(() -> {
      put(incidents, 0, "INC-A", bytes(topics.incidents(), incident("INC-A", 1)));
      put(incidents, 1, "INC-B", new byte[] {1, 2, 3});
      put(incidents, 2, "INC-A", bytes(topics.incidents(), incident("INC-A", 2)));
      put(
          log,
          0,
          "INC-A",
          bytes(topics.incidentLog(), Samples.entry("INC-A", 1, IncidentEvent.OPENED)));
    });
    try (IncidentFeed feed = start()) {
      await(feed::loaded);
      assertThat(view.one("INC-A").orElseThrow().getRevision()).isEqualTo(2);
      assertThat(view.log("INC-A")).hasSize(1);
      assertThat(openedPspPartialOutages()).as("those were there before").isZero();

      consumer.schedulePollTask(() -> {
        put(incidents, 3, "INC-C", bytes(topics.incidents(), incident("INC-C", 1)));
        put(incidents, 4, "INC-A", null);
      });
      await(() -> view.one("INC-C").isPresent() && view.one("INC-A").isEmpty());
      assertThat(openedPspPartialOutages()).isEqualTo(1);
    }
    assertThat(consumer.closed()).isTrue();
  }

  private IncidentFeed start() {
    return IncidentFeed.start(
        new IncidentFeed.Source<>(
            incidents.topic(), topics.incidents().valueSerde().deserializer()),
        new IncidentFeed.Source<>(log.topic(), topics.incidentLog().valueSerde().deserializer()),
        () -> consumer,
        view,
        opened);
  }

  private static Incident incident(String id, int revision) {
    return Samples.incident(id).setRevision(revision).build();
  }

  private static <T> byte[] bytes(Topic<String, T> topic, T value) {
    return topic.valueSerde().serializer().serialize(topic.name(), value);
  }

  private void put(TopicPartition partition, long offset, String key, byte[] value) {
    consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, offset, key, value));
  }

  private double openedPspPartialOutages() {
    return metrics
        .get("tillwatch.incidents.opened")
        .tag("class", "psp_partial_outage")
        .functionCounter()
        .count();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
