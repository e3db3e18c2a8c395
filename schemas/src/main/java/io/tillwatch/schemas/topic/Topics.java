package io.tillwatch.schemas.topic;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.model.ModelCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The catalogue of topics: the only place where a topic's name is written.
 *
 * <p>Payment topics are keyed by payment id and have as many partitions as the site needs; what
 * comes after the cube is ordered per tenant and has one. All keys are strings. Immutable and
 * thread-safe.
 */
public final class Topics {

  /** Longer than the horizon in which repeated deliveries are recognised. */
  private static final Duration EVENTS_KEPT = Duration.ofDays(7);

  private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);
  private static final Duration FINDINGS_KEPT = Duration.ofDays(30);

  /** A year and a month: the log is what an audit asks for. */
  private static final Duration LOG_KEPT = Duration.ofDays(400);

  /** Longer than the log: an entry that expired has to be known as a head for some time yet. */
  private static final Duration HEADS_KEPT = LOG_KEPT.multipliedBy(2);

  private final SchemaIds ids;
  private final List<Topic<?, ?>> all = new ArrayList<>();

  private final Topic<String, AuthEvent> auth;
  private final Topic<String, CaptureEvent> capture;
  private final Topic<String, RefundEvent> refund;
  private final Topic<String, WebhookEvent> webhook;
  private final Topic<String, SettlementEvent> settlement;
  private final Topic<String, DisputeEvent> dispute;
  private final List<Topic<?, ?>> payments;
  private final Topic<String, ChangeEvent> changes;
  private final Topic<String, StatusEvent> status;
  private final Topic<String, BinRange> binRanges;
  private final Topic<String, DeadLetter> deadLetters;
  private final Topic<String, Anomaly> anomalies;
  private final Topic<String, Burst> bursts;
  private final Topic<String, Incident> incidents;
  private final Topic<String, IncidentLogEntry> incidentLog;
  private final Topic<String, Advice> advice;
  private final Topic<String, Action> actions;
  private final Topic<String, ActionResult> actionResults;
  private final Topic<String, Command> commands;
  private final Topic<String, ExternalAlert> alerts;
  private final Topic<String, ChainHead> chainHeads;
  private final Topic<String, RulesFile> rules;
  private final Topic<String, ModelCall> modelCalls;

  private Topics(SchemaIds ids, int paymentPartitions) {
    this.ids = ids;
    int p = paymentPartitions;
    auth = kept("payments.auth", AuthEvent.class, p, EVENTS_KEPT);
    capture = kept("payments.capture", CaptureEvent.class, p, EVENTS_KEPT);
    refund = kept("payments.refund", RefundEvent.class, p, EVENTS_KEPT);
    webhook = kept("payments.webhook", WebhookEvent.class, p, EVENTS_KEPT);
    settlement = kept("payments.settlement", SettlementEvent.class, p, EVENTS_KEPT);
    dispute = kept("payments.dispute", DisputeEvent.class, p, EVENTS_KEPT);
    payments = List.copyOf(all);
    changes = kept("tillwatch.changes", ChangeEvent.class, 1, FINDINGS_KEPT);
    status = kept("tillwatch.status", StatusEvent.class, 1, FINDINGS_KEPT);
    binRanges = compacted("tillwatch.bin-ranges", BinRange.class);
    deadLetters = kept("tillwatch.dead-letters", DeadLetter.class, 1, DEAD_LETTERS_KEPT);
    anomalies = kept("tillwatch.anomalies", Anomaly.class, 1, EVENTS_KEPT);
    bursts = kept("tillwatch.bursts", Burst.class, 1, FINDINGS_KEPT);
    incidents = compacted("tillwatch.incidents", Incident.class);
    incidentLog = kept("tillwatch.incident-log", IncidentLogEntry.class, 1, LOG_KEPT);
    advice = kept("tillwatch.advice", Advice.class, 1, FINDINGS_KEPT);
    actions = kept("tillwatch.actions", Action.class, 1, FINDINGS_KEPT);
    actionResults = kept("tillwatch.action-results", ActionResult.class, 1, FINDINGS_KEPT);
    commands = kept("tillwatch.commands", Command.class, 1, FINDINGS_KEPT);
    alerts = kept("tillwatch.alerts", ExternalAlert.class, 1, FINDINGS_KEPT);
    chainHeads = kept("tillwatch.chain-heads", ChainHead.class, 1, HEADS_KEPT);
    rules = compacted("tillwatch.rules", RulesFile.class);
    modelCalls = kept("tillwatch.model-calls", ModelCall.class, 1, LOG_KEPT);
  }

  /** The catalogue with schema ids from there and so many partitions per payment topic. */
  public static Topics with(SchemaIds ids, int paymentPartitions) {
    return new Topics(ids, paymentPartitions);
  }

  private <V extends SpecificRecord> Topic<String, V> kept(
      String name, Class<V> type, int partitions, Duration retention) {
    return add(name, type, partitions, retention, Cleanup.DELETE);
  }

  private <V extends SpecificRecord> Topic<String, V> compacted(String name, Class<V> type) {
    return add(name, type, 1, Duration.ZERO, Cleanup.COMPACT);
  }

  private <V extends SpecificRecord> Topic<String, V> add(
      String name, Class<V> type, int partitions, Duration retention, Cleanup cleanup) {
    AvroSerde<V> values = new AvroSerde<>(type, Topic.valueSubject(name), ids);
    Topic<String, V> topic =
        new Topic<>(name, Serdes.String(), values, partitions, retention, cleanup);
    all.add(topic);
    return topic;
  }

  /** Every topic, payments first. */
  public List<Topic<?, ?>> all() {
    return List.copyOf(all);
  }

  /** The topics that payment events arrive on. */
  public List<Topic<?, ?>> payments() {
    return payments;
  }

  /**
   * Asks for the ids of everything that Tillwatch itself writes, so that a registry that is not
   * there or refuses a schema stops the start and not the stream.
   *
   * @throws IllegalStateException with what the registry said, or that it said nothing
   */
  public void prepare() {
    for (Topic<?, ?> topic : all) {
      if (!payments.contains(topic) && topic.valueSerde() instanceof AvroSerde<?> serde) {
        serde.prepare();
      }
    }
  }

  /** The ids that the catalogue's serdes write with. */
  public SchemaIds ids() {
    return ids;
  }

  /** Authorisation attempts, by payment id. */
  public Topic<String, AuthEvent> auth() {
    return auth;
  }

  /** Captures, by payment id. */
  public Topic<String, CaptureEvent> capture() {
    return capture;
  }

  /** Refunds, by payment id. */
  public Topic<String, RefundEvent> refund() {
    return refund;
  }

  /** PSP notifications, by payment id. */
  public Topic<String, WebhookEvent> webhook() {
    return webhook;
  }

  /** Payout batches, by batch id. */
  public Topic<String, SettlementEvent> settlement() {
    return settlement;
  }

  /** Chargebacks, by payment id. */
  public Topic<String, DisputeEvent> dispute() {
    return dispute;
  }

  /** What we changed ourselves, by event id. */
  public Topic<String, ChangeEvent> changes() {
    return changes;
  }

  /** What PSPs say on their status pages, by PSP. */
  public Topic<String, StatusEvent> status() {
    return status;
  }

  /** The BIN table, by first BIN of the range. */
  public Topic<String, BinRange> binRanges() {
    return binRanges;
  }

  /** Records refused at the door, by topic they came from. */
  public Topic<String, DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** Cells that are not as expected, by tenant. */
  public Topic<String, Anomaly> anomalies() {
    return anomalies;
  }

  /** Suspected causes, by tenant. */
  public Topic<String, Burst> bursts() {
    return bursts;
  }

  /** Incidents as they stand, by incident id. */
  public Topic<String, Incident> incidents() {
    return incidents;
  }

  /** What happened to incidents, by incident id. */
  public Topic<String, IncidentLogEntry> incidentLog() {
    return incidentLog;
  }

  /** What models made of incidents, by incident id. */
  public Topic<String, Advice> advice() {
    return advice;
  }

  /** The outbox, by incident id. */
  public Topic<String, Action> actions() {
    return actions;
  }

  /** How actions ended, by incident id. */
  public Topic<String, ActionResult> actionResults() {
    return actionResults;
  }

  /** What people want done with incidents, by incident id. */
  public Topic<String, Command> commands() {
    return commands;
  }

  /** Alerts of other systems, by alert id. */
  public Topic<String, ExternalAlert> alerts() {
    return alerts;
  }

  /** How far each tenant's log reaches, by tenant. */
  public Topic<String, ChainHead> chainHeads() {
    return chainHeads;
  }

  /** A site's own rule files, by file name. */
  public Topic<String, RulesFile> rules() {
    return rules;
  }

  /** What was asked of language models, by chain. */
  public Topic<String, ModelCall> modelCalls() {
    return modelCalls;
  }
}
