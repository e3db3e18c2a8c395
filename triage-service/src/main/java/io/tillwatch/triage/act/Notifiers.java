package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionTarget;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Which notifier serves which target, and who hears of what a target does not take. */
public final class Notifiers {

  private final Map<ActionTarget, Notifier> byTarget;
  private final Notifier secondChannel;

  private Notifiers(Map<ActionTarget, Notifier> byTarget, Notifier secondChannel) {
    this.byTarget = byTarget;
    this.secondChannel = secondChannel;
  }

  /** The twin behind every target that is not off; it is the second channel too. */
  public static Notifiers recording(Map<ActionTarget, TargetMode> modes, RecordingNotifier twin) {
    Map<ActionTarget, Notifier> byTarget = new EnumMap<>(ActionTarget.class);
    modes.forEach((target, mode) -> {
      if (mode == TargetMode.CONSOLE) {
        byTarget.put(target, twin);
      }
    });
    return new Notifiers(byTarget, twin);
  }

  /** The target's notifier; one that says so for a target that is off. */
  Notifier of(ActionTarget target) {
    return byTarget.getOrDefault(
        target,
        action -> new Delivery.Off(target.name().toLowerCase(Locale.ROOT) + " is switched off"));
  }

  Notifier secondChannel() {
    return secondChannel;
  }
}
