package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.PagerStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case while a decision is being made.
 *
 * <p>Holds what is to be changed and keeps the invariants whoever changes it: states move along
 * {@link IncidentLife} only, the pager only forward, lists within their limits, and the revision by
 * one however much changed.
 */
final class CaseDraft {

  private final DeskDraft desk;
  private final Incident.Builder incident;
  private final IncidentCase.Builder kept;
  private final List<Burst> bursts;
  private final List<String> news = new ArrayList<>();
  private final int revision;
  private boolean touched;

  CaseDraft(DeskDraft desk, IncidentCase known) {
    this.desk = desk;
    this.kept = IncidentCase.newBuilder(known);
    this.incident = Incident.newBuilder(known.getIncident());
    this.bursts = new ArrayList<>(known.getBursts());
    this.revision = known.getIncident().getRevision();
  }

  DeskDraft desk() {
    return desk;
  }

  String incidentId() {
    return incident.getIncidentId();
  }

  /** The incident's fields; whoever writes them calls {@link #touch} too. */
  Incident.Builder incident() {
    return incident;
  }

  /** What the desk keeps about it. */
  IncidentCase.Builder kept() {
    return kept;
  }

  List<Burst> bursts() {
    return bursts;
  }

  IncidentState state() {
    return incident.getState();
  }

  boolean live() {
    return IncidentLife.live(state());
  }

  int episode() {
    return incident.getEpisode();
  }

  int revision() {
    return touched ? revision + 1 : revision;
  }

  boolean touched() {
    return touched;
  }

  /** Marks the incident as changed: it is published with the next revision. */
  void touch() {
    touched = true;
  }

  /** Moves to another state; a way that is not in {@link IncidentLife} is an error of the desk. */
  void become(IncidentState next) {
    if (!IncidentLife.legal(state(), next)) {
      throw new IllegalStateException(
          "%s: %s to %s, expected a way of IncidentLife".formatted(incidentId(), state(), next));
    }
    incident.setState(next);
    touch();
  }

  /**
   * Moves on to what people made of it, and never back; while recovering it only becomes the state
   * a relapse goes back to.
   */
  void advance(IncidentState next) {
    touch();
    boolean recovering = state() == IncidentState.RECOVERING;
    if (!IncidentLife.legal(recovering ? kept.getResumeState() : state(), next)) {
      return; // it is there or further: acknowledged after mitigated changes the record only
    }
    if (recovering) {
      kept.setResumeState(next);
    } else {
      become(next);
    }
  }

  /** Moves the pager forward within the episode. */
  void pager(PagerStep next) {
    if (next.compareTo(kept.getPager()) <= 0) {
      throw new IllegalStateException(
          "%s: pager from %s to %s, expected forward only"
              .formatted(incidentId(), kept.getPager(), next));
    }
    kept.setPager(next);
  }

  /** Something people who follow the incident are told in this decision. */
  void news(IncidentEvent event, String text) {
    news(event, DeskDraft.AUTHOR, text);
  }

  void news(IncidentEvent event, String author, String text) {
    touch();
    desk.log(this, event, author, text);
    news.add(text);
  }

  /** What people are told. */
  List<String> news() {
    return news;
  }

  void log(IncidentEvent event, String text) {
    desk.log(this, event, text);
  }

  @Nullable Burst burst(String burstId) {
    return bursts.stream()
        .filter(burst -> burst.getBurstId().equals(burstId))
        .findFirst()
        .orElse(null);
  }

  /**
   * Takes in a revision of a burst.
   *
   * @return false when there is no room for another and none to let go
   */
  boolean put(Burst burst) {
    Burst known = burst(burst.getBurstId());
    if (known != null) {
      bursts.set(bursts.indexOf(known), burst);
      return true;
    }
    if (bursts.size() >= DeskLimits.BURSTS_MAX && !letOneGo()) {
      return false;
    }
    bursts.add(burst);
    List<String> ids = new ArrayList<>(incident.getBurstIds());
    if (!ids.contains(burst.getBurstId())) {
      ids.add(burst.getBurstId());
    }
    if (ids.size() > DeskLimits.BURSTS_MAX) {
      ids.remove(1); // the first of all stays, the incident is named after it
    }
    incident.setBurstIds(ids);
    return true;
  }

  /** Whether all of these can be put, and nothing that is not closed has to go. */
  boolean roomFor(List<Burst> more) {
    long strange = more.stream().filter(each -> burst(each.getBurstId()) == null).count();
    long closed = bursts.stream().skip(1).filter(Bursts::closed).count();
    return bursts.size() - closed + strange <= DeskLimits.BURSTS_MAX;
  }

  /** The oldest closed burst goes; the first of all stays, the incident is named after it. */
  private boolean letOneGo() {
    return bursts.stream()
        .skip(1)
        .filter(Bursts::closed)
        .findFirst()
        .map(bursts::remove)
        .orElse(false);
  }

  /** Whether any burst still burns. */
  boolean burning() {
    return bursts.stream().anyMatch(Bursts::active);
  }

  /** Whether every burst is closed. */
  boolean quiet() {
    return bursts.stream().allMatch(Bursts::closed);
  }

  Instant now() {
    return desk.now();
  }

  /** The case as it would be now. */
  IncidentCase asItStands() {
    return kept.setIncident(incident.build()).setBursts(new ArrayList<>(bursts)).build();
  }

  IncidentCase seal() {
    if (touched) {
      incident.setRevision(revision + 1).setUpdatedAt(now());
    }
    return asItStands();
  }
}
