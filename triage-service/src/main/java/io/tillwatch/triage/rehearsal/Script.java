package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What happens in a rehearsal: outages that come and go, news of them, people. */
final class Script {

  private static final BurstState[] LIVELY = {
    BurstState.REFINED,
    BurstState.WIDENED,
    BurstState.RECOVERING,
    BurstState.OPEN,
    BurstState.CLOSED
  };
  private static final String[] PSPS = {"northpay", "southpay", "eastpay"};
  private static final String[] REGIONS = {"eu-west", "us-east"};

  /** Bursts in one rehearsal: enough to meet, few enough to be fast. */
  private static final int BURSTS_MAX = 8;

  private final SplittableRandom random;
  private final List<Burst> bursts = new ArrayList<>();
  private int named;

  Script(SplittableRandom random) {
    this.random = random;
  }

  /** The next thing that happens. */
  Input next(Instant now, Collection<String> incidentIds) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new Input.BurstSeen(burst(now));
      case 3, 4, 5, 6 -> new Input.BurstSeen(revised(now));
      case 7 -> new Input.BurstSeen(again(now));
      case 8, 9 -> person(incidentIds, now);
      case 10 -> change(now);
      default -> notice(now);
    };
  }

  private Burst burst(Instant now) {
    if (bursts.size() >= BURSTS_MAX) {
      return revised(now);
    }
    EventKind kind = random.nextInt(5) == 0 ? EventKind.CAPTURE : EventKind.AUTH;
    String psp = PSPS[random.nextInt(PSPS.length)];
    Map<String, String> slice =
        random.nextInt(3) == 0
            ? Map.of("psp", psp)
            : Map.of("psp", psp, "region", REGIONS[random.nextInt(REGIONS.length)]);
    double lost = random.nextInt(4) == 0 ? 0.2 : 20 + random.nextInt(300);
    Burst burst = Outage.of("b" + ++named, kind, slice, now, lost).build();
    bursts.add(burst);
    return burst;
  }

  private Burst revised(Instant now) {
    if (bursts.isEmpty()) {
      return burst(now);
    }
    int index = random.nextInt(bursts.size());
    Burst known = bursts.get(index);
    if (known.getState() == BurstState.CLOSED) {
      return known;
    }
    Burst next = Outage.next(known, LIVELY[random.nextInt(LIVELY.length)], now);
    bursts.set(index, next);
    return next;
  }

  /** What is delivered twice, and late. */
  private Burst again(Instant now) {
    return bursts.isEmpty() ? burst(now) : bursts.get(random.nextInt(bursts.size()));
  }

  private Input person(Collection<String> incidentIds, Instant now) {
    if (incidentIds.isEmpty()) {
      return new Input.BurstSeen(burst(now));
    }
    String id = List.copyOf(incidentIds).get(random.nextInt(incidentIds.size()));
    return switch (random.nextInt(8)) {
      case 0 -> said(CommandVerb.MITIGATE, id, "moved to another PSP", now);
      case 1 -> said(CommandVerb.RESOLVE, id, "done", now);
      case 2 -> said(CommandVerb.REVIEW, id, "confirmed", now);
      case 3, 4 -> said(CommandVerb.NOTE, id, "looking at it", now);
      default -> said(CommandVerb.ACKNOWLEDGE, id, "", now);
    };
  }

  private Input said(CommandVerb verb, String incidentId, String reason, Instant now) {
    return new Input.CommandGiven(
        Command.newBuilder()
            .setCommandId("p" + ++named)
            .setTenant("default")
            .setIncidentId(incidentId)
            .setVerb(verb)
            .setAuthor("ada")
            .setReason(reason)
            .setConfirmedClass(verb == CommandVerb.REVIEW ? IncidentClass.PSP_OUTAGE : null)
            .setAt(now)
            .build());
  }

  private Input change(Instant now) {
    return new Input.ChangeSeen(
        ChangeEvent.newBuilder()
            .setEventId("c" + ++named)
            .setEventTime(now.minus(Duration.ofMinutes(random.nextInt(10))))
            .setType(ChangeType.DEPLOY)
            .setTitle("connector 2.14.0")
            .setScope(Map.of("psp", PSPS[random.nextInt(PSPS.length)]))
            .build());
  }

  private Input notice(Instant now) {
    return new Input.StatusSeen(
        StatusEvent.newBuilder()
            .setEventId("s" + ++named)
            .setEventTime(now)
            .setPsp(PSPS[random.nextInt(PSPS.length)])
            .setIndicator(StatusIndicator.MAJOR)
            .setTitle("Elevated errors")
            .build());
  }

  /** Latest revision of each burst. */
  List<Burst> bursts() {
    return bursts;
  }

  /** The last revision of every burst that is not over yet. */
  List<Burst> ends(Instant now) {
    List<Burst> ends = new ArrayList<>();
    for (int i = 0; i < bursts.size(); i++) {
      if (bursts.get(i).getState() != BurstState.CLOSED) {
        bursts.set(i, Outage.next(bursts.get(i), BurstState.CLOSED, now));
        ends.add(bursts.get(i));
      }
    }
    return ends;
  }
}
