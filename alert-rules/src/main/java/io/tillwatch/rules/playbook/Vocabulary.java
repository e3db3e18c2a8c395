package io.tillwatch.rules.playbook;

import java.util.Set;

/** The words playbooks may use; the same as in the event schemas, lower case. */
public final class Vocabulary {

  /** Dimensions of the cube. */
  public static final Set<String> DIMENSIONS =
      Set.of(
          "psp",
          "binRange",
          "region",
          "method",
          "scheme",
          "issuerCountry",
          "merchantAccount",
          "connectorVersion",
          "threeDs");

  /** Normalised decline reasons. */
  public static final Set<String> REASONS =
      Set.of(
          "issuer_unavailable",
          "do_not_honor",
          "insufficient_funds",
          "card_expired",
          "invalid_card",
          "invalid_cvc",
          "lost_or_stolen",
          "suspected_fraud",
          "sca_required",
          "sca_failed",
          "limit_exceeded",
          "not_permitted",
          "invalid_amount",
          "duplicate",
          "rate_limited",
          "gateway_error",
          "timeout",
          "configuration",
          "unknown");

  /** Types of changes of ours. */
  public static final Set<String> CHANGES =
      Set.of("deploy", "feature_flag", "routing_rule", "certificate", "config", "other");

  /** Indicators of a PSP's status page. */
  public static final Set<String> INDICATORS =
      Set.of("none", "maintenance", "minor", "major", "critical", "unknown");

  private Vocabulary() {}

  /** Whether something moved. */
  public enum Movement {
    UP,
    STEADY
  }

  /** How large amounts are. */
  public enum Size {
    SMALL,
    USUAL
  }

  /** How many reasons share in a rise. */
  public enum Spread {
    ONE,
    MANY
  }

  /** What retries do to the rate of failures. */
  public enum Part {
    UP,
    STEADY,
    EXPLAIN
  }

  /** What is left of the expected value. */
  public enum Remainder {
    ALMOST_NOTHING,
    LITTLE,
    MUCH,
    MORE
  }

  /** How something began. */
  public enum Pace {
    SUDDEN,
    GRADUAL
  }

  /** How much the mix has to do with it. */
  public enum Weight {
    DOMINATES,
    MINOR
  }
}
