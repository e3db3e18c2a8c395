package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import java.util.Locale;

/** What the second channel is told when the first does not take an action. */
final class Undelivered {

  private static final int SUMMARY_MAX = 1024;

  private Undelivered() {}

  /** The same action under its own id, saying first what failed. */
  static Action notice(Action action, int attempts, String why) {
    String summary =
        "%s not reached (%d tries, %s): %s"
            .formatted(
                action.getTarget().name().toLowerCase(Locale.ROOT),
                attempts,
                why,
                action.getSummary());
    return Action.newBuilder(action)
        .setActionId(action.getActionId() + "/second-channel")
        .setSummary(summary.length() <= SUMMARY_MAX ? summary : summary.substring(0, SUMMARY_MAX))
        .build();
  }
}
