package io.tillwatch.triage.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.ExactlyOnce;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.act.ActionCounts;
import io.tillwatch.triage.act.ActionExecutor;
import io.tillwatch.triage.act.KafkaOutboxClients;
import io.tillwatch.triage.act.Notifiers;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.act.TargetWatch;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.advice.follow.AdviceLoop;
import io.tillwatch.triage.api.TriageDoor;
import io.tillwatch.triage.api.TriageServer;
import io.tillwatch.triage.api.Writing;
import io.tillwatch.triage.gateway.KafkaModelCalls;
import io.tillwatch.triage.gateway.ModelSettings;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.incident.CurrentDesk;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.library.ByMeaning;
import io.tillwatch.triage.library.Librarian;
import io.tillwatch.triage.library.Library;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.NoModel;
import io.tillwatch.triage.model.langchain.Models;
import io.tillwatch.triage.pagerduty.ChangeRelay;
import io.tillwatch.triage.pagerduty.PagerDutySettings;
import io.tillwatch.triage.pagerduty.PagerHook;
import io.tillwatch.triage.publish.KafkaPublisher;
import io.tillwatch.triage.rulebook.RulesMeters;
import io.tillwatch.triage.rulebook.RulesWatch;
import io.tillwatch.triage.statuspage.StatusPages;
import io.tillwatch.triage.stream.DeskCounts;
import io.tillwatch.triage.stream.TriageStreams;
import io.tillwatch.triage.stream.TriageTopology;
import io.tillwatch.triage.vendor.VendorSettings;
import io.tillwatch.triage.vendor.Vendors;
import io.tillwatch.triage.view.IncidentFeed;
import io.tillwatch.triage.view.IncidentView;
import io.tillwatch.triage.view.OpenGauges;
import io.tillwatch.triage.view.OpenedCounts;
import io.tillwatch.triage.view.SuppressedGauges;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Triage at work in this process: the topology, one executor per target, and the read model; all
 * but the HTTP server, which a process shares among its roles.
 */
public final class TriageRole implements AutoCloseable {

  /** What makes the role's controllers exist in an HTTP server's context. */
  public static final Map<String, Object> PROPERTIES = TriageServer.PROPERTIES;

  /** Longest time an adapter waits for the read model to come to the revision it tells of. */
  private static final Duration INCIDENT_MAX = Duration.ofMillis(500);

  /** Longest time the start waits for the rules that are published on the topic. */
  private static final Duration RULES_READ_MAX = Duration.ofMinutes(1);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, BooleanSupplier> vitals = new TreeMap<>();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final IncidentView incidents = new IncidentView();
  private final KafkaPublisher publisher;
  private final PromptPolicy policy;
  private final Model model;
  private final Library library;
  private final TriageDoor door;

  private TriageRole(Outset outset, RulesInForce rules) {
    this.publisher =
        KafkaPublisher.on(outset.kafka, outset.settings.applicationId() + "-publisher");
    parts.push(publisher);
    ModelSettings settings = outset.settings.model();
    this.policy = PromptPolicy.of(settings.policy(), settings.policyKey());
    Optional<PromptGateway> gateway = gateway(outset);
    gateway.ifPresent(parts::push);
    this.model = Models.through(gateway);
    this.library = library(outset, rules, gateway);
    IncidentFeed feed = startFeed(outset);
    this.door =
        new TriageDoor(
            incidents,
            feed::loaded,
            outset.clock,
            outset.settings.cellsUrl(),
            rules,
            this::vitals,
            writing(outset),
            pagerHook(outset),
            gateway,
            librarian(outset));
  }

  private Optional<PromptGateway> gateway(Outset outset) {
    return PromptGateway.open(
        new PromptGateway.Outset(
            outset.settings.model(),
            policy,
            outset.settings.tenant(),
            new KafkaModelCalls(publisher, outset.topics),
            outset.clock),
        outset.metrics);
  }

  private Library library(Outset outset, RulesInForce rules, Optional<PromptGateway> gateway) {
    Optional<ByMeaning> meaning = Models.embedder(gateway).map(ByMeaning::new);
    meaning.ifPresent(ranked -> ranked.bindTo(outset.metrics));
    return Library.of(
        () -> rules.book().runbooks(), outset.settings.documents(), incidents, meaning);
  }

  private Librarian librarian(Outset outset) {
    Librarian librarian = new Librarian(library, model);
    librarian.counts().bindTo(outset.metrics);
    return librarian;
  }

  private Writing writing(Outset outset) {
    TriageSettings settings = outset.settings;
    return new Writing(
        outset.topics,
        publisher,
        settings.tenant(),
        settings.apiToken(),
        settings.listensAtLoopback(),
        settings.hooks());
  }

  private PagerHook pagerHook(Outset outset) {
    PagerHook hook =
        new PagerHook(
            outset.settings.vendors().pagerDuty().webhookSecrets(),
            incidents::one,
            command ->
                publisher.publish(outset.topics.commands(), command.getIncidentId(), command),
            outset.clock);
    hook.counts().bindTo(outset.metrics);
    return hook;
  }

  /**
   * What a role starts from.
   *
   * @param clock what the role takes for now; simulated in a demo
   * @param recorder the twin behind every target that no outside system serves
   * @param metrics where its metrics go
   */
  public record Outset(
      TriageSettings settings,
      KafkaConnection kafka,
      Topics topics,
      InstantSource clock,
      RecordingNotifier recorder,
      MeterRegistry metrics) {}

  /**
   * Reads the rules, checks library and cluster, creates missing topics, and starts everything.
   *
   * @throws io.tillwatch.rules.source.InvalidRules with every problem in the rule files
   * @throws IllegalStateException when exactly once would not hold here
   * @throws org.apache.kafka.common.KafkaException when the cluster cannot be reached
   */
  public static TriageRole start(Outset outset) {
    RulesInForce rules =
        RulesInForce.of(RuleFile.readAll(outset.settings.rules()), outset.clock.instant());
    new RulesMeters(rules).bindTo(outset.metrics);
    try (Admin admin = Admin.create(outset.kafka.clientProperties())) {
      ExactlyOnce.require(admin);
      Topics topics = outset.topics;
      TopicCreator.createMissing(
          admin,
          List.of(
              topics.bursts(),
              topics.changes(),
              topics.status(),
              topics.commands(),
              topics.alerts(),
              topics.deadLetters(),
              topics.incidents(),
              topics.incidentLog(),
              topics.advice(),
              topics.chainHeads(),
              topics.actions(),
              topics.actionResults(),
              topics.rules(),
              topics.modelCalls()),
          outset.settings.replication());
    }
    TriageRole role = new TriageRole(outset, rules);
    try {
      role.startRulesWatch(outset, rules);
      role.startExecutors(outset);
      role.startChangeRelay(outset);
      role.startStreams(outset, rules);
      role.startStatusPages(outset);
      role.startAdvice(outset, rules);
      return role;
    } catch (RuntimeException failure) {
      role.close();
      throw failure;
    }
  }

  private IncidentFeed startFeed(Outset outset) {
    Topics topics = outset.topics;
    OpenedCounts opened = new OpenedCounts();
    opened.bindTo(outset.metrics);
    new OpenGauges(incidents).bindTo(outset.metrics);
    new SuppressedGauges(incidents).bindTo(outset.metrics);
    IncidentFeed feed =
        IncidentFeed.start(
            new IncidentFeed.Source<>(
                topics.incidents().name(), topics.incidents().valueSerde().deserializer()),
            new IncidentFeed.Source<>(
                topics.incidentLog().name(), topics.incidentLog().valueSerde().deserializer()),
            Committed.bytes(outset.kafka),
            incidents,
            opened);
    parts.push(feed);
    return feed;
  }

  private void startRulesWatch(Outset outset, RulesInForce rules) {
    RulesWatch watch =
        RulesWatch.start(
            rules,
            outset.settings.rules(),
            outset.topics.rules(),
            Committed.bytes(outset.kafka),
            outset.clock);
    parts.push(watch);
    watch.awaitFirst(RULES_READ_MAX);
  }

  private void startExecutors(Outset outset) {
    TriageSettings settings = outset.settings;
    ActionCounts counts = new ActionCounts();
    counts.bindTo(outset.metrics);
    Notifiers notifiers =
        Vendors.open(
            settings.targets(),
            settings.vendors(),
            outset.recorder,
            outset.clock,
            action ->
                incidents.awaited(action.getIncidentId(), action.getRevision(), INCIDENT_MAX));
    parts.push(notifiers);
    TargetWatch watch = TargetWatch.start(notifiers, TargetWatch.EVERY);
    watch.bindTo(outset.metrics);
    parts.push(watch);
    KafkaOutboxClients clients =
        new KafkaOutboxClients(outset.kafka, outset.topics, settings.applicationId());
    for (ActionTarget target : ActionTarget.values()) {
      ActionExecutor executor =
          ActionExecutor.start(target, notifiers, settings.act(), clients, outset.clock, counts);
      parts.push(executor);
      vitals.put(executor.name(), executor::running);
    }
  }

  private void startChangeRelay(Outset outset) {
    PagerDutySettings pagerDuty = outset.settings.vendors().pagerDuty();
    if (pagerDuty.changes()) {
      ChangeRelay relay =
          ChangeRelay.start(
              pagerDuty,
              outset.kafka,
              outset.topics.changes(),
              outset.settings.applicationId(),
              outset.clock);
      parts.push(relay);
      vitals.put(relay.name(), relay::running);
    }
  }

  private void startStreams(Outset outset, RulesInForce rules) {
    Links links = new Links(outset.settings.links());
    Set<ActionTarget> feeds = VendorSettings.feeds(outset.settings.targets());
    CurrentDesk desk = new CurrentDesk(rules::book, book -> new IncidentDesk(book, links, feeds));
    DeskCounts counts = new DeskCounts();
    counts.bindTo(outset.metrics);
    TriageStreams streams =
        TriageStreams.start(
            TriageTopology.of(outset.settings, outset.topics, desk, outset.clock, counts),
            outset.settings,
            outset.kafka,
            outset.metrics,
            () ->
                failed.completeExceptionally(
                    new IllegalStateException("the triage topology has stopped; see the log")));
    parts.push(streams);
    vitals.put("streams", streams::running);
  }

  /** No part of what must be well: a page that cannot be read is no reason to worry about us. */
  private void startStatusPages(Outset outset) {
    if (!outset.settings.statusPages().pages().isEmpty()) {
      parts.push(
          StatusPages.start(
              outset.settings.statusPages(),
              outset.settings.vendors().outside().proxy(),
              publisher,
              outset.topics.status(),
              outset.clock,
              outset.metrics));
    }
  }

  /** No part of what must be well: incidents are opened and told without any model. */
  private void startAdvice(Outset outset, RulesInForce rules) {
    if (!(model instanceof NoModel)) {
      parts.push(
          AdviceLoop.start(
              new Adviser(model, policy::disclose, rules::book, library::ids),
              () -> new Surroundings(incidents.all()),
              outset.kafka,
              outset.topics,
              outset.settings.applicationId(),
              publisher,
              new AdviceLoop.Instruments(outset.clock, outset.metrics)));
    }
  }

  private Map<String, Boolean> vitals() {
    Map<String, Boolean> now = new TreeMap<>();
    vitals.forEach((part, well) -> now.put(part, well.getAsBoolean()));
    return now;
  }

  /** The bean to hand to the HTTP server's context, with {@link #PROPERTIES}. */
  public TriageDoor door() {
    return door;
  }

  /** The model that is asked; one that never answers when none is configured. */
  public Model model() {
    return model;
  }

  /** The read model: committed incidents. */
  public IncidentView incidents() {
    return incidents;
  }

  /** Whether records are processed and the read model is loaded. */
  public boolean ready() {
    return door.loaded().getAsBoolean() && vitals().values().stream().allMatch(well -> well);
  }

  /** Completes exceptionally when the role cannot go on by itself. */
  public CompletableFuture<Void> failed() {
    return failed;
  }

  /** Stops the topology first, then the executors, then the read model. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of triage did not stop", e);
      }
    }
  }
}
