package io.tillwatch.triage.hypothesis;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.ExternalAlert;
import java.util.List;

/**
 * What happened around the payments not long ago.
 *
 * @param changes changes of ours
 * @param notices what PSPs say on their status pages
 * @param alerts alerts of other systems, firing or over
 */
public record Lately(
    List<ChangeEvent> changes, List<StatusEvent> notices, List<ExternalAlert> alerts) {

  /** Nothing is known. */
  public static final Lately NOTHING = new Lately(List.of(), List.of(), List.of());

  public Lately {
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
    alerts = List.copyOf(alerts);
  }

  /** One change. */
  public static Lately of(ChangeEvent change) {
    return new Lately(List.of(change), List.of(), List.of());
  }

  /** One notice. */
  public static Lately of(StatusEvent notice) {
    return new Lately(List.of(), List.of(notice), List.of());
  }

  /** One alert. */
  public static Lately of(ExternalAlert alert) {
    return new Lately(List.of(), List.of(), List.of(alert));
  }

  /** Whether there is nothing. */
  public boolean isNothing() {
    return changes.isEmpty() && notices.isEmpty() && alerts.isEmpty();
  }
}
