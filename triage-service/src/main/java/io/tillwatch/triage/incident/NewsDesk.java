package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.triage.hypothesis.Lately;
import io.tillwatch.triage.hypothesis.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens around the payments: kept for a while, and taken up by the incidents it concerns.
 */
final class NewsDesk {

  private final CorrelationRules near;
  private final Progress progress;

  NewsDesk(CorrelationRules near, Progress progress) {
    this.near = near;
    this.progress = progress;
  }

  Verdict take(DeskDraft desk, ChangeEvent change) {
    Docket docket = desk.docket();
    if (docket.getChanges().stream().anyMatch(c -> c.getEventId().equals(change.getEventId()))) {
      return Verdict.DUPLICATE;
    }
    desk.docket(
        Docket.newBuilder(docket).setChanges(appended(docket.getChanges(), change)).build());
    return reassess(desk, Lately.of(change));
  }

  Verdict take(DeskDraft desk, StatusEvent notice) {
    Docket docket = desk.docket();
    if (docket.getNotices().stream().anyMatch(n -> n.getEventId().equals(notice.getEventId()))) {
      return Verdict.DUPLICATE;
    }
    desk.docket(
        Docket.newBuilder(docket).setNotices(appended(docket.getNotices(), notice)).build());
    return reassess(desk, Lately.of(notice));
  }

  /**
   * An alert that is told again and says nothing new is a duplicate, one from before what is known
   * comes too late.
   */
  Verdict take(DeskDraft desk, ExternalAlert alert) {
    Docket docket = desk.docket();
    Optional<ExternalAlert> known =
        docket.getAlerts().stream().filter(each -> sameAlert(each, alert)).findFirst();
    if (known.isPresent() && !isNews(known.get(), alert)) {
      return Verdict.DUPLICATE;
    }
    List<ExternalAlert> others =
        docket.getAlerts().stream().filter(each -> !sameAlert(each, alert)).toList();
    desk.docket(Docket.newBuilder(docket).setAlerts(appended(withRoom(others), alert)).build());
    return reassess(desk, Lately.of(alert));
  }

  private static boolean sameAlert(ExternalAlert a, ExternalAlert b) {
    return a.getAlertId().equals(b.getAlertId()) && a.getSource().equals(b.getSource());
  }

  private static boolean isNews(ExternalAlert known, ExternalAlert alert) {
    if (!known.getStartsAt().equals(alert.getStartsAt())) {
      return alert.getStartsAt().isAfter(known.getStartsAt());
    }
    return alert.getResolved() && !known.getResolved();
  }

  /** What is over gives way first. */
  private static List<ExternalAlert> withRoom(List<ExternalAlert> alerts) {
    if (alerts.size() < DeskLimits.RECENT_MAX) {
      return alerts;
    }
    List<ExternalAlert> kept = new ArrayList<>(alerts);
    alerts.stream()
        .filter(ExternalAlert::getResolved)
        .findFirst()
        .ifPresentOrElse(kept::remove, kept::removeFirst);
    return kept;
  }

  private static <T> List<T> appended(List<T> recent, T latest) {
    List<T> all = new ArrayList<>(recent);
    all.add(latest);
    return all.subList(Math.max(0, all.size() - DeskLimits.RECENT_MAX), all.size());
  }

  private Verdict reassess(DeskDraft desk, Lately news) {
    Verdict verdict = Verdict.REMEMBERED;
    for (IncidentCase known : desk.cases().values()) {
      if (IncidentLife.live(known.getIncident().getState())
          && known.getBursts().stream().anyMatch(Bursts::active)
          && concerns(news, Bursts.lead(known.getBursts()))) {
        CaseDraft draft = desk.draft(known.getIncident().getIncidentId()).orElseThrow();
        progress.carryOn(draft);
        verdict = Verdict.UPDATED;
      }
    }
    return verdict;
  }

  private boolean concerns(Lately news, Burst lead) {
    return !Scene.of(lead, List.of(), news, near).lately().isNothing();
  }
}
