package io.tillwatch.triage.api;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.triage.publish.NotPublished;
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

  /**
   * Puts a change on record.
   *
   * @return why it was not; empty when it was
   */
  Optional<Refusal> take(ChangeEvent change) throws NotPublished {
    Optional<Refusal> refusal = rules.check(change);
    if (refusal.isEmpty()) {
      writing.publisher().publish(writing.topics().changes(), change.getEventId(), change);
    }
    return refusal;
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
        writing.publisher().publish(writing.topics().alerts(), alert.getAlertId(), alert);
        taken++;
      }
    }
    return taken;
  }
}
