package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Two topics in memory and the clients on them: what was committed and recorded outlives a session,
 * as it outlives a process.
 */
final class OutboxBench implements OutboxClients {

  static final TopicPartition ACTIONS = new TopicPartition("actions", 0);
  static final TopicPartition RESULTS = new TopicPartition("results", 0);
  static final ActSettings SETTINGS =
      new ActSettings(
          Duration.ofMillis(200), 5, Duration.ofSeconds(1), Duration.ofSeconds(30), 3, 100);

  final List<Action> actions = new ArrayList<>();
  final List<ActionResult> results = new ArrayList<>();
  final RecordingNotifier secondChannel = new RecordingNotifier(block -> {});
  final ActionCounts counts = new ActionCounts();
  long committed;
  long nanos;

  /** What the next send to the results topic fails with; null for nothing. */
  RuntimeException sendFails;

  MockConsumer<String, Action> consumer;
  private int handedOver;

  OutboxSession session(ActionTarget target, Notifier notifier) {
    Workbench bench =
        new Workbench(
            notifier,
            secondChannel,
            SETTINGS,
            new BackOff(SETTINGS, new Random(1)),
            InstantSource.fixed(io.tillwatch.triage.Samples.ONSET.plusSeconds(75)),
            () -> nanos,
            counts);
    OutboxSession session = new OutboxSession(target, this, bench);
    consumer.rebalance(List.of(ACTIONS));
    consumer.seek(ACTIONS, committed);
    handedOver = (int) committed;
    handOver();
    return session;
  }

  /** Puts an action onto the topic. */
  void queue(Action action) {
    actions.add(action);
    handOver();
  }

  private void handOver() {
    for (; consumer != null && handedOver < actions.size(); handedOver++) {
      Action action = actions.get(handedOver);
      consumer.addRecord(new ConsumerRecord<>("actions", 0, handedOver, "", action));
    }
  }

  @Override
  public String actionsTopic() {
    return ACTIONS.topic();
  }

  @Override
  public String resultsTopic() {
    return RESULTS.topic();
  }

  @Override
  public Consumer<String, Action> actions(ActionTarget target) {
    consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            committed = offsets.get(ACTIONS).offset();
          }
        };
    consumer.updateBeginningOffsets(new HashMap<>(Map.of(ACTIONS, 0L)));
    consumer.updateEndOffsets(Map.of(ACTIONS, (long) actions.size()));
    return consumer;
  }

  @Override
  public Consumer<String, ActionResult> results() {
    MockConsumer<String, ActionResult> reader = new MockConsumer<>("earliest");
    reader.updatePartitions(
        "results", List.of(new PartitionInfo("results", 0, Node.noNode(), null, null)));
    reader.updateBeginningOffsets(Map.of(RESULTS, 0L));
    reader.updateEndOffsets(Map.of(RESULTS, (long) results.size()));
    reader.schedulePollTask(() -> {
      for (int i = 0; i < results.size(); i++) {
        reader.addRecord(new ConsumerRecord<>("results", 0, i, "", results.get(i)));
      }
    });
    return reader;
  }

  @Override
  public Producer<String, ActionResult> recorder() {
    return new MockProducer<>(true, null, new StringSerializer(), (topic, result) -> null) {
      @Override
      public synchronized java.util.concurrent.Future<
              org.apache.kafka.clients.producer.RecordMetadata>
          send(ProducerRecord<String, ActionResult> record) {
        if (sendFails != null) {
          RuntimeException failure = sendFails;
          sendFails = null;
          return java.util.concurrent.CompletableFuture.failedFuture(failure);
        }
        results.add(record.value());
        return super.send(record);
      }
    };
  }
}
