package io.tillwatch.standalone.evaluate.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.standalone.evaluate.safety.Staged.Door;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.api.IncidentJson;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.timeline.Postmortem;
import io.tillwatch.triage.timeline.Timeline;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One incident from the burst to the postmortem, with a model that is asked about it. For one
 * thread.
 *
 * <pre>
 *   what others wrote ─▶ burst ─▶ page, ticket, chat ─▶ the model is asked ─▶ advice ─▶ burst again
 *                                                       │
 *                                 another burst ─▶ page ┘ meanwhile
 * </pre>
 */
final class Drill {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longest time until a stub hears of a question. */
  private static final long ASKED_MILLIS_MAX = 10_000;

  /** Longest time beyond both calls' deadlines; more is a hang of our own. */
  private static final Duration SPARE = Duration.ofSeconds(60);

  private final Equipment equipment;
  private final Door door;
  private final List<String> texts;
  private final RuleBook rules;

  /**
   * A drill.
   *
   * @param texts what others wrote, at this door
   * @param shipped the rules of a site that has none of its own
   */
  Drill(Equipment equipment, Door door, List<String> texts, RuleBook shipped) {
    this.equipment = equipment;
    this.door = door;
    this.texts = List.copyOf(texts);
    this.rules = door == Door.RUNBOOK ? Staged.rules(texts) : shipped;
  }

  /** Without any model. */
  Drilled alone() throws InterruptedException {
    try (Bench bench = new Bench(rules)) {
      Duration page = open(bench);
      Duration meanwhile = bench.burst(Staged.OTHER_PSP, 1, Staged.ONSET);
      goOn(bench);
      return drilled(
          bench,
          Drilled.Talk.NONE,
          new Drilled.Times(page, meanwhile, Duration.ZERO, Duration.ZERO));
    }
  }

  /**
   * With a model behind the gateway.
   *
   * @param later whether it is asked about the other incident as well, afterwards
   */
  Drilled with(Dialect dialect, List<Said> script, Duration deadline, boolean later)
      throws InterruptedException {
    try (Bench bench = new Bench(rules);
        ModelWay way = new ModelWay(dialect, script, deadline);
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      Duration page = open(bench);
      Adviser adviser = equipment.adviser(way.model(), rules);
      Optional<Incident> told = bench.incident(Staged.PSP);
      Duration meanwhile = Duration.ZERO;
      Duration asked = Duration.ZERO;
      Optional<Advice> advice = Optional.empty();
      if (told.isPresent()) {
        long from = System.nanoTime();
        Surroundings around = new Surroundings(bench.incidents());
        Future<Advice> answer =
            asking.submit(() -> adviser.advise(told.get(), around, bench.now()));
        awaitAsked(way.stub(), answer);
        meanwhile = bench.burst(Staged.OTHER_PSP, 1, Staged.ONSET);
        advice = Optional.of(awaited(answer, deadline));
        asked = Duration.ofNanos(System.nanoTime() - from);
        bench.hear(new Input.AdviceGiven(advice.get()));
      }
      goOn(bench);
      List<ModelStub.Request> requests = way.stub().requests();
      if (later) {
        askLater(bench, way, adviser);
      }
      List<ModelStub.Request> all = way.stub().requests();
      return drilled(
          bench,
          new Drilled.Talk(advice, requests, all.subList(requests.size(), all.size()), way.calls()),
          new Drilled.Times(page, meanwhile, asked, deadline));
    }
  }

  private Duration open(Bench bench) throws InterruptedException {
    if (door == Door.PAST) {
      past(bench);
    }
    for (Input each : Staged.news(door, texts)) {
      bench.hear(each);
    }
    Duration page = bench.burst(Staged.PSP, 1, Staged.ONSET);
    if (door == Door.NOTE) {
      for (String text : texts) {
        command(bench, CommandVerb.NOTE, Staged.behind(Door.NOTE, text), "");
      }
    }
    return page;
  }

  /** An incident of the day before that was resolved, and reviewed in these words. */
  private void past(Bench bench) throws InterruptedException {
    bench.burst(Staged.PSP, 1, Staged.ONSET.minus(Duration.ofDays(1)));
    command(bench, CommandVerb.RESOLVE, "mended", "");
    command(bench, CommandVerb.REVIEW, "", Staged.behind(Door.PAST, String.join(" ", texts)));
    bench.forget();
  }

  private static void command(Bench bench, CommandVerb verb, String reason, String cause)
      throws InterruptedException {
    Optional<Incident> incident = bench.incident(Staged.PSP);
    if (incident.isPresent()) {
      bench.hear(Staged.command(verb, incident.get().getIncidentId(), reason, cause, bench.now()));
    }
  }

  /** What is known by then is told again: a comment, and an edited message. */
  private void goOn(Bench bench) throws InterruptedException {
    bench.burst(Staged.PSP, 3, Staged.ONSET);
    command(bench, CommandVerb.ACKNOWLEDGE, "", "");
  }

  private static void awaitAsked(ModelStub stub, Future<Advice> answer)
      throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ASKED_MILLIS_MAX);
    while (!answer.isDone() && System.nanoTime() < until && !stub.awaitAsked(10)) {
      Thread.onSpinWait();
    }
  }

  private static Advice awaited(Future<Advice> answer, Duration deadline)
      throws InterruptedException {
    long millis = deadline.multipliedBy(Adviser.CALLS_MAX).plus(SPARE).toMillis();
    try {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("an adviser has to answer, whatever the model does", e);
    }
  }

  /** The model has nothing to say about the other incident; what matters is what it hears of it. */
  private static void askLater(Bench bench, ModelWay way, Adviser adviser)
      throws InterruptedException {
    Optional<Incident> other = bench.incident(Staged.OTHER_PSP);
    if (other.isPresent()) {
      way.stub().say(new Said.Text(Said.NOTHING));
      bench.hear(
          new Input.AdviceGiven(adviser.advise(other.get(), Surroundings.NONE, bench.now())));
    }
  }

  private Drilled drilled(Bench bench, Drilled.Talk talk, Drilled.Times times)
      throws InterruptedException {
    Optional<Incident> incident = bench.incident(Staged.PSP).map(equipment.shown());
    List<Action> actions =
        incident.map(known -> bench.actions(known.getIncidentId())).orElse(List.of());
    Map<Shown, String> shown = new EnumMap<>(Shown.class);
    if (incident.isPresent()) {
      Incident known = incident.get();
      List<IncidentLogEntry> log = bench.log(known.getIncidentId());
      shown.put(Shown.PAGE, bench.sent(ActionTarget.PAGER));
      shown.put(Shown.TICKET, bench.sent(ActionTarget.TICKET));
      shown.put(Shown.CHAT, bench.sent(ActionTarget.CHAT));
      shown.put(Shown.LATE_TICKET, lateTicket(known, actions));
      shown.put(Shown.API, json(IncidentJson.of(known)));
      shown.put(Shown.TIMELINE, Timeline.of(known, log).moments().toString());
      shown.put(Shown.POSTMORTEM, Postmortem.of(known, log));
    }
    List<Hypothesis> first = bench.firstTold(Staged.PSP);
    return new Drilled(incident, first, actions, shown, runbook(), talk, times);
  }

  private static String lateTicket(Incident incident, List<Action> actions)
      throws InterruptedException {
    Optional<Action> create =
        actions.stream()
            .filter(action -> action.getTarget() == ActionTarget.TICKET)
            .filter(action -> action.getVerb() == ActionVerb.CREATE)
            .findFirst();
    if (create.isEmpty()) {
      return "";
    }
    try (Outlets late = new Outlets(id -> Optional.of(incident))) {
      late.deliver(create.get(), incident.getUpdatedAt());
      return late.sent(ActionTarget.TICKET);
    }
  }

  private String runbook() {
    Runbook page = rules.runbooks().get(Staged.RUNBOOK);
    return page == null ? "" : page.body();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
