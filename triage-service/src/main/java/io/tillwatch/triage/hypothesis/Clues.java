package io.tillwatch.triage.hypothesis;

import static io.tillwatch.triage.phrase.Phrases.number;
import static io.tillwatch.triage.phrase.Phrases.percent;
import static io.tillwatch.triage.phrase.Phrases.place;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a scene shows, as clues without ids yet.
 *
 * <p>The source of a clue names what it was read from ({@code burst id/reason/timeout}); the same
 * source is the same observation in the next revision and keeps its id.
 */
final class Clues {

  /** Subject of the clue that tells the KPI before and since, and what it cost. */
  static final String IMPACT = "impact";

  private static final int ROOT_CELLS_MAX = 3;
  private static final int REASONS_MAX = 5;
  private static final int SIBLINGS_MAX = 4;
  private static final int CHANGES_MAX = 5;
  private static final int NOTICES_MAX = 3;
  private static final int ALERTS_MAX = 5;
  private static final int STATEMENT_MAX = 300;

  /** Traffic or tickets that changed by less say nothing. */
  private static final double UNUSUAL_FACTOR = 1.5;

  private final Scene scene;
  private final List<Clue> clues = new ArrayList<>();

  private Clues(Scene scene) {
    this.scene = scene;
  }

  static List<Clue> of(Scene scene) {
    Clues clues = new Clues(scene);
    clues.rootCells();
    clues.impact();
    clues.traffic();
    clues.retries();
    clues.technicalShare();
    clues.latency();
    clues.reasons();
    clues.siblings();
    clues.related();
    clues.changes();
    clues.notices();
    clues.alerts();
    return List.copyOf(clues.clues);
  }

  private void rootCells() {
    Burst lead = scene.lead();
    for (SliceEvidence cell : first(lead.getRootCells(), ROOT_CELLS_MAX)) {
      add(
          EvidenceKind.ROOT_CELL,
          "root/" + place(cell.getSlice()),
          place(cell.getSlice()) + ": " + counts(cell),
          cell.getSlice(),
          Map.of(
              "events",
              (double) cell.getEvents(),
              "successes",
              (double) cell.getSuccesses(),
              "expectedSuccesses",
              cell.getExpectedSuccesses(),
              "evidence",
              cell.getEvidence()));
    }
  }

  private String counts(SliceEvidence cell) {
    return scene.lead().getKpi() == Kpi.VOLUME
        ? "%d came, %s expected".formatted(cell.getEvents(), number(cell.getExpectedSuccesses()))
        : "%d of %d succeeded, %s expected"
            .formatted(cell.getSuccesses(), cell.getEvents(), number(cell.getExpectedSuccesses()));
  }

  private void impact() {
    Burst lead = scene.lead();
    add(
        EvidenceKind.VOLUME,
        "impact",
        "%s since %s, with %s of the traffic; %s lost"
            .formatted(
                Phrases.change(
                    lead.getKind(), lead.getKpi(), lead.getExpected(), lead.getObserved()),
                Phrases.time(lead.getOnsetAt()),
                percent(lead.getShareOfTraffic()),
                number(lead.getApprovalsLost())),
        scene.rootCell(),
        Map.of(
            "observed", lead.getObserved(),
            "expected", lead.getExpected(),
            "shareOfTraffic", lead.getShareOfTraffic(),
            "approvalsLost", lead.getApprovalsLost(),
            "rateEffect", lead.getRateEffect(),
            "mixEffect", lead.getMixEffect()),
        Set.of(IMPACT));
  }

  private void traffic() {
    Burst lead = scene.lead();
    if (isUsual(lead.getTrafficRatio()) && isUsual(lead.getTicketRatio())) {
      return;
    }
    add(
        EvidenceKind.VOLUME,
        "traffic",
        "%s times as many a minute as in the hour before; average ticket %s times that of before"
            .formatted(factor(lead.getTrafficRatio()), factor(lead.getTicketRatio())),
        scene.rootCell(),
        Map.of("trafficRatio", lead.getTrafficRatio(), "ticketRatio", lead.getTicketRatio()),
        Set.of("traffic"));
  }

  private static boolean isUsual(double ratio) {
    return ratio < UNUSUAL_FACTOR && ratio > 1 / UNUSUAL_FACTOR;
  }

  private static String factor(double ratio) {
    return String.format(Locale.ROOT, "%.1f", ratio);
  }

  private void retries() {
    Double before = scene.lead().getRetryShareBefore();
    Double since = scene.lead().getRetryShareSince();
    if (before != null && since != null && before + since > 0) {
      add(
          EvidenceKind.RETRIES,
          "retries",
          "Retries: %s of attempts before, %s since".formatted(percent(before), percent(since)),
          scene.rootCell(),
          Map.of("shareBefore", before, "shareSince", since));
    }
  }

  private void technicalShare() {
    Burst lead = scene.lead();
    add(
        EvidenceKind.TECHNICAL_SHARE,
        "technical",
        "Errors and timeouts: %s before, %s since"
            .formatted(
                percent(lead.getTechnicalShareBefore()), percent(lead.getTechnicalShareSince())),
        scene.rootCell(),
        Map.of("before", lead.getTechnicalShareBefore(), "since", lead.getTechnicalShareSince()));
  }

  private void latency() {
    Burst lead = scene.lead();
    if (lead.getLatencyP95BeforeMillis() > 0 && lead.getLatencyP95SinceMillis() > 0) {
      add(
          EvidenceKind.LATENCY,
          "latency",
          "p95 of latency: %.0f ms before, %.0f ms since"
              .formatted(lead.getLatencyP95BeforeMillis(), lead.getLatencyP95SinceMillis()),
          scene.rootCell(),
          Map.of(
              "beforeMillis", lead.getLatencyP95BeforeMillis(),
              "sinceMillis", lead.getLatencyP95SinceMillis()));
    }
  }

  private void reasons() {
    List<ReasonShift> shifts =
        scene.lead().getReasonShifts().stream()
            .sorted(
                Comparator.comparingDouble(
                    shift -> -Math.abs(shift.getShareSince() - shift.getShareBefore())))
            .toList();
    for (ReasonShift shift : first(shifts, REASONS_MAX)) {
      String reason = Phrases.label(shift.getReason());
      add(
          EvidenceKind.REASON_SHIFT,
          "reason/" + reason,
          "%s: %s of events before, %s since"
              .formatted(reason, percent(shift.getShareBefore()), percent(shift.getShareSince())),
          scene.rootCell(),
          Map.of(
              "shareBefore", shift.getShareBefore(),
              "shareSince", shift.getShareSince(),
              "countSince", (double) shift.getCountSince()),
          Set.of(reason));
    }
  }

  private void siblings() {
    for (SliceEvidence sibling : first(scene.lead().getHealthySiblings(), SIBLINGS_MAX)) {
      add(
          EvidenceKind.HEALTHY_SIBLING,
          "sibling/" + place(sibling.getSlice()),
          place(sibling.getSlice()) + " does well: " + counts(sibling),
          sibling.getSlice(),
          Map.of(
              "events", (double) sibling.getEvents(),
              "successes", (double) sibling.getSuccesses(),
              "expectedSuccesses", sibling.getExpectedSuccesses()),
          differing(sibling.getSlice()));
    }
  }

  /** Dimensions in which a neighbour differs from the root cell. */
  private Set<String> differing(Map<String, String> sibling) {
    Set<String> dimensions = new HashSet<>();
    sibling.forEach((dimension, value) -> {
      if (!value.equals(scene.rootCell().get(dimension))) {
        dimensions.add(dimension);
      }
    });
    return dimensions;
  }

  private void related() {
    for (Burst other : scene.others()) {
      if (other.getKind() != scene.lead().getKind()) {
        clues.add(
            clue(
                other.getKind() == EventKind.SETTLEMENT
                    ? EvidenceKind.SETTLEMENT
                    : EvidenceKind.RELATED_BURST,
                other.getBurstId(),
                other.getUpdatedAt(),
                "%s: %s since %s"
                    .formatted(
                        Phrases.places(other.getRootCells()),
                        Phrases.change(
                            other.getKind(),
                            other.getKpi(),
                            other.getExpected(),
                            other.getObserved()),
                        Phrases.time(other.getOnsetAt())),
                other.getRootCells().isEmpty()
                    ? Map.of()
                    : other.getRootCells().getFirst().getSlice(),
                Map.of("observed", other.getObserved(), "expected", other.getExpected()),
                Set.of(Phrases.label(other.getKind()))));
      }
    }
  }

  private void changes() {
    for (ChangeEvent change : last(scene.lately().changes(), CHANGES_MAX)) {
      String type = Phrases.label(change.getType());
      clues.add(
          clue(
              EvidenceKind.CHANGE,
              "change/" + change.getEventId(),
              change.getEventTime(),
              "%s at %s: %s"
                  .formatted(type, Phrases.time(change.getEventTime()), change.getTitle()),
              change.getScope(),
              Map.of(),
              Set.of(type)));
    }
  }

  private void notices() {
    for (StatusEvent notice : last(scene.lately().notices(), NOTICES_MAX)) {
      String indicator = Phrases.label(notice.getIndicator());
      clues.add(
          clue(
              EvidenceKind.STATUS_PAGE,
              "status/" + notice.getEventId(),
              notice.getEventTime(),
              "%s says at %s (%s): %s"
                  .formatted(
                      notice.getPsp(),
                      Phrases.time(notice.getEventTime()),
                      indicator,
                      notice.getTitle()),
              Map.of("psp", notice.getPsp()),
              Map.of(),
              Set.of(indicator)));
    }
  }

  private void alerts() {
    for (ExternalAlert alert : last(scene.lately().alerts(), ALERTS_MAX)) {
      String state =
          alert.getResolved()
              ? "from %s to %s"
                  .formatted(Phrases.time(alert.getStartsAt()), Phrases.time(alert.getAt()))
              : "since " + Phrases.time(alert.getStartsAt());
      clues.add(
          clue(
              EvidenceKind.EXTERNAL_ALERT,
              "alert/" + alert.getSource() + "/" + alert.getAlertId(),
              alert.getStartsAt(),
              "%s of %s, %s: %s"
                  .formatted(alert.getName(), alert.getSource(), state, alert.getSummary()),
              dimensions(alert.getLabels()),
              Map.of(),
              Set.of(alert.getName())));
    }
  }

  private static Map<String, String> dimensions(Map<String, String> labels) {
    Map<String, String> slice = new TreeMap<>(labels);
    slice.keySet().removeIf(label -> Dimension.byLabel(label).isEmpty());
    return slice;
  }

  private void add(
      EvidenceKind kind,
      String source,
      String statement,
      Map<String, String> slice,
      Map<String, Double> values) {
    add(kind, source, statement, slice, values, Set.of());
  }

  private void add(
      EvidenceKind kind,
      String source,
      String statement,
      Map<String, String> slice,
      Map<String, Double> values,
      Set<String> subjects) {
    Burst lead = scene.lead();
    String full = lead.getBurstId() + "/" + source;
    clues.add(clue(kind, full, lead.getUpdatedAt(), statement, slice, values, subjects));
  }

  static Clue clue(
      EvidenceKind kind,
      String source,
      Instant at,
      String statement,
      Map<String, String> slice,
      Map<String, Double> values,
      Set<String> subjects) {
    Evidence evidence =
        Evidence.newBuilder()
            .setEvidenceId("")
            .setKind(kind)
            .setSource(source)
            .setAt(at)
            .setStatement(cut(statement))
            .setSlice(slice)
            .setValues(values)
            .build();
    return new Clue(evidence, subjects);
  }

  private static String cut(String statement) {
    return statement.length() <= STATEMENT_MAX
        ? statement
        : statement.substring(0, STATEMENT_MAX - 1) + "…";
  }

  private static <T> List<T> first(List<T> list, int max) {
    return list.subList(0, Math.min(max, list.size()));
  }

  private static <T> List<T> last(List<T> list, int max) {
    return list.subList(Math.max(0, list.size() - max), list.size());
  }
}
