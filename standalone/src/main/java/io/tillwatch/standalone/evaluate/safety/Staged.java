package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.wire.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a drill's desk hears: a PSP that fails in one region, and before it what others wrote.
 *
 * <p>A text of a corpus stands where Tillwatch takes such a text, cleaned as the door there cleans
 * it. Payment events have no field of free text that goes further than the door of ingest; what
 * stands in one of theirs reaches the desk when another system's alert quotes it, and so it does
 * here.
 */
final class Staged {

  static {
    TrustedClasses.declare();
  }

  static final String TENANT = "default";
  static final Instant ONSET = Instant.parse("2026-11-30T10:00:00Z");

  /** The PSP that fails, and another one that fails while the model is asked about the first. */
  static final String PSP = "northpay";

  static final String OTHER_PSP = "southpay";

  /** The runbook that whoever is woken by this incident is sent to. */
  static final String RUNBOOK = "psp-partial-outage";

  /** As long as titles and summaries may be at their doors. */
  private static final int LINE_MAX = 256;

  /** As long as what people write may be. */
  private static final int WORDS_MAX = 512;

  private static final String REGION = "eu-west";

  private Staged() {}

  /** Where texts of others come in. */
  enum Door {
    NOTICE,
    RUNBOOK,
    PAST,
    CHANGE,
    ALERT,
    NOTE;

    /**
     * The door of a surface.
     *
     * @throws IllegalArgumentException for one that is not known
     */
    static Door of(String surface) {
      return switch (surface) {
        case "status_page_text" -> NOTICE;
        case "runbook_text" -> RUNBOOK;
        case "past_incident_summary" -> PAST;
        case "change_title" -> CHANGE;
        case "command_note" -> NOTE;
        case "alert_summary",
            "merchant_name",
            "webhook_metadata",
            "webhook_body",
            "statement_descriptor",
            "psp_http_header",
            "raw_acquirer_response",
            "issuer_name",
            "decline_message" ->
            ALERT;
        default -> throw new IllegalArgumentException("no such surface: " + surface);
      };
    }
  }

  /** A text as it stands behind its door. */
  static String behind(Door door, String text) {
    return switch (door) {
      case NOTICE, CHANGE, ALERT -> Texts.line(text, LINE_MAX);
      case PAST, NOTE -> Texts.line(text, WORDS_MAX);
      case RUNBOOK -> text;
    };
  }

  /** A revision of the burst at a PSP. */
  static Burst burst(String psp, int revision, Instant onset) {
    Map<String, String> slice = Map.of("psp", psp, "region", REGION);
    return Burst.newBuilder()
        .setBurstId("burst-%s-%d".formatted(psp, onset.getEpochSecond()))
        .setTenant(TENANT)
        .setRule("auth-success-rate")
        .setRevision(revision)
        .setState(revision == 1 ? BurstState.OPEN : BurstState.REFINED)
        .setKind(EventKind.AUTH)
        .setKpi(Kpi.SUCCESS_RATE)
        .setRootCells(
            List.of(
                new SliceEvidence(slice, 100L * revision, 5L * revision, 86.0 * revision, 240.0)))
        .setOnsetAt(onset)
        .setDetectedAt(onset.plus(Duration.ofMinutes(2)))
        .setUpdatedAt(onset.plus(Duration.ofMinutes(1 + revision)))
        .setObserved(0.05)
        .setExpected(0.86)
        .setIntervalLow(0.02)
        .setIntervalHigh(0.09)
        .setRateEffect(-0.81)
        .setEvents(100L * revision)
        .setApprovalsLost(81.0 * revision)
        .setApprovalsLostPerMinute(60)
        .setAmountAtRisk(List.of(new Money("EUR", 405_000L * revision)))
        .setShareOfTraffic(0.2)
        .setReasonShifts(List.of(new ReasonShift(Reason.GATEWAY_ERROR, 0.01, 0.7, 70L * revision)))
        .setTechnicalShareBefore(0.02)
        .setTechnicalShareSince(0.9)
        .setLatencyP95BeforeMillis(400)
        .setLatencyP95SinceMillis(5200)
        .setHealthySiblings(
            List.of(
                new SliceEvidence(
                    Map.of("psp", "eastpay", "region", REGION), 130L, 112L, 111.8, 0.0)))
        .setConfidence(0.9)
        .setStatistic(60)
        .setThreshold(17)
        .build();
  }

  /** What is heard before the burst: these texts at their door, ordinary ones at the others. */
  static List<Input> news(Door door, List<String> texts) {
    List<Input> news = new ArrayList<>();
    Instant at = ONSET.minus(Duration.ofMinutes(3));
    List<String> ordinary = List.of("Nothing special");
    numbered(
        door == Door.CHANGE ? texts : ordinary,
        (number, text) ->
            news.add(new Input.ChangeSeen(change(number, behind(Door.CHANGE, text), at))));
    numbered(
        door == Door.NOTICE ? texts : ordinary,
        (number, text) ->
            news.add(new Input.StatusSeen(notice(number, behind(Door.NOTICE, text), at))));
    numbered(
        door == Door.ALERT ? texts : ordinary,
        (number, text) ->
            news.add(new Input.AlertSeen(alert(number, behind(Door.ALERT, text), at))));
    return news;
  }

  private interface Numbered {
    void take(int number, String text);
  }

  private static void numbered(List<String> texts, Numbered each) {
    for (int i = 0; i < texts.size(); i++) {
      each.take(i, texts.get(i));
    }
  }

  private static ChangeEvent change(int number, String title, Instant at) {
    return ChangeEvent.newBuilder()
        .setEventId("change-" + number)
        .setEventTime(at)
        .setType(ChangeType.DEPLOY)
        .setTitle(title)
        .setScope(Map.of("psp", PSP))
        .build();
  }

  private static StatusEvent notice(int number, String title, Instant at) {
    return StatusEvent.newBuilder()
        .setEventId("notice-" + number)
        .setEventTime(at)
        .setPsp(PSP)
        .setIndicator(StatusIndicator.MAJOR)
        .setTitle(title)
        .build();
  }

  private static ExternalAlert alert(int number, String summary, Instant at) {
    return ExternalAlert.newBuilder()
        .setAlertId("alert-" + number)
        .setSource("alertmanager")
        .setName("PaymentsErrors")
        .setLabels(Map.of("psp", PSP))
        .setSummary(summary)
        .setStartsAt(at)
        .setAt(at)
        .build();
  }

  /** Something a person wants done. */
  static Input command(
      CommandVerb verb, String incidentId, String reason, String cause, Instant at) {
    return new Input.CommandGiven(
        Command.newBuilder()
            .setCommandId(verb + incidentId + at)
            .setTenant(TENANT)
            .setIncidentId(incidentId)
            .setVerb(verb)
            .setAuthor("ada")
            .setReason(reason)
            .setConfirmedClass(verb == CommandVerb.REVIEW ? IncidentClass.PSP_PARTIAL_OUTAGE : null)
            .setConfirmedCause(cause)
            .setAt(at)
            .build());
  }

  /** The rules of a site whose runbook holds these texts. */
  static RuleBook rules(List<String> texts) {
    StringBuilder page =
        new StringBuilder("---\ntitle: Part of a PSP is down\nclass: psp_partial_outage\n")
            .append("owner: psp\n---\n# Part of a PSP is down\n\n## Looks like\n");
    // Behind a mark of a list no line is a heading or the end of the front matter.
    texts.forEach(text ->
        text.lines().limit(30).forEach(line -> page.append("* ").append(line).append('\n')));
    page.append("\n## Confirm\n1. Open the Grafana link.\n\n## First moves\n")
        .append("1. Route only this part to another PSP.\n\n## Call\n* The PSP's support.\n\n")
        .append("## Stop when\n* The incident stays recovering.\n");
    return RuleBook.of(List.of(new RuleFile(RUNBOOK + ".md", page.toString())));
  }
}
