package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.ExternalAlert;

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

  /** An alert of another system that fires or is over. */
  record AlertSeen(ExternalAlert alert) implements Input {}

  /** Time passes; about once every 10 seconds is enough. */
  record Tick() implements Input {}

  /** Something a person wants done with an incident. */
  record CommandGiven(Command command) implements Input {}

  /** What a model made of an incident, after code has checked it. */
  record AdviceGiven(Advice advice) implements Input {}
}
