package io.tillwatch.standalone.evaluate;

import static io.tillwatch.schemas.slice.Dimension.BIN_RANGE;
import static io.tillwatch.schemas.slice.Dimension.PSP;
import static io.tillwatch.schemas.slice.Dimension.REGION;

import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.evaluate.GoldenCase.Heard;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes on beside an incident: changes of ours that belong to it, changes that do not, notices
 * of others and wrong ones, alerts, and small disturbances elsewhere. Used once.
 */
final class Sidelines {

  private static final Set<IncidentClass> OF_SETTINGS =
      EnumSet.of(
          IncidentClass.CONFIGURATION_OR_ROUTING, IncidentClass.CREDENTIAL_OR_CERTIFICATE_EXPIRY);

  private final Dice dice;
  private final Places places;
  private final World world;
  private final List<Heard> news = new ArrayList<>();
  private final List<Disturbance> disturbances = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  Sidelines(Dice dice, Places places, World world) {
    this.dice = dice;
    this.places = places;
    this.world = world;
  }

  List<Heard> news() {
    return news;
  }

  List<Disturbance> disturbances() {
    return disturbances;
  }

  /** What does not belong to the incident, in words. */
  List<String> words() {
    return words;
  }

  void around(Label label) {
    if (OF_SETTINGS.contains(label.incidentClass())) {
      ownChange(label);
    }
    if (dice.chance(0.5)) {
      innocentChange(label.start(), places.busy(0, dice.any(List.of(PSP, REGION))), "elsewhere");
    }
    if (dice.chance(0.2)) {
      innocentChange(label.start(), label.scope(), "in the same place");
    }
    if (dice.chance(0.4)) {
      notice(label.start(), dice.any(world.values(PSP)));
    }
    String psp = label.scope().get(PSP);
    if (psp != null && dice.chance(0.15)) {
      notice(label.start(), psp);
    }
    if (dice.chance(0.15)) {
      alert(label);
    }
    if (dice.chance(0.4)) {
      disturbance(label);
    }
  }

  /** The change that broke it; it is not always on record. */
  private void ownChange(Label label) {
    boolean settings = label.incidentClass() == IncidentClass.CONFIGURATION_OR_ROUTING;
    if (dice.chance(settings ? 0.85 : 0.4)) {
      ChangeType type =
          settings
              ? dice.any(List.of(ChangeType.ROUTING_RULE, ChangeType.CONFIG))
              : ChangeType.CERTIFICATE;
      change(label.start().minus(dice.seconds(20, 600)), type, label.scope());
    }
  }

  private void innocentChange(Instant start, Slice scope, String where) {
    ChangeType type =
        dice.any(
            List.of(
                ChangeType.DEPLOY,
                ChangeType.FEATURE_FLAG,
                ChangeType.ROUTING_RULE,
                ChangeType.CONFIG,
                ChangeType.OTHER));
    change(start.minus(dice.seconds(0, 3_300)), type, scope);
    words.add("an innocent %s %s (%s)".formatted(Label.word(type), where, scope));
  }

  private void change(Instant at, ChangeType type, Slice scope) {
    ChangeEvent change =
        new ChangeEvent(
            "change-" + dice.hex(),
            at,
            type,
            "Planned %s".formatted(Label.word(type).replace('_', ' ')),
            scope.toMap(),
            "release-bot",
            null);
    news.add(new Heard(at, new Input.ChangeSeen(change)));
  }

  private void notice(Instant start, String psp) {
    Instant at = start.plus(dice.seconds(-1_800, 600));
    StatusIndicator indicator =
        dice.any(
            List.of(
                StatusIndicator.MAINTENANCE,
                StatusIndicator.MINOR,
                StatusIndicator.MINOR,
                StatusIndicator.MAJOR));
    StatusEvent notice =
        new StatusEvent(
            "status-" + dice.hex(),
            at,
            psp,
            dice.any(List.of("Dashboard", "Payouts", "Reporting API")),
            indicator,
            "Degraded performance",
            at,
            null);
    news.add(new Heard(at, new Input.StatusSeen(notice)));
    words.add("a notice of %s (%s) about something else".formatted(psp, Label.word(indicator)));
  }

  private void alert(Label label) {
    Instant at = label.start().plus(dice.seconds(-900, 300));
    ExternalAlert alert =
        ExternalAlert.newBuilder()
            .setAlertId(dice.hex())
            .setSource("alertmanager")
            .setName(dice.any(List.of("HighCpu", "DiskFillsUp", "PodRestarts")))
            .setLabels(Map.of("region", dice.any(world.values(REGION))))
            .setSummary("Something of the platform")
            .setStartsAt(at)
            .setAt(at)
            .build();
    news.add(new Heard(at, new Input.AlertSeen(alert)));
    words.add("an alert of the platform");
  }

  private void disturbance(Label label) {
    DisturbanceType type =
        dice.any(
            List.of(
                DisturbanceType.NOISY_CELL,
                DisturbanceType.MIX_SHIFT,
                DisturbanceType.VOLUME_SPIKE,
                DisturbanceType.BENIGN_DEPLOY));
    boolean deployed = label.incidentClass() == IncidentClass.DEPLOY_REGRESSION;
    Slice scope =
        switch (type) {
          case NOISY_CELL -> places.rare(PSP, BIN_RANGE, REGION);
          case MIX_SHIFT -> places.busy(0, REGION);
          case BENIGN_DEPLOY -> Slice.of(Map.of("connectorVersion", World.CANARY));
          default -> Slice.TOTAL;
        };
    if (deployed && type == DisturbanceType.BENIGN_DEPLOY) {
      return;
    }
    double strength =
        switch (type) {
          case NOISY_CELL -> dice.number(6, 9);
          case BENIGN_DEPLOY -> dice.between(0.2, 0.5);
          default -> dice.between(1.4, 2.5);
        };
    Instant from = label.start().plus(dice.seconds(-180, 300));
    Instant to = from.plus(Duration.ofMinutes(dice.number(4, 12)));
    disturbances.add(
        new Disturbance(type, scope, from.toEpochMilli(), to.toEpochMilli(), strength));
    words.add("a harmless %s at %s".formatted(type.label(), scope));
  }
}
