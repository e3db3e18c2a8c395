package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.Suppression;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An incident as JSON: in the API and in reports.
 *
 * @param incidentClass what broke, for example {@code psp_partial_outage}
 * @param severity how much it hurts, {@code sev1} (worst) to {@code sev4}
 * @param owner whose it is to mend
 * @param rootCells the cells that explain it, strongest first
 * @param startedAt estimated onset
 * @param pagedAt when the pager took the page; null before
 * @param kpi what was measured
 * @param observed value of the KPI since the onset
 * @param expected what it should have been
 * @param approvalsLost expected minus observed successes since the onset
 * @param amountAtRiskMinor approvals lost times their average ticket, minor units by currency
 * @param links where to look, by name
 * @param ticket ticket at the outside tracker; null until there is one
 * @param routes names of the destinations it is told at, by target
 * @param suppressions what keeps or kept people from being told, the oldest first
 * @param revision counts up with each change
 * @param episode counts up when it is reopened
 * @param bursts ids of the bursts it holds, which can be split off
 * @param noticedAt when the PSP's own status page first spoke of it; null until it does
 * @param confirmedCause what a person confirmed the cause to be; empty until it is reviewed
 * @param mergedInto the incident it is part of; null when it is none's
 * @param recurrenceOf the latest incident of this class and place that was over not long before;
 *     null when there was none
 * @param recurrences how many there were
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Incident")
public record IncidentJson(
    @Schema(example = "INC-3F9A12C4D07E") String id,
    @JsonProperty("class") @Schema(name = "class") String incidentClass,
    @Schema(allowableValues = {"sev1", "sev2", "sev3", "sev4", "unknown"}) String severity,
    String state,
    String owner,
    String title,
    List<RootCellJson> rootCells,
    @Schema(format = "date-time") String startedAt,
    @Schema(format = "date-time") String detectedAt,
    @Schema(format = "date-time", nullable = true) @Nullable String pagedAt,
    @Schema(format = "date-time", nullable = true) @Nullable String acknowledgedAt,
    @Schema(format = "date-time", nullable = true) @Nullable String mitigatedAt,
    @Schema(format = "date-time", nullable = true) @Nullable String recoveringAt,
    @Schema(format = "date-time", nullable = true) @Nullable String resolvedAt,
    @Schema(format = "date-time") String updatedAt,
    String kpi,
    double observed,
    double expected,
    double approvalsLost,
    Map<String, Long> amountAtRiskMinor,
    List<HypothesisJson> hypotheses,
    List<EvidenceJson> evidence,
    Map<String, String> links,
    @Schema(nullable = true) @Nullable String ticket,
    Map<String, String> routes,
    List<HoldJson> suppressions,
    int revision,
    int episode,
    List<String> bursts,
    @Schema(format = "date-time", nullable = true) @Nullable String noticedAt,
    String confirmedCause,
    @Schema(nullable = true) @Nullable String mergedInto,
    @Schema(nullable = true) @Nullable String recurrenceOf,
    int recurrences) {

  /** The JSON of an incident. */
  public static IncidentJson of(Incident incident) {
    return new IncidentJson(
        incident.getIncidentId(),
        Labels.of(incident.getIncidentClass()),
        Labels.of(incident.getSeverity()),
        Labels.of(incident.getState()),
        Labels.of(incident.getOwner()),
        incident.getTitle(),
        incident.getRootCells().stream().map(cell -> RootCellJson.of(incident, cell)).toList(),
        incident.getStartedAt().toString(),
        incident.getDetectedAt().toString(),
        time(incident.getPagedAt()),
        time(incident.getAcknowledgedAt()),
        time(incident.getMitigatedAt()),
        time(incident.getRecoveringAt()),
        time(incident.getResolvedAt()),
        incident.getUpdatedAt().toString(),
        Labels.of(incident.getKpi()),
        rounded(incident.getObserved(), 10_000),
        rounded(incident.getExpected(), 10_000),
        rounded(incident.getApprovalsLost(), 10),
        money(incident.getAmountAtRisk()),
        incident.getHypotheses().stream().map(HypothesisJson::of).toList(),
        incident.getEvidence().stream().map(EvidenceJson::of).toList(),
        new TreeMap<>(incident.getLinks()),
        incident.getTicket(),
        new TreeMap<>(incident.getRoutes()),
        incident.getSuppressions().stream().map(HoldJson::of).toList(),
        incident.getRevision(),
        incident.getEpisode(),
        List.copyOf(incident.getBurstIds()),
        time(incident.getNoticedAt()),
        incident.getConfirmedCause(),
        incident.getMergedInto(),
        incident.getRecurrenceOf(),
        incident.getRecurrences());
  }

  static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }

  static Map<String, Long> money(List<Money> amounts) {
    Map<String, Long> byCurrency = new TreeMap<>();
    amounts.forEach(
        money -> byCurrency.merge(money.getCurrency(), money.getAmountMinor(), Long::sum));
    return byCurrency;
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /**
   * Something that keeps or kept people from being told of the incident.
   *
   * @param behind the incident in front of it; null for a silence
   * @param until null while it holds
   * @param swallowed pages, tickets and messages, of feeds too, that were not sent because of it
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Hold")
  public record HoldJson(
      String kind,
      String name,
      String reason,
      String author,
      @Schema(nullable = true) @Nullable String behind,
      @Schema(format = "date-time") String since,
      @Schema(format = "date-time", nullable = true) @Nullable String until,
      int swallowed) {

    static HoldJson of(Suppression suppression) {
      return new HoldJson(
          Labels.of(suppression.getKind()),
          suppression.getName(),
          suppression.getReason(),
          suppression.getAuthor(),
          suppression.getBehind(),
          suppression.getSince().toString(),
          time(suppression.getUntil()),
          suppression.getSwallowed());
    }
  }

  /**
   * A competing cause.
   *
   * @param rank from 1, most likely first
   * @param evidenceFor ids of evidence that speaks for it
   * @param check what would confirm or refute it
   * @param confidence 0 to 1
   * @param author {@code playbook} or a model's name
   * @param runbookPassage section of a runbook that the step is from, for example {@code
   *     psp-outage#first-moves}; empty for none
   * @param needsApproval whether somebody has to approve of the step; it is never carried out
   * @param playbookConfidence confidence of the playbooks alone; null when they did not have it
   * @param adviser the model that made it more or less likely; empty when none did
   * @param remark what that model says of it
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Hypothesis")
  public record HypothesisJson(
      int rank,
      @JsonProperty("class") @Schema(name = "class") String incidentClass,
      String owner,
      String statement,
      List<String> evidenceFor,
      List<String> evidenceAgainst,
      String check,
      String nextStep,
      double confidence,
      String author,
      String runbookPassage,
      boolean needsApproval,
      @Schema(nullable = true) @Nullable Double playbookConfidence,
      String adviser,
      String remark) {

    static HypothesisJson of(Hypothesis hypothesis) {
      Double alone = hypothesis.getPlaybookConfidence();
      return new HypothesisJson(
          hypothesis.getRank(),
          Labels.of(hypothesis.getIncidentClass()),
          Labels.of(hypothesis.getOwner()),
          hypothesis.getStatement(),
          List.copyOf(hypothesis.getEvidenceFor()),
          List.copyOf(hypothesis.getEvidenceAgainst()),
          hypothesis.getCheck(),
          hypothesis.getNextStep(),
          rounded(hypothesis.getConfidence(), 100),
          hypothesis.getAuthor(),
          hypothesis.getRunbookPassage(),
          hypothesis.getNeedsApproval(),
          alone == null ? null : rounded(alone, 100),
          hypothesis.getAdviser(),
          hypothesis.getRemark());
    }
  }

  /**
   * One observation.
   *
   * @param id unique within the incident
   * @param source where it comes from
   * @param slice the slice it speaks of
   * @param values the numbers in the statement, by name
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Evidence")
  public record EvidenceJson(
      String id,
      String kind,
      String source,
      @Schema(format = "date-time") String at,
      String statement,
      Map<String, String> slice,
      Map<String, Double> values) {

    static EvidenceJson of(Evidence evidence) {
      return new EvidenceJson(
          evidence.getEvidenceId(),
          Labels.of(evidence.getKind()),
          evidence.getSource(),
          evidence.getAt().toString(),
          evidence.getStatement(),
          new TreeMap<>(evidence.getSlice()),
          new TreeMap<>(evidence.getValues()));
    }
  }
}
