package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.util.List;

/**
 * What follows from one input. The caller publishes incidents, log and actions in this order, makes
 * the writes to the store, and goes on with {@code next}: all in one transaction, or none.
 *
 * @param verdict what the desk made of the input
 * @param incidents changed incidents, each with a new revision
 * @param log entries to append, in sequence
 * @param actions effects to queue, in order
 * @param writes what changed in the store
 * @param next the desk afterwards
 */
public record Decision(
    Verdict verdict,
    List<Incident> incidents,
    List<IncidentLogEntry> log,
    List<Action> actions,
    List<StoredEntry> writes,
    DeskState next) {

  public Decision {
    incidents = List.copyOf(incidents);
    log = List.copyOf(log);
    actions = List.copyOf(actions);
    writes = List.copyOf(writes);
  }

  static Decision nothing(Verdict verdict, DeskState state) {
    return new Decision(verdict, List.of(), List.of(), List.of(), List.of(), state);
  }
}
