package io.tillwatch.triage.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.api.IncidentJson;
import io.tillwatch.triage.phrase.Phrases;
import io.tillwatch.triage.wire.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook says, version 1: fields may be added, none changes its meaning or goes away.
 *
 * @param version {@link #VERSION}
 * @param id the same for each delivery of the same news
 * @param type {@code incident.opened}, {@code incident.updated}, {@code incident.reopened} or
 *     {@code incident.resolved}
 * @param timestamp when it was decided, RFC 3339
 * @param data what it is about
 */
@JsonPropertyOrder({"version", "id", "type", "timestamp", "data"})
record IncidentNews(int version, String id, String type, String timestamp, Data data) {

  static final int VERSION = 1;

  /**
   * What the news is about.
   *
   * @param incident the incident's id
   * @param episode from 1, counts up when it is reopened
   * @param revision the revision that is told of
   * @param severity when it was decided
   * @param summary one line for people
   * @param details the incident as {@code /api/v1/incidents/{id}} shows it, at least as new as the
   *     revision; null when it is no longer held
   */
  @JsonPropertyOrder({"incident", "episode", "revision", "severity", "summary", "details"})
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Data(
      String incident,
      int episode,
      int revision,
      String severity,
      String summary,
      @Nullable IncidentJson details) {}

  /** The news an action tells; empty for a verb that is none. */
  static Optional<IncidentNews> of(Action action, Optional<Incident> incident) {
    return type(action)
        .map(type ->
            new IncidentNews(
                VERSION,
                action.getActionId(),
                type,
                action.getCreatedAt().toString(),
                new Data(
                    action.getIncidentId(),
                    action.getEpisode(),
                    action.getRevision(),
                    Phrases.label(action.getSeverity()),
                    Texts.line(action.getSummary()),
                    incident.map(IncidentJson::of).orElse(null))));
  }

  private static Optional<String> type(Action action) {
    ActionVerb verb = action.getVerb();
    return Optional.ofNullable(
        switch (verb) {
          case CREATE -> action.getEpisode() == 1 ? "incident.opened" : "incident.reopened";
          case UPDATE -> "incident.updated";
          case RESOLVE -> "incident.resolved";
          case TRIGGER, ACKNOWLEDGE, COMMENT, CLOSE, OTHER -> null;
        });
  }
}
