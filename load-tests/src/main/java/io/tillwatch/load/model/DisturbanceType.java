package io.tillwatch.load.model;

import static io.tillwatch.schemas.slice.Dimension.BIN_RANGE;
import static io.tillwatch.schemas.slice.Dimension.CONNECTOR_VERSION;
import static io.tillwatch.schemas.slice.Dimension.MERCHANT_ACCOUNT;
import static io.tillwatch.schemas.slice.Dimension.PSP;
import static io.tillwatch.schemas.slice.Dimension.REGION;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can happen to traffic: incidents that should be found, and traps that should not. */
public enum DisturbanceType {
  /** A PSP fails everywhere. Strength: share of attempts that fail. */
  PSP_OUTAGE(false, EventKind.AUTH, Strength.SHARE, 0.97, Set.of(PSP)),
  /** A PSP fails in one region or for one kind of card. Strength: share of attempts that fail. */
  PSP_PARTIAL_OUTAGE(false, EventKind.AUTH, Strength.SHARE, 0.90, Set.of(PSP)),
  /** An issuer does not answer. Strength: share of attempts declined. */
  ISSUER_OUTAGE(false, EventKind.AUTH, Strength.SHARE, 0.90, Set.of(BIN_RANGE)),
  /** An issuer declines what it approved before. Strength: share of attempts declined. */
  ISSUER_POLICY_CHANGE(false, EventKind.AUTH, Strength.SHARE, 0.50, Set.of(BIN_RANGE)),
  /** A card network or its 3-D Secure does not answer. Strength: share of attempts that fail. */
  NETWORK_OR_3DS_OUTAGE(false, EventKind.AUTH, Strength.SHARE, 0.80, Set.of()),
  /** The network of a region is ill. Strength: share of attempts that time out. */
  REGIONAL_CONNECTIVITY(false, EventKind.AUTH, Strength.SHARE, 0.60, Set.of(REGION)),
  /** A rollout that breaks attempts. Strength: share of the new version's attempts that fail. */
  DEPLOY_REGRESSION(false, EventKind.AUTH, Strength.SHARE, 0.55, Set.of(CONNECTOR_VERSION)),
  /** Settings of ours are wrong for an account. Strength: share of attempts that fail. */
  CONFIGURATION_OR_ROUTING(false, EventKind.AUTH, Strength.SHARE, 0.80, Set.of(MERCHANT_ACCOUNT)),
  /** A PSP refuses our key or certificate. Strength: share of attempts that fail. */
  CREDENTIAL_OR_CERTIFICATE_EXPIRY(false, EventKind.AUTH, Strength.SHARE, 1.0, Set.of(PSP)),
  /** A PSP turns calls away for being too many. Strength: share of attempts turned away. */
  RATE_LIMITED(false, EventKind.AUTH, Strength.SHARE, 0.50, Set.of(PSP)),
  /** Declines that no reason is given for. Strength: share of attempts declined. */
  UNEXPLAINED(false, EventKind.AUTH, Strength.SHARE, 0.50, Set.of()),
  /** Captures fail. Strength: share of captures that fail. */
  CAPTURE_FAILURE(false, EventKind.CAPTURE, Strength.SHARE, 0.70, Set.of(PSP)),
  /** Our endpoint refuses webhooks. Strength: share of deliveries that fail. */
  WEBHOOK_DELIVERY_FAILURE(false, EventKind.WEBHOOK, Strength.SHARE, 0.80, Set.of(PSP)),
  /** A PSP holds webhooks back and sends them at the end. Strength: share held. */
  WEBHOOK_BACKLOG(false, EventKind.WEBHOOK, Strength.SHARE, 1.0, Set.of(PSP)),
  /** A PSP answers slowly without failing. Strength: factor of its latency. */
  PSP_LATENCY(false, EventKind.AUTH, Strength.FACTOR, 3.0, Set.of(PSP)),
  /** Stolen cards are tried out. Strength: extra payments as a multiple of normal ones. */
  CARD_TESTING_ATTACK(false, EventKind.AUTH, Strength.FACTOR, 8.0, Set.of(PSP, BIN_RANGE)),
  /** Failed payments are hammered again. Strength: share of failures retried at once. */
  RETRY_STORM(false, EventKind.AUTH, Strength.SHARE, 0.95, Set.of(PSP)),
  /** Events do not reach us, payments go on. Strength: share that is lost. */
  TELEMETRY_GAP(false, EventKind.AUTH, Strength.SHARE, 1.0, Set.of()),
  /** Success sinks slowly. Strength: how far the logit falls by the end. */
  SLOW_DRIFT(false, EventKind.AUTH, Strength.LOGITS, 1.0, Set.of()),

  /** More of everything. Strength: traffic as a multiple of normal. */
  VOLUME_SPIKE(true, EventKind.AUTH, Strength.FACTOR, 2.5, Set.of()),
  /** More of one kind of traffic. Strength: that traffic as a multiple of normal. */
  MIX_SHIFT(true, EventKind.AUTH, Strength.FACTOR, 4.0, Set.of()),
  /** One payer fails again and again in a small cell. Strength: number of failed attempts. */
  NOISY_CELL(true, EventKind.AUTH, Strength.FACTOR, 9.0, Set.of(PSP, BIN_RANGE)),
  /** A rollout that harms nobody. Strength: share of attempts on the new version. */
  BENIGN_DEPLOY(true, EventKind.AUTH, Strength.SHARE, 0.5, Set.of(CONNECTOR_VERSION));

  /** What a strength is, and its bounds, both included. */
  public enum Strength {
    /** A probability. */
    SHARE(0.001, 1),
    /** A multiple, or a number of times. */
    FACTOR(1, 1_000),
    /** A shift of a success rate's logit. */
    LOGITS(0.01, 10);

    private final double least;
    private final double most;

    Strength(double least, double most) {
      this.least = least;
      this.most = most;
    }

    public double least() {
      return least;
    }

    public double most() {
      return most;
    }
  }

  private final boolean trap;
  private final EventKind kind;
  private final Strength strength;
  private final double defaultStrength;
  private final Set<Dimension> required;

  DisturbanceType(
      boolean trap,
      EventKind kind,
      Strength strength,
      double defaultStrength,
      Set<Dimension> required) {
    this.trap = trap;
    this.kind = kind;
    this.strength = strength;
    this.defaultStrength = defaultStrength;
    this.required = required;
  }

  /** The name in scenario files and ground truth, for example {@code psp_outage}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of that label, if there is one. */
  public static Optional<DisturbanceType> byLabel(String label) {
    return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
  }

  /** Whether nothing is wrong, so that nothing may be alerted. */
  public boolean isTrap() {
    return trap;
  }

  /** The kind of event it shows in. */
  public EventKind kind() {
    return kind;
  }

  /** Used when a scenario gives none; its meaning is the type's. */
  public double defaultStrength() {
    return defaultStrength;
  }

  /** Dimensions its scope must name. */
  public Set<Dimension> requiredDimensions() {
    return required;
  }

  /** What its strength is measured in. */
  public Strength strength() {
    return strength;
  }

  /** Whether steps in its scope fail with its strength as probability. */
  boolean makesFail() {
    return switch (this) {
      case PSP_OUTAGE,
          PSP_PARTIAL_OUTAGE,
          ISSUER_OUTAGE,
          ISSUER_POLICY_CHANGE,
          NETWORK_OR_3DS_OUTAGE,
          CONFIGURATION_OR_ROUTING,
          CREDENTIAL_OR_CERTIFICATE_EXPIRY,
          RATE_LIMITED,
          UNEXPLAINED,
          REGIONAL_CONNECTIVITY,
          DEPLOY_REGRESSION,
          CAPTURE_FAILURE,
          WEBHOOK_DELIVERY_FAILURE ->
          true;
      default -> false;
    };
  }

  /** Whether it raises the share of the new connector version. */
  boolean isRollout() {
    return this == DEPLOY_REGRESSION || this == BENIGN_DEPLOY;
  }

  /** Whether it adds payments; such a scope may only name what payments are drawn by. */
  public boolean addsTraffic() {
    return switch (this) {
      case CARD_TESTING_ATTACK, VOLUME_SPIKE, MIX_SHIFT, NOISY_CELL -> true;
      default -> false;
    };
  }
}
