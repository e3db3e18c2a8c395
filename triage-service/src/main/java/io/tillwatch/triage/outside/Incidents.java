package io.tillwatch.triage.outside;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import java.util.Optional;

/** Where an adapter reads the incident that an action speaks of, for what the action leaves out. */
@FunctionalInterface
public interface Incidents {

  /** Knows none: an adapter then tells what the action holds. */
  Incidents NONE = action -> Optional.empty();

  /**
   * The incident, at least as new as the action if that comes within a moment; empty when it is not
   * held any more. May wait for that moment.
   */
  Optional<Incident> of(Action action);
}
