package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import org.jspecify.annotations.Nullable;

/**
 * One action on its way to the other side, and what the other side calls the thing it is about.
 *
 * @param externalId the other side's name from the latest result of the same incident and target,
 *     otherwise the one the action came with; null when none is known
 */
public record Errand(Action action, @Nullable String externalId) {

  /** An errand about something the other side is not known to have. */
  public static Errand of(Action action) {
    return new Errand(action, action.getExternalId());
  }
}
