package io.tillwatch.triage.timeline;

import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The moments of an incident that people ask for: its log without what only machines read, and with
 * what the log cannot know, its onset and the PSP's own first word.
 *
 * @param moments oldest first
 */
public record Timeline(List<Moment> moments) {

  private static final String TILLWATCH = "tillwatch";
  private static final String PAGE = "/pager/trigger";

  public Timeline {
    moments = List.copyOf(moments);
  }

  /**
   * One moment.
   *
   * @param what a word for it, as in the log or {@code onset}, {@code paged}, {@code noticed}
   * @param who {@code tillwatch}, or who did it
   */
  public record Moment(Instant at, String what, String who, String text) {}

  /**
   * The timeline of an incident.
   *
   * @param log its log, oldest first
   */
  public static Timeline of(Incident incident, List<IncidentLogEntry> log) {
    List<Moment> moments = new ArrayList<>();
    moments.add(new Moment(incident.getStartedAt(), "onset", TILLWATCH, "it begins, as estimated"));
    Instant noticed = incident.getNoticedAt();
    if (noticed != null) {
      moments.add(
          new Moment(noticed, "noticed", "the PSP", "its own status page speaks of it first"));
    }
    log.stream().filter(Timeline::forPeople).map(Timeline::moment).forEach(moments::add);
    moments.sort(Comparator.comparing(Moment::at));
    return new Timeline(moments);
  }

  private static Moment moment(IncidentLogEntry entry) {
    return new Moment(entry.getAt(), word(entry), entry.getAuthor(), entry.getText());
  }

  private static String word(IncidentLogEntry entry) {
    return entry.getEvent() == IncidentEvent.ACTION_DONE
        ? "paged"
        : entry.getEvent().name().toLowerCase(Locale.ROOT);
  }

  /** Of a pager that is switched off nobody hears: its line says why, not what it answered. */
  private static boolean isPage(String done) {
    return done.endsWith(PAGE) || done.contains(PAGE + " as ");
  }

  /** Of what was sent only the page counts, and what could not be. */
  private static boolean forPeople(IncidentLogEntry entry) {
    return switch (entry.getEvent()) {
      case OPENED,
          SEVERITY_CHANGED,
          CLASS_CHANGED,
          ROOT_CELLS_CHANGED,
          BURST_JOINED,
          RECOVERING,
          RELAPSED,
          RESOLVED,
          REOPENED,
          ACKNOWLEDGED,
          MITIGATED,
          REVIEWED,
          MERGED,
          SPLIT,
          NOTED,
          EVIDENCE_ADDED,
          SUPPRESSED,
          RELEASED,
          REFUSED,
          ACTION_FAILED ->
          true;
      case ACTION_DONE -> isPage(entry.getText());
      case UPDATED, HYPOTHESES_WRITTEN, ACTION_QUEUED, OTHER -> false;
    };
  }
}
