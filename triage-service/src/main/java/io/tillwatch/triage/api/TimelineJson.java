package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.timeline.Figures;
import io.tillwatch.triage.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An incident's timeline.
 *
 * @param moments oldest first
 * @param heldBack what kept it from being told, the oldest first
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Timeline")
record TimelineJson(
    String id,
    String title,
    String state,
    String severity,
    int episode,
    FiguresJson figures,
    List<MomentJson> moments,
    List<IncidentJson.HoldJson> heldBack) {

  static TimelineJson of(Incident incident, List<IncidentLogEntry> log) {
    return new TimelineJson(
        incident.getIncidentId(),
        incident.getTitle(),
        Labels.of(incident.getState()),
        Labels.of(incident.getSeverity()),
        incident.getEpisode(),
        FiguresJson.of(Figures.of(incident, log)),
        Timeline.of(incident, log).moments().stream().map(MomentJson::of).toList(),
        incident.getSuppressions().stream().map(IncidentJson.HoldJson::of).toList());
  }

  /**
   * How long the latest episode took and what the incident cost; what has not happened is null.
   *
   * @param secondsToDetect from the onset; everything else counts from when it was detected
   * @param leadOverStatusPageSeconds how much later the PSP's status page spoke of it; negative
   *     when it spoke first
   * @param last whether the figures no longer change
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Figures")
  record FiguresJson(
      @Schema(format = "date-time") String detectedAt,
      @Schema(nullable = true) @Nullable Long secondsToDetect,
      @Schema(nullable = true) @Nullable Long secondsToPage,
      @Schema(nullable = true) @Nullable Long secondsToAcknowledge,
      @Schema(nullable = true) @Nullable Long secondsToMitigate,
      @Schema(nullable = true) @Nullable Long secondsToRecover,
      @Schema(nullable = true) @Nullable Long secondsToResolve,
      @Schema(nullable = true) @Nullable Long leadOverStatusPageSeconds,
      double approvalsLost,
      Map<String, Long> amountAtRiskMinor,
      boolean last) {

    static FiguresJson of(Figures figures) {
      return new FiguresJson(
          figures.detectedAt().toString(),
          seconds(figures.toDetect()),
          seconds(figures.toPage()),
          seconds(figures.toAcknowledge()),
          seconds(figures.toMitigate()),
          seconds(figures.toRecover()),
          seconds(figures.toResolve()),
          seconds(figures.leadOverStatusPage()),
          IncidentJson.rounded(figures.approvalsLost(), 10),
          IncidentJson.money(figures.amountAtRisk()),
          figures.last());
    }

    private static @Nullable Long seconds(@Nullable Duration span) {
      return span == null ? null : (Long) span.toSeconds();
    }
  }

  /** One moment. */
  @Serdeable
  @Schema(name = "Moment")
  record MomentJson(@Schema(format = "date-time") String at, String what, String who, String text) {

    static MomentJson of(Timeline.Moment moment) {
      return new MomentJson(moment.at().toString(), moment.what(), moment.who(), moment.text());
    }
  }
}
