package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target's executor for as long as its clients live: poll, try the most urgent action once, put
 * its result on record, commit, and again.
 *
 * <p>Between two attempts the topic is polled, so that a new page overtakes whatever waits for a
 * retry. Any Kafka failure ends the session; the next one starts from the committed offset and from
 * the results that made it to the topic. Single-threaded.
 */
final class OutboxSession implements ConsumerRebalanceListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxSession.class);
  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final Duration RECORD_MAX = Duration.ofSeconds(30);
  private static final int DETAIL_MAX = 512;

  private final ActionTarget target;
  private final OutboxClients clients;
  private final Consumer<String, Action> actions;
  private final Producer<String, ActionResult> recorder;
  private final TopicPartition partition;
  private final Workbench bench;
  private final Courier courier;
  private final Lane lane = new Lane();
  private DoneActions done = new DoneActions();
  private long committed = -1;

  OutboxSession(ActionTarget target, OutboxClients clients, Workbench bench) {
    this.target = target;
    this.clients = clients;
    this.bench = bench;
    this.actions = clients.actions(target);
    this.recorder = clients.recorder();
    this.partition = new TopicPartition(clients.actionsTopic(), 0);
    this.courier = new Courier(bench.settings().deadline());
    actions.subscribe(List.of(clients.actionsTopic()), this);
  }

  /** One round: at most one attempt. */
  void step() {
    holdBackWhenFull();
    take();
    lane.next(bench.ticker().getAsLong()).ifPresent(this::attempt);
    commit();
  }

  /** Ends a step that waits for records. */
  void wakeup() {
    actions.wakeup();
  }

  private void holdBackWhenFull() {
    if (lane.size() >= bench.settings().pending()) {
      actions.pause(actions.assignment());
    } else {
      actions.resume(actions.paused());
    }
  }

  private void take() {
    try {
      long now = bench.ticker().getAsLong();
      for (ConsumerRecord<String, Action> record : actions.poll(lane.idle(now, POLL_MAX))) {
        @Nullable Action action = record.value();
        if (action != null
            && action.getTarget() == target
            && !done.contains(action.getActionId())) {
          lane.add(action, record.offset(), bench.ticker().getAsLong());
        } else {
          lane.passed(record.offset());
        }
      }
    } catch (RecordDeserializationException unreadable) {
      if (Unreadable.waitsForRegistry(unreadable)) {
        throw unreadable;
      }
      LOG.error("Skipped an unreadable action: {}", unreadable.getMessage());
      actions.seek(unreadable.topicPartition(), unreadable.offset() + 1);
      lane.passed(unreadable.offset());
    }
  }

  private void attempt(Lane.Pending pending) {
    Action action = pending.action();
    if (done.contains(action.getActionId())) {
      lane.settle(pending);
      return;
    }
    if (lane.overtaken(pending)) {
      end(pending, ActionOutcome.FAILED, null, "over before it was taken: its resolve is queued");
      return;
    }
    Delivery delivery = courier.carry(bench.notifier(), action);
    if (!(delivery instanceof Delivery.Off)) {
      pending.attempted();
    }
    Next next = Next.after(delivery, pending.attempts(), bench.settings());
    if (next != Next.DONE && next != Next.OFF) {
      LOG.warn(
          "{} {} of {} try {}: {} ({})",
          target,
          action.getVerb(),
          action.getIncidentId(),
          pending.attempts(),
          next,
          delivery.detail());
    }
    if (next.tellsSecondChannel()) {
      tellSecondChannel(pending, delivery.detail());
    }
    ActionOutcome outcome = next.outcome();
    if (outcome == null) {
      pending.waitUntil(bench.ticker().getAsLong() + wait(pending, delivery).toNanos());
      return;
    }
    String externalId = delivery instanceof Delivery.Done ok ? ok.externalId() : null;
    end(pending, outcome, externalId, delivery.detail());
  }

  private void end(
      Lane.Pending pending, ActionOutcome outcome, @Nullable String externalId, String detail) {
    record(result(pending, outcome, externalId, detail));
    bench.counts().settled(target, pending.action().getVerb(), outcome);
    lane.settle(pending);
  }

  private Duration wait(Lane.Pending pending, Delivery delivery) {
    Duration asked = delivery instanceof Delivery.Retry retry ? retry.after() : Duration.ZERO;
    return bench.backOff().after(pending.attempts(), asked);
  }

  private void tellSecondChannel(Lane.Pending pending, String why) {
    Action notice = Undelivered.notice(pending.action(), pending.attempts(), why);
    if (!(courier.carry(bench.secondChannel(), notice) instanceof Delivery.Done)) {
      LOG.error("Nobody could be told: {}", notice.getSummary());
    }
  }

  private ActionResult result(
      Lane.Pending pending, ActionOutcome outcome, @Nullable String externalId, String detail) {
    Action action = pending.action();
    return ActionResult.newBuilder()
        .setActionId(action.getActionId())
        .setIncidentId(action.getIncidentId())
        .setTenant(action.getTenant())
        .setTarget(action.getTarget())
        .setVerb(action.getVerb())
        .setOutcome(outcome)
        .setAttempts(pending.attempts())
        .setExternalId(externalId)
        .setDetail(detail.substring(0, Math.min(detail.length(), DETAIL_MAX)))
        .setAt(bench.clock().instant())
        .build();
  }

  private void record(ActionResult result) {
    try {
      recorder
          .send(new ProducerRecord<>(clients.resultsTopic(), result.getIncidentId(), result))
          .get(RECORD_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("result of " + result.getActionId() + " is not on record", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    done.add(result.getActionId());
  }

  private void commit() {
    long offset = lane.committable();
    if (offset > committed) {
      actions.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
      committed = offset;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (!List.of(partition).containsAll(partitions)) {
      throw new IllegalStateException(
          "%s has partitions %s, expected one: order per incident needs it"
              .formatted(clients.actionsTopic(), partitions));
    }
    try (Consumer<String, ActionResult> results = clients.results()) {
      done = DoneActions.load(results, clients.resultsTopic());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    lane.clear();
    committed = -1;
  }

  @Override
  public void close() {
    courier.close();
    recorder.close(Duration.ofSeconds(5));
    actions.close();
  }
}
