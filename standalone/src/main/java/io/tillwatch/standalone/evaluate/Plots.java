package io.tillwatch.standalone.evaluate;

import static io.tillwatch.schemas.slice.Dimension.BIN_RANGE;
import static io.tillwatch.schemas.slice.Dimension.CONNECTOR_VERSION;
import static io.tillwatch.schemas.slice.Dimension.ISSUER_COUNTRY;
import static io.tillwatch.schemas.slice.Dimension.MERCHANT_ACCOUNT;
import static io.tillwatch.schemas.slice.Dimension.PSP;
import static io.tillwatch.schemas.slice.Dimension.REGION;
import static io.tillwatch.schemas.slice.Dimension.SCHEME;
import static io.tillwatch.schemas.slice.Dimension.THREE_DS;

import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what is to happen: place, strength, length and what else goes on, by the dice. Written
 * apart from the playbooks: nothing here is told to them.
 */
final class Plots {

  /** Attempts a minute that a place of an incident has at least. */
  private static final double BUSY = 10;

  /** The same for parts of a larger place; there are small incidents too. */
  private static final double SOME = 5;

  /** A PSP that owns up does so in most cases, not in all. */
  private static final double ANNOUNCED = 0.7;

  private final Dice dice;
  private final Places places;
  private final Instant start;
  private final Sidelines sidelines;

  private Plots(World world, Instant live, Dice dice) {
    this.dice = dice;
    this.start = live.plus(dice.seconds(200, 480));
    this.places = new Places(world, dice, live);
    this.sidelines = new Sidelines(dice, places, world);
  }

  /** A plot of that class in a world whose history ends then. */
  static Plot draw(String id, IncidentClass wanted, World world, Instant live, Dice dice) {
    return new Plots(world, live, dice).plot(id, wanted);
  }

  private Plot plot(String id, IncidentClass wanted) {
    return switch (wanted) {
      case PSP_OUTAGE -> simulated(id, wanted, Owner.PSP, psp(), 0.4, 1);
      case PSP_PARTIAL_OUTAGE -> simulated(id, wanted, Owner.PSP, partOfPsp(), 0.45, 0.98);
      case PSP_LATENCY ->
          simulated(id, wanted, Owner.PSP, dice.chance(0.7) ? psp() : partOfPsp(), 2, 5);
      case ISSUER_OUTAGE -> simulated(id, wanted, Owner.ISSUER, issuer(), 0.5, 0.98);
      case ISSUER_POLICY_CHANGE -> simulated(id, wanted, Owner.ISSUER, issuer(), 0.35, 0.75);
      case NETWORK_OR_3DS_OUTAGE -> simulated(id, wanted, Owner.NETWORK, network(), 0.35, 0.95);
      case REGIONAL_CONNECTIVITY ->
          simulated(id, wanted, Owner.NETWORK, places.busy(BUSY, REGION), 0.3, 0.9);
      case DEPLOY_REGRESSION -> simulated(id, wanted, Owner.US, version(), 0.35, 0.9);
      case CONFIGURATION_OR_ROUTING -> simulated(id, wanted, Owner.US, account(), 0.4, 0.95);
      case CREDENTIAL_OR_CERTIFICATE_EXPIRY ->
          simulated(id, wanted, Owner.US, dice.chance(0.6) ? psp() : accountAtPsp(), 0.9, 1);
      case RATE_LIMITED -> simulated(id, wanted, Owner.US, psp(), 0.3, 0.75);
      case RETRY_STORM -> simulated(id, wanted, Owner.US, psp(), 0.88, 0.98);
      case WEBHOOK_DELIVERY_FAILURE ->
          simulated(id, wanted, Owner.US, dice.chance(0.5) ? Slice.TOTAL : psp(), 0.5, 0.98);
      case WEBHOOK_BACKLOG -> simulated(id, wanted, Owner.PSP, psp(), 0.85, 1);
      case CAPTURE_FAILURE -> simulated(id, wanted, Owner.PSP, psp(), 0.3, 0.95);
      case CARD_TESTING_ATTACK ->
          simulated(id, wanted, Owner.FRAUD, places.busy(0.8, PSP, BIN_RANGE), 6, 25);
      case SLOW_DRIFT -> simulated(id, wanted, Owner.UNKNOWN, psp(), 1.5, 2.4);
      case TELEMETRY_GAP -> simulated(id, wanted, Owner.US, Slice.TOTAL, 1, 1);
      case UNKNOWN -> simulated(id, wanted, Owner.UNKNOWN, anywhere(), 0.4, 0.8);
      case SETTLEMENT_GAP, RECONCILIATION_GAP, MIX_SHIFT -> built(id, wanted);
    };
  }

  private Slice psp() {
    return places.busy(BUSY, PSP);
  }

  private Slice partOfPsp() {
    return places.busy(SOME, PSP, dice.any(List.of(REGION, REGION, MERCHANT_ACCOUNT, SCHEME)));
  }

  private Slice issuer() {
    return dice.chance(0.75) ? places.busy(SOME, BIN_RANGE) : places.busy(BUSY, ISSUER_COUNTRY);
  }

  private Slice network() {
    return dice.chance(0.6) ? places.busy(BUSY, SCHEME) : places.busy(BUSY, THREE_DS);
  }

  private Slice version() {
    Slice canary = Slice.TOTAL.with(CONNECTOR_VERSION, World.CANARY);
    return dice.chance(0.7) ? canary : places.busy(canary, 0, PSP);
  }

  private Slice account() {
    return dice.chance(0.5) ? places.busy(BUSY, MERCHANT_ACCOUNT) : accountAtPsp();
  }

  private Slice accountAtPsp() {
    return places.busy(SOME, PSP, MERCHANT_ACCOUNT);
  }

  private Slice anywhere() {
    return switch (dice.number(0, 3)) {
      case 0 -> places.busy(BUSY, REGION);
      case 1 -> places.busy(BUSY, MERCHANT_ACCOUNT);
      case 2 -> places.busy(BUSY, MERCHANT_ACCOUNT, REGION);
      default -> psp();
    };
  }

  private Duration length(IncidentClass wanted) {
    return wanted == IncidentClass.SLOW_DRIFT
        ? dice.seconds(7_200, 9_000)
        : dice.seconds(600, 1_500);
  }

  private static DisturbanceType type(IncidentClass wanted) {
    return wanted == IncidentClass.UNKNOWN
        ? DisturbanceType.UNEXPLAINED
        : DisturbanceType.valueOf(wanted.name());
  }

  private Plot simulated(
      String id, IncidentClass wanted, Owner owner, Slice scope, double least, double most) {
    Label label = new Label(wanted, owner, scope, start, start.plus(length(wanted)));
    List<Disturbance> disturbances = new ArrayList<>();
    disturbances.add(
        new Disturbance(
            type(wanted),
            scope,
            label.start().toEpochMilli(),
            label.end().toEpochMilli(),
            dice.between(least, most)));
    sidelines.around(label);
    disturbances.addAll(sidelines.disturbances());
    return new Plot(
        id,
        label,
        disturbances,
        sidelines.news(),
        dice.chance(ANNOUNCED),
        List.of(),
        sidelines.words());
  }

  private Plot built(String id, IncidentClass wanted) {
    Slice scope = wanted == IncidentClass.MIX_SHIFT ? places.busy(BUSY, REGION) : psp();
    Owner owner =
        switch (wanted) {
          case SETTLEMENT_GAP -> Owner.PSP;
          case RECONCILIATION_GAP -> Owner.US;
          default -> Owner.UNKNOWN;
        };
    Label label = new Label(wanted, owner, scope, start, start.plus(length(wanted)));
    List<Burst> bursts = BuiltBursts.of(label, dice);
    sidelines.around(label);
    return new Plot(id, label, List.of(), sidelines.news(), true, bursts, sidelines.words());
  }
}
