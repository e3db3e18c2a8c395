package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Where an executor gets its Kafka clients from; it closes what it is given. */
public interface OutboxClients {

  /** Name of the topic that actions are read from. */
  String actionsTopic();

  /** Name of the topic that results go to. */
  String resultsTopic();

  /** A reader of committed actions in the target's own group, committing only when told. */
  Consumer<String, Action> actions(ActionTarget target);

  /** A reader of committed results without a group. */
  Consumer<String, ActionResult> results();

  /** An idempotent writer of results that waits for all in-sync replicas. */
  Producer<String, ActionResult> recorder();
}
