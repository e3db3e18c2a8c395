package io.tillwatch.triage.stream;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.frame.FrameLimits;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * From bursts to incidents, on one page.
 *
 * <pre>
 * tillwatch.bursts ─────────▶ door ─┐
 * tillwatch.action-results ─▶ door ─┤            ┌─▶ tillwatch.incidents      as they stand
 * tillwatch.commands ───────▶ door ─┤            │
 * tillwatch.advice ─────────▶ door ─┤            │
 * tillwatch.changes ────────▶ door ─┼─▶ DESK ────┼─▶ tillwatch.incident-log   what happened
 * tillwatch.status ─────────▶ door ─┤   (store)  ├─▶ tillwatch.chain-heads    how far the log is
 * tillwatch.alerts ─────────▶ door ─┘            └─▶ tillwatch.actions        the outbox
 *                               └─▶ tillwatch.dead-letters
 * </pre>
 *
 * <p>All topics have one partition, so one task sees everything in the order of each topic. The
 * topology is a pure function of what it is given; {@link TriageStreams} runs it.
 */
public final class TriageTopology {

  static final String STORE = "desk";
  static final String DESK = "judge";
  static final String INCIDENTS = "publish-incidents";
  static final String LOG = "publish-log";
  static final String ACTIONS = "queue-actions";
  static final String HEADS = "publish-heads";
  static final String DEAD_LETTERS = "put-aside";

  private final Topology topology = new Topology();
  private final Topics topics;
  private final TriageSettings settings;
  private final DeskCounts counts;

  private TriageTopology(TriageSettings settings, Topics topics, DeskCounts counts) {
    this.settings = settings;
    this.topics = topics;
    this.counts = counts;
  }

  /**
   * The topology.
   *
   * @param desk the pure core, asked for anew for each decision: rules change while it works
   * @param clock tells the desk that time passes, and the door what lies in the future; event time,
   *     or the wall clock where events are live
   */
  public static Topology of(
      TriageSettings settings,
      Topics topics,
      Supplier<IncidentDesk> desk,
      InstantSource clock,
      DeskCounts counts) {
    TriageTopology build = new TriageTopology(settings, topics, counts);
    build.readBursts().readResults();
    InputRules rules = new InputRules(clock);
    build
        .readCommands(rules)
        .readAdvice(rules)
        .readChanges(rules)
        .readStatus(rules)
        .readAlerts(rules);
    build.judge(desk, clock);
    build.publish();
    return build.topology;
  }

  private TriageTopology readBursts() {
    return read(
        topics.bursts(),
        "bursts",
        new Door.Kind<Burst>(
            new FramedReader<>(Burst.class, topics.ids(), FrameLimits.OWN),
            burst -> Optional.empty(),
            UnaryOperator.identity(),
            Input.BurstSeen::new,
            Burst::getUpdatedAt));
  }

  private TriageTopology readResults() {
    return read(
        topics.actionResults(),
        "results",
        new Door.Kind<ActionResult>(
            new FramedReader<>(ActionResult.class, topics.ids(), FrameLimits.OWN),
            result -> Optional.empty(),
            UnaryOperator.identity(),
            Input.ActionEnded::new,
            ActionResult::getAt));
  }

  private TriageTopology readCommands(InputRules rules) {
    return read(
        topics.commands(),
        "commands",
        new Door.Kind<Command>(
            new FramedReader<>(Command.class, topics.ids(), FrameLimits.EVENT),
            rules::check,
            InputRedaction::clean,
            Input.CommandGiven::new,
            Command::getAt));
  }

  private TriageTopology readAdvice(InputRules rules) {
    return read(
        topics.advice(),
        "advice",
        new Door.Kind<Advice>(
            new FramedReader<>(Advice.class, topics.ids(), FrameLimits.OWN),
            rules::check,
            UnaryOperator.identity(),
            Input.AdviceGiven::new,
            Advice::getAt));
  }

  private TriageTopology readChanges(InputRules rules) {
    return read(
        topics.changes(),
        "changes",
        new Door.Kind<ChangeEvent>(
            new FramedReader<>(ChangeEvent.class, topics.ids(), FrameLimits.EVENT),
            rules::check,
            InputRedaction::clean,
            Input.ChangeSeen::new,
            ChangeEvent::getEventTime));
  }

  private TriageTopology readStatus(InputRules rules) {
    return read(
        topics.status(),
        "status",
        new Door.Kind<StatusEvent>(
            new FramedReader<>(StatusEvent.class, topics.ids(), FrameLimits.EVENT),
            rules::check,
            InputRedaction::clean,
            Input.StatusSeen::new,
            StatusEvent::getEventTime));
  }

  private TriageTopology readAlerts(InputRules rules) {
    return read(
        topics.alerts(),
        "alerts",
        new Door.Kind<ExternalAlert>(
            new FramedReader<>(ExternalAlert.class, topics.ids(), FrameLimits.EVENT),
            rules::check,
            InputRedaction::clean,
            Input.AlertSeen::new,
            ExternalAlert::getAt));
  }

  private <T extends SpecificRecord> TriageTopology read(
      Topic<String, T> topic, String name, Door.Kind<T> kind) {
    topology.addSource(
        "read-" + name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic.name());
    topology.addProcessor(
        door(name), () -> new Door<>(kind, settings.hashKey(), counts), "read-" + name);
    return this;
  }

  private static String door(String name) {
    return "admit-" + name;
  }

  private static String[] doors() {
    return Stream.of("bursts", "results", "commands", "advice", "changes", "status", "alerts")
        .map(TriageTopology::door)
        .toArray(String[]::new);
  }

  private void judge(Supplier<IncidentDesk> desk, InstantSource clock) {
    topology.addProcessor(
        DESK, () -> new DeskProcessor(desk, settings.tenant(), clock, counts), doors());
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), new DeskEntrySerde())
            .withCachingDisabled()
            .withLoggingEnabled(Map.of()),
        DESK);
  }

  private void publish() {
    write(INCIDENTS, topics.incidents(), DESK);
    write(LOG, topics.incidentLog(), DESK);
    write(ACTIONS, topics.actions(), DESK);
    write(HEADS, topics.chainHeads(), DESK);
    write(DEAD_LETTERS, topics.deadLetters(), doors());
  }

  private <K, V> void write(String name, Topic<K, V> topic, String... parents) {
    topology.addSink(
        name,
        topic.name(),
        topic.keySerde().serializer(),
        topic.valueSerde().serializer(),
        parents);
  }
}
