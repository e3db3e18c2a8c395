package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import org.jspecify.annotations.Nullable;

/**
 * One action on its way to the other side, and what the other side calls the thing it is about.
 *
 * @param externalId the other side's name from the latest result of the same incident and target,
 *     otherwise the one the action came with; null when none is known
 * @param attempt which attempt it is since the action was read, from 1
 * @param maybeTried whether another executor, or this one in an earlier life, may have tried the
 *     action: it was in the topic when this executor took the partition
 */
public record Errand(Action action, @Nullable String externalId, int attempt, boolean maybeTried) {

  /** The first attempt of an action that nobody else can have tried. */
  public Errand(Action action, @Nullable String externalId) {
    this(action, externalId, 1, false);
  }

  /** An errand about something the other side is not known to have. */
  public static Errand of(Action action) {
    return new Errand(action, action.getExternalId());
  }
}
