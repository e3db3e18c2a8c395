package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random inputs for a desk: bursts that live, actions that end, people, changes, notices, time. */
final class Inputs {

  private static final List<EventKind> KINDS =
      List.of(EventKind.AUTH, EventKind.AUTH, EventKind.CAPTURE, EventKind.WEBHOOK);

  private final SplittableRandom random;
  private final List<Burst> bursts = new ArrayList<>();
  private int named;

  Inputs(SplittableRandom random) {
    this.random = random;
  }

  Input next(Story story, Instant now) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> new Input.BurstSeen(newBurst(now));
      case 2, 3, 4 -> bursts.isEmpty() ? new Input.Tick() : new Input.BurstSeen(revised(now));
      case 5, 6 -> result(story, now);
      case 7 -> person(story, now);
      case 8 -> change(now);
      case 9 -> notice(now);
      case 10 -> advice(story, now);
      default -> new Input.Tick();
    };
  }

  private Burst newBurst(Instant now) {
    Burst burst =
        Bursting.outage("b" + ++named, KINDS.get(random.nextInt(KINDS.size())), slice())
            .setOnsetAt(now.minus(Duration.ofMinutes(random.nextInt(1, 5))))
            .setDetectedAt(now)
            .setUpdatedAt(now)
            .setApprovalsLostPerMinute(random.nextDouble(0.01, 40))
            .setShareOfTraffic(random.nextDouble(0, 0.1))
            .build();
    bursts.add(burst);
    return burst;
  }

  private Map<String, String> slice() {
    Map<String, String> slice = new HashMap<>();
    if (random.nextInt(8) > 0) {
      slice.put("psp", random.nextBoolean() ? "northpay" : "southpay");
    }
    if (random.nextBoolean()) {
      slice.put("region", random.nextBoolean() ? "eu-west" : "us-east");
    }
    if (random.nextInt(4) == 0) {
      slice.put("binRange", "visa-" + random.nextInt(3));
    }
    return slice;
  }

  private Burst revised(Instant now) {
    int index = random.nextInt(bursts.size());
    Burst before = bursts.get(index);
    BurstState state =
        before.getState() == BurstState.CLOSED
            ? BurstState.CLOSED
            : List.of(
                    BurstState.OPEN,
                    BurstState.REFINED,
                    BurstState.WIDENED,
                    BurstState.RECOVERING,
                    BurstState.CLOSED)
                .get(random.nextInt(5));
    Burst.Builder burst =
        Burst.newBuilder(before)
            .setRevision(before.getRevision() + 1)
            .setState(state)
            .setUpdatedAt(now)
            .setApprovalsLostPerMinute(random.nextDouble(0.01, 300));
    if (state == BurstState.CLOSED) {
      burst.setClosedAt(now);
    }
    bursts.set(index, burst.build());
    return bursts.get(index);
  }

  private Input result(Story story, Instant now) {
    if (story.actions.isEmpty()) {
      return new Input.Tick();
    }
    Action action = story.actions.get(random.nextInt(story.actions.size()));
    return new Input.ActionEnded(
        ActionResult.newBuilder()
            .setActionId(action.getActionId())
            .setIncidentId(action.getIncidentId())
            .setTenant(action.getTenant())
            .setTarget(action.getTarget())
            .setVerb(action.getVerb())
            .setOutcome(random.nextInt(4) == 0 ? ActionOutcome.QUARANTINED : ActionOutcome.DONE)
            .setAttempts(1)
            .setExternalId("PAY-1")
            .setAt(now)
            .build());
  }

  private Input person(Story story, Instant now) {
    List<String> ids = List.copyOf(story.state.cases().keySet());
    String id = ids.isEmpty() || random.nextInt(20) == 0 ? "INC-NONE" : oneOf(ids);
    CommandVerb verb = CommandVerb.values()[random.nextInt(CommandVerb.values().length)];
    Command.Builder command =
        Command.newBuilder()
            .setCommandId("c" + random.nextInt(400))
            .setTenant("acme")
            .setIncidentId(id)
            .setVerb(verb)
            .setAuthor("ada")
            .setReason(verb == CommandVerb.NOTE ? "x\n".repeat(1_000) : "")
            .setChannel(random.nextInt(4) == 0 ? "pagerduty" : "api")
            .setAt(now);
    switch (verb) {
      case REVIEW ->
          command.setConfirmedClass(
              random.nextBoolean() ? IncidentClass.RATE_LIMITED : IncidentClass.PSP_OUTAGE);
      case MERGE -> command.setInto(ids.isEmpty() ? null : oneOf(ids));
      case SPLIT -> command.setBurstIds(held(story.state.cases().get(id)));
      default -> {}
    }
    return new Input.CommandGiven(command.build());
  }

  private List<String> held(@Nullable IncidentCase known) {
    if (known == null || known.getBursts().isEmpty()) {
      return List.of("b0");
    }
    return known.getBursts().stream().map(Burst::getBurstId).limit(random.nextInt(1, 3)).toList();
  }

  private String oneOf(List<String> ids) {
    return ids.get(random.nextInt(ids.size()));
  }

  private Input change(Instant now) {
    return new Input.ChangeSeen(
        ChangeEvent.newBuilder()
            .setEventId("c" + ++named)
            .setEventTime(now.minus(Duration.ofMinutes(random.nextInt(10))))
            .setType(ChangeType.values()[random.nextInt(ChangeType.values().length)])
            .setTitle("connector 2.14.0")
            .setScope(slice())
            .build());
  }

  /** Of any class, on any revision and episode, citing what may not be there. */
  private Input advice(Story story, Instant now) {
    List<String> ids = List.copyOf(story.state.cases().keySet());
    IncidentClass[] classes = IncidentClass.values();
    Hypothesis said =
        Hypothesis.newBuilder()
            .setRank(1)
            .setIncidentClass(classes[random.nextInt(classes.length)])
            .setOwner(Owner.FRAUD)
            .setStatement("page nobody")
            .setEvidenceFor(List.of("E" + random.nextInt(1, 20)))
            .setConfidence(random.nextDouble(0, 1))
            .build();
    return new Input.AdviceGiven(
        Advice.newBuilder()
            .setAdviceId("advice")
            .setIncidentId(ids.isEmpty() ? "INC-NONE" : oneOf(ids))
            .setTenant("acme")
            .setEpisode(random.nextInt(1, 3))
            .setRevision(random.nextInt(1, 30))
            .setAuthor("some-model")
            .setOutcome(AdviceOutcome.values()[random.nextInt(AdviceOutcome.values().length)])
            .setHypotheses(List.of(said))
            .setAt(now)
            .build());
  }

  private Input notice(Instant now) {
    StatusIndicator[] indicators = StatusIndicator.values();
    return new Input.StatusSeen(
        StatusEvent.newBuilder()
            .setEventId("s" + ++named)
            .setEventTime(now)
            .setPsp(random.nextBoolean() ? "northpay" : "southpay")
            .setIndicator(indicators[random.nextInt(indicators.length)])
            .setTitle("Elevated errors")
            .build());
  }
}
