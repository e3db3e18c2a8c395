package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionTarget;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which notifier serves which target, and who hears of what a target does not take: the console,
 * and the chat when it is somebody else who fails.
 */
public final class Notifiers implements AutoCloseable {

  private final Map<ActionTarget, Notifier> byTarget;
  private final RecordingNotifier console;
  private final Map<Notifier, SecondChannel> secondChannels = new ConcurrentHashMap<>();

  /**
   * Notifiers by target.
   *
   * @param byTarget a target without one is switched off
   * @param console where what was not delivered is always shown
   */
  public Notifiers(Map<ActionTarget, Notifier> byTarget, RecordingNotifier console) {
    this.byTarget = new EnumMap<>(ActionTarget.class);
    this.byTarget.putAll(byTarget);
    this.console = console;
  }

  /** The target's notifier; one that says so for a target that is off. */
  Notifier of(ActionTarget target) {
    return byTarget.getOrDefault(
        target,
        errand -> new Delivery.Off(target.name().toLowerCase(Locale.ROOT) + " is switched off"));
  }

  /** Who is told when the target does not take an action: done when somebody could be. */
  Notifier secondChannel(ActionTarget failing) {
    Notifier chat = byTarget.get(ActionTarget.CHAT);
    if (failing == ActionTarget.CHAT || chat == null || chat == console) {
      return console;
    }
    return secondChannels.computeIfAbsent(chat, there -> new SecondChannel(console, there));
  }

  /** The targets that are not off, each with its notifier. */
  Map<ActionTarget, Notifier> all() {
    return byTarget;
  }

  @Override
  public void close() {
    secondChannels.values().forEach(SecondChannel::close);
    new LinkedHashSet<>(byTarget.values()).forEach(Notifier::close);
  }
}
