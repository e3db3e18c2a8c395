package io.tillwatch.triage.vendor;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.Notifiers;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.pagerduty.PagerDuty;
import io.tillwatch.triage.slack.Slack;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Makes the notifier behind each target. */
public final class Vendors {

  private Vendors() {}

  /**
   * Opens what is chosen; connects to nothing yet.
   *
   * @param console the twin behind every target that no outside system serves
   */
  public static Notifiers open(
      Map<ActionTarget, TargetMode> targets,
      VendorSettings settings,
      RecordingNotifier console,
      InstantSource clock) {
    Map<ActionTarget, Notifier> notifiers = new EnumMap<>(ActionTarget.class);
    targets.forEach((target, mode) -> {
      switch (mode) {
        case CONSOLE -> notifiers.put(target, console);
        case OFF -> {}
        case SLACK -> notifiers.put(target, Slack.open(settings.slack()));
        case PAGERDUTY -> notifiers.put(target, PagerDuty.open(settings.pagerDuty()));
      }
    });
    return new Notifiers(notifiers, console);
  }
}
