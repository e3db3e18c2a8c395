package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Optional;

/**
 * What a command needs to say, and which state of an incident allows it: the same at the HTTP edge,
 * which answers at once, and at the desk, which has the last word. Pure and thread-safe.
 */
public final class CommandRules {

  private CommandRules() {}

  /** What a command lacks to be understood; empty when nothing. */
  public static Optional<String> lack(Command command) {
    return switch (command.getVerb()) {
      case REVIEW ->
          command.getConfirmedClass() == null
                  || command.getConfirmedClass() == IncidentClass.UNKNOWN
              ? Optional.of("a review confirms a class, expected one that is not unknown")
              : Optional.empty();
      case NOTE ->
          command.getReason().isBlank()
              ? Optional.of("a note without text, expected a reason")
              : Optional.empty();
      case MERGE -> lackOfTarget(command);
      case SPLIT ->
          command.getBurstIds().isEmpty()
              ? Optional.of("nothing to split off, expected the ids of bursts")
              : Optional.empty();
      case OTHER -> Optional.of("a verb that is not known here");
      case ACKNOWLEDGE, MITIGATE, RESOLVE -> Optional.empty();
    };
  }

  private static Optional<String> lackOfTarget(Command command) {
    String into = command.getInto();
    if (into == null || into.isBlank()) {
      return Optional.of("nothing to merge into, expected an incident id");
    }
    return into.equals(command.getIncidentId())
        ? Optional.of("an incident cannot be merged into itself")
        : Optional.empty();
  }

  /** Why the state does not allow it; empty when it does. */
  public static Optional<String> objection(IncidentState state, CommandVerb verb) {
    return switch (verb) {
      case ACKNOWLEDGE, MITIGATE, RESOLVE, MERGE, SPLIT ->
          IncidentLife.live(state)
              ? Optional.empty()
              : Optional.of("it is %s, expected one that is not over".formatted(label(state)));
      case REVIEW ->
          IncidentLife.reviewable(state)
              ? Optional.empty()
              : Optional.of("it is %s, expected one that is resolved".formatted(label(state)));
      case NOTE -> Optional.empty();
      case OTHER -> Optional.of("a verb that is not known here");
    };
  }

  /**
   * Why it cannot be meant for an incident in this episode; empty when it can. An order that comes
   * after the incident is back would do to the next episode what was said of the one before. A note
   * is true whenever it comes.
   */
  public static Optional<String> stale(Command command, int episode) {
    Integer meant = command.getEpisode();
    return meant == null || meant == episode || command.getVerb() == CommandVerb.NOTE
        ? Optional.empty()
        : Optional.of("it was meant for episode %d, this is episode %d".formatted(meant, episode));
  }

  private static String label(IncidentState state) {
    return Phrases.label(state);
  }
}
