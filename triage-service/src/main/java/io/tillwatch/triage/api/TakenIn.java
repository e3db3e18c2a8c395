package io.tillwatch.triage.api;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.stream.InputRedaction;
import io.tillwatch.triage.stream.InputRules;
import io.tillwatch.triage.stream.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * What was heard on its way to a topic: by the same rules as at the desk's door, so that whoever
 * sent it hears why it is refused.
 */
@WhenTriageRuns
@Singleton
final class TakenIn {

  private final Writing writing;
  private final InputRules rules;

  TakenIn(TriageDoor door) {
    this.writing = door.writing();
    this.rules = new InputRules(door.clock());
  }

  /** Why a change is not put on record; empty when it may be. */
  Optional<Refusal> refusal(ChangeEvent change) {
    return rules.check(change);
  }

  /**
   * Puts a change on record, without what may not be kept of it.
   *
   * @return its id there
   */
  String put(ChangeEvent change) throws NotPublished {
    ChangeEvent clean = InputRedaction.clean(change);
    writing.publisher().publish(writing.topics().changes(), clean.getEventId(), clean);
    return clean.getEventId();
  }

  /**
   * Puts alerts on record, each by itself.
   *
   * @return how many were
   */
  int take(List<ExternalAlert> alerts) throws NotPublished {
    int taken = 0;
    for (ExternalAlert alert : alerts) {
      if (rules.check(alert).isEmpty()) {
        ExternalAlert clean = InputRedaction.clean(alert);
        writing.publisher().publish(writing.topics().alerts(), clean.getAlertId(), clean);
        taken++;
      }
    }
    return taken;
  }
}
