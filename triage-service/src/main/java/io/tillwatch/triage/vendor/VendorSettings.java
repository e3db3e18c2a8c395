package io.tillwatch.triage.vendor;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.alertmanager.AlertmanagerSettings;
import io.tillwatch.triage.jira.JiraSettings;
import io.tillwatch.triage.outside.OutsideSettings;
import io.tillwatch.triage.pagerduty.PagerDutySettings;
import io.tillwatch.triage.slack.SlackSettings;
import io.tillwatch.triage.webhook.WebhookSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How each outside system is reached; read whether or not it is chosen, so that a wrong value is
 * told before it matters.
 *
 * @param outside what counts where a system's own section says nothing
 */
public record VendorSettings(
    OutsideSettings outside,
    PagerDutySettings pagerDuty,
    SlackSettings slack,
    JiraSettings jira,
    WebhookSettings webhook,
    AlertmanagerSettings alertmanager) {

  /** Programs: told of each change, off unless they are chosen. */
  private static final Set<ActionTarget> FEEDS =
      EnumSet.of(ActionTarget.WEBHOOK, ActionTarget.ALERTMANAGER);

  /** Reads the section of each vendor; one that is chosen without its secret is a mistake. */
  public static VendorSettings from(Settings settings, Map<ActionTarget, TargetMode> targets) {
    OutsideSettings outside = OutsideSettings.from(settings);
    return new VendorSettings(
        outside,
        PagerDutySettings.from(settings, outside, targets.containsValue(TargetMode.PAGERDUTY)),
        SlackSettings.from(settings, outside, targets.containsValue(TargetMode.SLACK)),
        JiraSettings.from(settings, outside, targets.containsValue(TargetMode.JIRA)),
        WebhookSettings.from(settings, outside, targets.containsValue(TargetMode.WEBHOOK)),
        AlertmanagerSettings.from(
            settings,
            outside,
            targets.containsValue(TargetMode.ALERTMANAGER)
                || targets.containsValue(TargetMode.ALERTMANAGER_WEBHOOK)));
  }

  /** The programs that are told of each change: those among the targets that are not off. */
  public static Set<ActionTarget> feeds(Map<ActionTarget, TargetMode> targets) {
    return FEEDS.stream()
        .filter(feed -> targets.getOrDefault(feed, TargetMode.OFF) != TargetMode.OFF)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads what stands behind each target. */
  public static Map<ActionTarget, TargetMode> targets(Settings settings) {
    Map<ActionTarget, TargetMode> targets = new EnumMap<>(ActionTarget.class);
    for (ActionTarget target : ActionTarget.values()) {
      boolean named = target != ActionTarget.OTHER;
      targets.put(target, named ? mode(settings, target) : TargetMode.CONSOLE);
    }
    return targets;
  }

  private static TargetMode mode(Settings settings, ActionTarget target) {
    String key = "triage.targets." + target.name().toLowerCase(Locale.ROOT);
    TargetMode dflt = FEEDS.contains(target) ? TargetMode.OFF : TargetMode.CONSOLE;
    String text = settings.text(key, dflt.label()).strip();
    List<TargetMode> possible = TargetMode.of(target);
    return possible.stream()
        .filter(mode -> mode.label().equalsIgnoreCase(text))
        .findFirst()
        .orElseGet(() -> {
          String labels =
              possible.stream().map(TargetMode::label).collect(Collectors.joining(", "));
          settings.reject(key, "'" + text + "'", "one of " + labels);
          return dflt;
        });
  }
}
