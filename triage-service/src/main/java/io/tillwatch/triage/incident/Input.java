package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.IncidentClass;

/** One thing the desk has to decide about; each may arrive more than once. */
public sealed interface Input {

  /** A revision of a burst. */
  record BurstSeen(Burst burst) implements Input {}

  /** How an action ended. */
  record ActionEnded(ActionResult result) implements Input {}

  /** Something we changed ourselves. */
  record ChangeSeen(ChangeEvent change) implements Input {}

  /** What a PSP's status page says. */
  record StatusSeen(StatusEvent notice) implements Input {}

  /** Time passes; about once every 10 seconds is enough. */
  record Tick() implements Input {}

  /** Something a person wants done with an incident. */
  sealed interface Command extends Input {
    /** The incident. */
    String incidentId();

    /** Who wants it, as shown in the log. */
    String author();
  }

  /** Somebody takes the incident. */
  record Acknowledge(String incidentId, String author) implements Command {}

  /** Somebody stopped the loss, though the cause may remain. */
  record Mitigate(String incidentId, String author, String note) implements Command {}

  /** Somebody calls it over. */
  record Resolve(String incidentId, String author, String note) implements Command {}

  /** Somebody confirms class and cause of a resolved incident: a label for evaluation. */
  record Review(String incidentId, String author, IncidentClass confirmed, String note)
      implements Command {}

  /** Somebody writes something down. */
  record Note(String incidentId, String author, String text) implements Command {}
}
