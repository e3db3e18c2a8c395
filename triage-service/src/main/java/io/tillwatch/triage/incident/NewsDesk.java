package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.triage.hypothesis.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens around the payments: kept for a while, and taken up by the incidents it concerns.
 */
final class NewsDesk {

  private final CorrelationRules near;
  private final Assessor assessor;
  private final Outbox outbox;

  NewsDesk(CorrelationRules near, Assessor assessor, Outbox outbox) {
    this.near = near;
    this.assessor = assessor;
    this.outbox = outbox;
  }

  Verdict take(DeskDraft desk, ChangeEvent change) {
    Docket docket = desk.docket();
    if (docket.getChanges().stream().anyMatch(c -> c.getEventId().equals(change.getEventId()))) {
      return Verdict.DUPLICATE;
    }
    desk.docket(
        Docket.newBuilder(docket).setChanges(appended(docket.getChanges(), change)).build());
    return reassess(
        desk,
        lead -> !Scene.of(lead, List.of(), List.of(change), List.of(), near).changes().isEmpty());
  }

  Verdict take(DeskDraft desk, StatusEvent notice) {
    Docket docket = desk.docket();
    if (docket.getNotices().stream().anyMatch(n -> n.getEventId().equals(notice.getEventId()))) {
      return Verdict.DUPLICATE;
    }
    desk.docket(
        Docket.newBuilder(docket).setNotices(appended(docket.getNotices(), notice)).build());
    return reassess(
        desk,
        lead -> !Scene.of(lead, List.of(), List.of(), List.of(notice), near).notices().isEmpty());
  }

  private static <T> List<T> appended(List<T> recent, T latest) {
    List<T> all = new ArrayList<>(recent);
    all.add(latest);
    return all.subList(Math.max(0, all.size() - DeskLimits.RECENT_MAX), all.size());
  }

  private Verdict reassess(DeskDraft desk, Predicate<Burst> concerned) {
    Verdict verdict = Verdict.REMEMBERED;
    for (IncidentCase known : desk.cases().values()) {
      if (IncidentLife.live(known.getIncident().getState())
          && known.getBursts().stream().anyMatch(Bursts::active)
          && concerned.test(Bursts.lead(known.getBursts()))) {
        CaseDraft draft = desk.draft(known.getIncident().getIncidentId()).orElseThrow();
        outbox.tell(draft, assessor.assess(draft));
        verdict = Verdict.UPDATED;
      }
    }
    return verdict;
  }
}
