package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What stands behind a target. */
public enum TargetMode {
  /** Prints and remembers. */
  CONSOLE(null),
  /** Nothing: actions are recorded as done without a try and reach nobody. */
  OFF(null),
  /** PagerDuty's Events API. */
  PAGERDUTY(ActionTarget.PAGER),
  /** Slack's Web API. */
  SLACK(ActionTarget.CHAT),
  /** Issues in a Jira. */
  JIRA(ActionTarget.TICKET),
  /** Signed posts to a receiver of one's own. */
  WEBHOOK(ActionTarget.WEBHOOK),
  /** Alerts for an Alertmanager. */
  ALERTMANAGER(ActionTarget.ALERTMANAGER),
  /** What an Alertmanager posts, for a receiver of that. */
  ALERTMANAGER_WEBHOOK(ActionTarget.ALERTMANAGER);

  private final @Nullable ActionTarget only;

  TargetMode(@Nullable ActionTarget only) {
    this.only = only;
  }

  /** What can stand behind the target, the outside systems last. */
  public static List<TargetMode> of(ActionTarget target) {
    return Arrays.stream(values())
        .filter(mode -> mode.only == null || mode.only == target)
        .toList();
  }

  /** As it is written in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
