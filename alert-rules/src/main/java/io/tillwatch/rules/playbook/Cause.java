package io.tillwatch.rules.playbook;

import java.util.Locale;

/** Class of an incident; written lower case in playbooks. */
public enum Cause {
  PSP_OUTAGE,
  PSP_PARTIAL_OUTAGE,
  PSP_LATENCY,
  ISSUER_OUTAGE,
  ISSUER_POLICY_CHANGE,
  NETWORK_OR_3DS_OUTAGE,
  REGIONAL_CONNECTIVITY,
  DEPLOY_REGRESSION,
  CONFIGURATION_OR_ROUTING,
  CREDENTIAL_OR_CERTIFICATE_EXPIRY,
  RATE_LIMITED,
  RETRY_STORM,
  WEBHOOK_DELIVERY_FAILURE,
  WEBHOOK_BACKLOG,
  CAPTURE_FAILURE,
  SETTLEMENT_GAP,
  RECONCILIATION_GAP,
  CARD_TESTING_ATTACK,
  SLOW_DRIFT,
  TELEMETRY_GAP,
  MIX_SHIFT,
  UNKNOWN;

  /** The word on screens, in metrics and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
