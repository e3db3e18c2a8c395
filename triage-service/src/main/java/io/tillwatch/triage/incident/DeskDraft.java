package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Docket;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A desk while one decision is being made. Lives for one call. */
final class DeskDraft {

  static final String AUTHOR = "tillwatch";

  private final DeskState before;
  private final Instant now;
  private final Map<String, CaseDraft> drafts = new LinkedHashMap<>();
  private final List<String> removed = new ArrayList<>();
  private final List<IncidentLogEntry> log = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private Docket docket;
  private long sequence;
  private String lastHash;

  DeskDraft(DeskState before, Instant now) {
    this.before = before;
    this.docket = before.docket();
    this.sequence = docket.getSequence();
    this.lastHash = docket.getLastHash();
    this.now = now.isBefore(docket.getLastAt()) ? docket.getLastAt() : now;
  }

  /** Time of the decision; never before that of the one before. */
  Instant now() {
    return now;
  }

  Docket docket() {
    return docket;
  }

  void docket(Docket changed) {
    docket = changed;
  }

  /** Cases as they stood before the decision. */
  Map<String, IncidentCase> cases() {
    return before.cases();
  }

  /** A case as this decision has left it so far. */
  IncidentCase asItStands(IncidentCase known) {
    CaseDraft drafted = drafts.get(known.getIncident().getIncidentId());
    return drafted == null ? known : drafted.asItStands();
  }

  /** A case to be changed; empty when none of that id is on the desk. */
  Optional<CaseDraft> draft(String incidentId) {
    CaseDraft drafted = drafts.get(incidentId);
    if (drafted != null) {
      return Optional.of(drafted);
    }
    IncidentCase known = before.cases().get(incidentId);
    return known == null ? Optional.empty() : Optional.of(add(new CaseDraft(this, known)));
  }

  CaseDraft add(CaseDraft draft) {
    drafts.put(draft.incidentId(), draft);
    return draft;
  }

  /** Forgets what was to become of a case. */
  void discard(CaseDraft draft) {
    drafts.remove(draft.incidentId());
  }

  void remove(String incidentId) {
    removed.add(incidentId);
  }

  void queue(Action action) {
    actions.add(action);
  }

  void log(CaseDraft about, IncidentEvent event, String text) {
    log(about, event, AUTHOR, text);
  }

  /** Appends to the tenant's log; the entry's revision is the one the decision leads to. */
  void log(CaseDraft about, IncidentEvent event, String author, String text) {
    log(about.incidentId(), about.revision(), event, author, text);
  }

  /** Appends to the tenant's log what concerns an incident, be it on the desk or not. */
  void log(String incidentId, int revision, IncidentEvent event, String author, String text) {
    IncidentLogEntry entry =
        IncidentLogEntry.newBuilder()
            .setIncidentId(incidentId)
            .setTenant(before.tenant())
            .setSequence(++sequence)
            .setAt(now)
            .setEvent(event)
            .setRevision(revision)
            .setAuthor(DeskLimits.line(author, DeskLimits.AUTHOR_MAX))
            .setText(DeskLimits.line(text, DeskLimits.LOG_TEXT_MAX))
            .setPreviousHash(lastHash)
            .setHash("")
            .build();
    lastHash = LogChain.hash(entry);
    log.add(IncidentLogEntry.newBuilder(entry).setHash(lastHash).build());
  }

  Decision seal(Verdict verdict) {
    Map<String, IncidentCase> cases = new TreeMap<>(before.cases());
    List<Incident> incidents = new ArrayList<>();
    List<StoredEntry> writes = new ArrayList<>();
    for (CaseDraft draft : drafts.values()) {
      IncidentCase sealed = draft.seal();
      cases.put(draft.incidentId(), sealed);
      writes.add(StoredEntry.of(sealed));
      if (draft.touched()) {
        incidents.add(sealed.getIncident());
      }
    }
    for (String incidentId : removed) {
      cases.remove(incidentId);
      writes.add(StoredEntry.removed(before.tenant(), incidentId));
    }
    if (!log.isEmpty()) {
      docket =
          Docket.newBuilder(docket)
              .setSequence(sequence)
              .setLastHash(lastHash)
              .setLastAt(now)
              .build();
    }
    if (docket != before.docket()) {
      writes.add(StoredEntry.of(docket));
    }
    return new Decision(verdict, incidents, log, actions, writes, new DeskState(docket, cases));
  }
}
