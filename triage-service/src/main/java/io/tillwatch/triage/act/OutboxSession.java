package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target's executor for as long as its clients live: polls, and lends {@link Dispatch} its
 * hands.
 *
 * <p>Between two attempts the topic is polled, so that a new page overtakes whatever waits for a
 * retry. Any Kafka failure ends the session; the next one starts from the committed offset and from
 * the results that made it to the topic. Single-threaded.
 */
final class OutboxSession implements ConsumerRebalanceListener, Hands, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxSession.class);
  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final Duration RECORD_MAX = Duration.ofSeconds(30);

  private final ActionTarget target;
  private final OutboxClients clients;
  private final Consumer<String, Action> actions;
  private final Producer<String, ActionResult> recorder;
  private final TopicPartition partition;
  private final Workbench bench;
  private final Courier courier;
  private final Dispatch dispatch;

  OutboxSession(ActionTarget target, OutboxClients clients, Workbench bench) {
    this.target = target;
    this.clients = clients;
    this.bench = bench;
    this.actions = clients.actions(target);
    this.recorder = clients.recorder();
    this.partition = new TopicPartition(clients.actionsTopic(), 0);
    this.courier = new Courier(bench.settings().deadline());
    this.dispatch =
        new Dispatch(
            target,
            bench.settings(),
            bench.backOff(),
            new Dispatch.Time(bench.clock(), bench.ticker()),
            this);
    actions.subscribe(List.of(clients.actionsTopic()), this);
  }

  /** One round: at most one attempt. */
  void step() {
    holdBackWhenFull();
    take();
    dispatch.step();
  }

  /** Ends a step that waits for records. */
  void wakeup() {
    actions.wakeup();
  }

  private void holdBackWhenFull() {
    if (dispatch.full()) {
      actions.pause(actions.assignment());
    } else {
      actions.resume(actions.paused());
    }
  }

  private void take() {
    try {
      for (ConsumerRecord<String, Action> record : actions.poll(dispatch.idle(POLL_MAX))) {
        dispatch.read(record.value(), record.offset());
      }
    } catch (RecordDeserializationException unreadable) {
      if (Unreadable.waitsForRegistry(unreadable)) {
        throw unreadable;
      }
      LOG.error("Skipped an unreadable action: {}", unreadable.getMessage());
      actions.seek(unreadable.topicPartition(), unreadable.offset() + 1);
      dispatch.passed(unreadable.offset());
    }
  }

  @Override
  public Delivery deliver(Errand errand) {
    return courier.carry(bench.notifier(), errand);
  }

  @Override
  public boolean tellSecondChannel(Action notice) {
    return courier.carry(bench.secondChannel(), Errand.of(notice)) instanceof Delivery.Done;
  }

  @Override
  public void record(ActionResult result) {
    try {
      recorder
          .send(new ProducerRecord<>(clients.resultsTopic(), result.getIncidentId(), result))
          .get(RECORD_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("result of " + result.getActionId() + " is not on record", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    bench.counts().settled(target, result.getVerb(), result.getOutcome());
  }

  @Override
  public void complain(String what) {
    LOG.warn(what);
  }

  @Override
  public void commit(long offset) {
    actions.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (!List.of(partition).containsAll(partitions)) {
      throw new IllegalStateException(
          "%s has partitions %s, expected one: order per incident needs it"
              .formatted(clients.actionsTopic(), partitions));
    }
    try (Consumer<String, ActionResult> results = clients.results()) {
      long end = actions.endOffsets(List.of(partition)).getOrDefault(partition, Long.MAX_VALUE);
      dispatch.begin(DoneActions.load(results, clients.resultsTopic()), end);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    dispatch.forget();
  }

  @Override
  public void close() {
    courier.close();
    recorder.close(Duration.ofSeconds(5));
    actions.close();
  }
}
