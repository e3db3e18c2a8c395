package io.tillwatch.triage.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Cause;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Refund the payments.",
        "Replay the events of the last hour",
        "Look at the queue; then replay it.",
        "Ask the PSP and reroute meanwhile",
        "Route traffic away from northpay",
        "Disable the connector",
        "Switch the flag off",
        "Turn on a challenge",
        "Roll back the version named",
        "Give the money back",
        "Check the account. Pay it out.",
        "Rückerstattung auslösen",
      })
  void whatChangesSomethingNeedsApproval(String step) {
    assertThat(Approval.isNeededFor(step)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " . ",
        "Look at the dashboard.",
        "Ask the PSP for the endpoint's state, with the error codes at hand",
        "Compare the reasons before and since; ask the PSP for the issuer's stance.",
      })
  void lookingAndAskingDoesNot(String step) {
    assertThat(Approval.isNeededFor(step)).isFalse();
  }

  /** Whoever writes a playbook cannot forget the mark, and sees here what is free of it. */
  @Test
  void ofTheShippedPlaybooksTheseAskForNothingButEyes() {
    RuleBook rules = RuleBook.defaults();
    assertThat(Arrays.stream(Cause.values()))
        .filteredOn(cause -> !Approval.isNeededFor(rules.playbooks().of(cause).next()))
        .containsExactlyInAnyOrder(
            Cause.WEBHOOK_DELIVERY_FAILURE,
            Cause.WEBHOOK_BACKLOG,
            Cause.SETTLEMENT_GAP,
            Cause.RECONCILIATION_GAP,
            Cause.SLOW_DRIFT,
            Cause.MIX_SHIFT,
            Cause.TELEMETRY_GAP,
            Cause.UNKNOWN);
  }
}
