package io.tillwatch.triage.vendor;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.Notifiers;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.alertmanager.AlertmanagerNotifier;
import io.tillwatch.triage.alertmanager.AlertmanagerNotifier.Kind;
import io.tillwatch.triage.jira.JiraNotifier;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.pagerduty.PagerDuty;
import io.tillwatch.triage.slack.Slack;
import io.tillwatch.triage.webhook.WebhookNotifier;
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
   * @param clock what the role takes for now
   * @param incidents for what an action leaves out
   */
  public static Notifiers open(
      Map<ActionTarget, TargetMode> targets,
      VendorSettings settings,
      RecordingNotifier console,
      InstantSource clock,
      Incidents incidents) {
    Map<ActionTarget, Notifier> notifiers = new EnumMap<>(ActionTarget.class);
    targets.forEach((target, mode) -> {
      switch (mode) {
        case CONSOLE -> notifiers.put(target, console);
        case OFF -> {}
        case SLACK -> notifiers.put(target, Slack.open(settings.slack()));
        case PAGERDUTY -> notifiers.put(target, PagerDuty.open(settings.pagerDuty()));
        case JIRA -> notifiers.put(target, JiraNotifier.open(settings.jira(), incidents, clock));
        case WEBHOOK ->
            notifiers.put(
                target,
                WebhookNotifier.open(settings.webhook(), incidents, InstantSource.system()));
        case ALERTMANAGER -> notifiers.put(target, alerts(settings, Kind.ALERTMANAGER, incidents));
        case ALERTMANAGER_WEBHOOK ->
            notifiers.put(target, alerts(settings, Kind.RECEIVER, incidents));
      }
    });
    return new Notifiers(notifiers, console);
  }

  private static Notifier alerts(VendorSettings settings, Kind kind, Incidents incidents) {
    return AlertmanagerNotifier.open(settings.alertmanager(), kind, incidents);
  }
}
