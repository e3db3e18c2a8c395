package io.tillwatch.triage.incident;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.phrase.Phrases;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A desk that is played a story, one input a line, and remembers all that followed.
 *
 * <p>Bursts have one-letter names: A one PSP in one region, P that PSP altogether, C its captures,
 * W its webhooks, M the mix of its reasons, A2 to A6 as A again, S another PSP, Q as A in another
 * region, E all authorisations, V all webhooks. {@code burst A open lost=3} is the next revision,
 * {@code repeat A} the same once more; {@code ack A} concerns the incident that holds A.
 */
final class Story {

  private static final Map<String, Map<String, String>> PLACES =
      Map.ofEntries(
          Map.entry("A", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("A2", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("A3", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("A4", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("A5", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("A6", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("M", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("Q", Map.of("psp", "northpay", "region", "us-east")),
          Map.entry("P", Map.of("psp", "northpay")),
          Map.entry("C", Map.of("psp", "northpay", "region", "eu-west")),
          Map.entry("W", Map.of("psp", "northpay")),
          Map.entry("S", Map.of("psp", "southpay")),
          Map.entry("E", Map.of()),
          Map.entry("V", Map.of()));

  final IncidentDesk desk;
  final List<Action> actions = new ArrayList<>();
  final List<IncidentLogEntry> log = new ArrayList<>();
  final Map<String, Incident> published = new LinkedHashMap<>();

  private final Map<String, Burst> bursts = new HashMap<>();
  private final Instant start = Bursting.ONSET.plus(Duration.ofMinutes(2));
  DeskState state = DeskState.empty("acme");
  private int commands;
  private Input lastCommand = new Input.Tick();

  Story() {
    this(RuleBook.defaults());
  }

  /** A story under a site's own rules. */
  Story(RuleBook rules) {
    this.desk =
        new IncidentDesk(rules, new Links(LinkSettings.local(URI.create("http://localhost:8080"))));
  }

  /** Plays one line; answers what followed, in words. */
  String play(int minute, String line) {
    String[] words = line.strip().split("\\s+");
    Instant now = start.plus(Duration.ofMinutes(minute));
    Decision decision = decide(input(words, now), now);
    String name = words.length > 1 && PLACES.containsKey(words[1]) ? words[1] : "A";
    return "%s %s%s".formatted(decision.verdict().label(), stateOf(name), queued(decision)).strip();
  }

  Decision decide(Input input, Instant now) {
    Decision decision = desk.decide(state, input, now);
    state = decision.next();
    actions.addAll(decision.actions());
    log.addAll(decision.log());
    decision.incidents().forEach(incident -> published.put(incident.getIncidentId(), incident));
    return decision;
  }

  private Input input(String[] words, Instant now) {
    String name = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "burst" -> new Input.BurstSeen(next(words, now));
      case "repeat" -> new Input.BurstSeen(bursts.get(name));
      case "tick" -> new Input.Tick();
      case "ack" -> given(CommandVerb.ACKNOWLEDGE, words, "", now);
      case "mitigate" -> given(CommandVerb.MITIGATE, words, "moved to southpay", now);
      case "resolve" -> given(CommandVerb.RESOLVE, words, "done", now);
      case "review" -> given(CommandVerb.REVIEW, words, "confirmed", now);
      case "note" -> given(CommandVerb.NOTE, words, "looking", now);
      case "merge" -> given(CommandVerb.MERGE, words, "one cause", now);
      case "split" -> given(CommandVerb.SPLIT, words, "another cause", now);
      case "again" -> lastCommand;
      case "result" -> new Input.ActionEnded(result(words, now));
      case "change" -> new Input.ChangeSeen(change(words[1], words[2], now));
      case "status" -> new Input.StatusSeen(notice(words[1], words[2], now));
      default -> throw new IllegalArgumentException("no such input: " + words[0]);
    };
  }

  /**
   * A command: {@code ack A pagerduty} was said there, {@code ack A 1} of its first episode, {@code
   * merge A S} makes A's incident part of that of S, {@code split A C} takes burst C out of A's
   * incident, {@code review A rate_limited}.
   */
  private Input given(CommandVerb verb, String[] words, String reason, Instant now) {
    String more = words.length > 2 ? words[2] : "";
    Command.Builder command =
        Command.newBuilder()
            .setCommandId("command-" + ++commands)
            .setTenant("acme")
            .setIncidentId(idOf(words[1]))
            .setVerb(verb)
            .setAuthor("ada")
            .setReason(reason)
            .setAt(now);
    switch (verb) {
      case MERGE -> command.setInto(idOf(more));
      case SPLIT -> command.setBurstIds(more.isEmpty() ? List.of() : List.of("burst-" + more));
      case REVIEW ->
          command
              .setConfirmedClass(
                  IncidentClass.valueOf(
                      more.isEmpty() ? "PSP_OUTAGE" : more.toUpperCase(Locale.ROOT)))
              .setConfirmedCause("their database");
      default -> {
        if (more.matches("\\d+")) {
          command.setEpisode(Integer.valueOf(more));
        } else {
          command.setChannel(more.isEmpty() ? "api" : more);
        }
      }
    }
    lastCommand = new Input.CommandGiven(command.build());
    return lastCommand;
  }

  private Burst next(String[] words, Instant now) {
    String name = words[1];
    Burst known = bursts.get(name);
    Burst.Builder burst =
        known == null
            ? Bursting.outage("burst-" + name, kind(name), PLACES.get(name)).setOnsetAt(now)
            : Burst.newBuilder(known).setRevision(known.getRevision() + 1);
    burst.setState(BurstState.valueOf(words[2].toUpperCase(Locale.ROOT))).setUpdatedAt(now);
    if (name.equals("M")) {
      burst.setKpi(Kpi.REASON_MIX);
    }
    if (known == null) {
      burst.setDetectedAt(now).setOnsetAt(now.minus(Duration.ofMinutes(2)));
    }
    if (burst.getState() == BurstState.CLOSED) {
      burst.setClosedAt(now);
    }
    for (String word : words) {
      if (word.startsWith("lost=")) {
        double lost = Double.parseDouble(word.substring("lost=".length()));
        burst
            .setApprovalsLostPerMinute(lost)
            .setShareOfTraffic(lost / 1000)
            .setAmountAtRisk(List.of());
      }
    }
    bursts.put(name, burst.build());
    return bursts.get(name);
  }

  private static EventKind kind(String name) {
    return switch (name) {
      case "C" -> EventKind.CAPTURE;
      case "W", "V" -> EventKind.WEBHOOK;
      default -> EventKind.AUTH;
    };
  }

  private ActionResult result(String[] words, Instant now) {
    Action action =
        actions.reversed().stream()
            .filter(each -> each.getIncidentId().equals(idOf(words[1])))
            .filter(each -> name(each).equals(words[2]))
            .findFirst()
            .orElseThrow();
    boolean off = words[3].equals("off");
    return ActionResult.newBuilder()
        .setActionId(action.getActionId())
        .setIncidentId(action.getIncidentId())
        .setTenant("acme")
        .setTarget(action.getTarget())
        .setVerb(action.getVerb())
        .setOutcome(
            off ? ActionOutcome.DONE : ActionOutcome.valueOf(words[3].toUpperCase(Locale.ROOT)))
        .setAttempts(off ? 0 : 1)
        .setExternalId(words.length > 4 ? words[4] : null)
        .setDetail("as the other side says")
        .setAt(now)
        .build();
  }

  private static ChangeEvent change(String type, String psp, Instant now) {
    return ChangeEvent.newBuilder()
        .setEventId("change-" + type)
        .setEventTime(now)
        .setType(ChangeType.valueOf(type.toUpperCase(Locale.ROOT)))
        .setTitle("connector 2.14.0")
        .setScope(Map.of("psp", psp))
        .build();
  }

  private static StatusEvent notice(String psp, String indicator, Instant now) {
    return StatusEvent.newBuilder()
        .setEventId("notice-" + indicator)
        .setEventTime(now)
        .setPsp(psp)
        .setIndicator(StatusIndicator.valueOf(indicator.toUpperCase(Locale.ROOT)))
        .setTitle("Elevated errors")
        .build();
  }

  /** Of a burst that went on after a review, the incident that heard of it last. */
  private String idOf(String name) {
    return state.cases().values().stream()
        .filter(known -> revisionIn(known, name) > 0)
        .max(Comparator.comparingInt(known -> revisionIn(known, name)))
        .map(known -> known.getIncident().getIncidentId())
        .orElse("INC-NONE");
  }

  private static int revisionIn(IncidentCase known, String name) {
    return known.getBursts().stream()
        .filter(burst -> burst.getBurstId().equals("burst-" + name))
        .mapToInt(Burst::getRevision)
        .findFirst()
        .orElse(0);
  }

  Incident incidentOf(String name) {
    return state.cases().get(idOf(name)).getIncident();
  }

  private String stateOf(String name) {
    IncidentCase known = state.cases().get(idOf(name));
    if (known == null) {
      return "-";
    }
    Incident incident = known.getIncident();
    return "%s/%d %s"
        .formatted(
            Phrases.label(incident.getState()),
            incident.getEpisode(),
            Phrases.label(incident.getSeverity()));
  }

  private static String queued(Decision decision) {
    return decision.actions().stream().map(Story::name).collect(Collectors.joining(" ", " ", ""));
  }

  private static String name(Action action) {
    return Phrases.label(action.getTarget()) + "." + Phrases.label(action.getVerb());
  }
}
