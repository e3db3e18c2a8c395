package io.tillwatch.triage.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.triage.incident.Bursting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalystTest {

  private static final RuleBook RULES = RuleBook.defaults();
  private static final Map<String, String> CELL = Map.of("psp", "northpay", "region", "eu-west");

  private final Analyst analyst = new Analyst(RULES, 40);

  private static Burst outage() {
    return Bursting.outage("b1", EventKind.AUTH, CELL).build();
  }

  private Analysis analyse(Burst lead, List<Burst> others, List<Evidence> before) {
    return analyst.analyse(
        Scene.of(lead, others, Lately.NOTHING, RULES.correlation()), before, null);
  }

  @Test
  void evidenceIsBuiltFromTypedFieldsAndReadsAsSentences() {
    Analysis analysis = analyse(outage(), List.of(), List.of());

    assertThat(analysis.evidence())
        .map(piece -> piece.getEvidenceId() + " " + piece.getStatement())
        .containsExactly(
            "E1 northpay · eu-west: 5 of 120 succeeded, 103 expected",
            "E2 approvals 86 % → 4 % since 03:00 UTC, with 6 % of the traffic; 98 lost",
            "E3 Errors and timeouts: 2 % before, 90 % since",
            "E4 p95 of latency: 400 ms before, 2100 ms since",
            "E5 gateway_error: 1 % of events before, 70 % since",
            "E6 timeout: 1 % of events before, 20 % since",
            "E7 insufficient_funds: 6 % of events before, 1 % since",
            "E8 southpay · eu-west does well: 112 of 130 succeeded, 112 expected",
            "E9 northpay · us-east does well: 95 of 110 succeeded, 95 expected");
  }

  @Test
  void hypothesesCompeteAndCiteWhatTheyRestOn() {
    Analysis analysis = analyse(outage(), List.of(), List.of());

    assertThat(analysis.hypotheses()).hasSizeGreaterThanOrEqualTo(2);
    Hypothesis first = analysis.hypotheses().getFirst();
    assertThat(first.getIncidentClass()).hasToString("PSP_PARTIAL_OUTAGE");
    assertThat(first.getOwner()).hasToString("PSP");
    assertThat(first.getStatement())
        .isEqualTo(
            "Part of northpay fails since 03:00 UTC, only at northpay · eu-west: approvals 86 % →"
                + " 4 %.");
    assertThat(first.getEvidenceFor()).contains("E1", "E3", "E5", "E6", "E8", "E9");
    assertThat(first.getConfidence()).isBetween(0.5, 0.95);
    assertThat(analysis.hypotheses()).map(Hypothesis::getRank).startsWith(1, 2).isSorted();
  }

  @Test
  void whatSpeaksAgainstIsCitedToo() {
    ChangeEvent deploy =
        ChangeEvent.newBuilder()
            .setEventId("c1")
            .setEventTime(Bursting.ONSET.minus(Duration.ofMinutes(5)))
            .setType(ChangeType.DEPLOY)
            .setTitle("connector 2.14.0")
            .setScope(Map.of("psp", "northpay"))
            .build();
    Scene scene = Scene.of(outage(), List.of(), Lately.of(deploy), RULES.correlation());

    Analysis analysis = analyst.analyse(scene, List.of(), null);

    Evidence change = analysis.evidence().getLast();
    assertThat(change.getStatement()).isEqualTo("deploy at 02:55 UTC: connector 2.14.0");
    assertThat(analysis.hypotheses().getFirst().getEvidenceAgainst())
        .containsExactly(change.getEvidenceId());
    assertThat(analysis.hypotheses())
        .anySatisfy(hypothesis -> {
          assertThat(hypothesis.getIncidentClass()).hasToString("DEPLOY_REGRESSION");
          assertThat(hypothesis.getEvidenceFor()).contains(change.getEvidenceId());
        });
  }

  @Test
  void onlyNewsOfThisPlaceAndTimeBelongToTheScene() {
    Scene scene =
        Scene.of(
            outage(),
            List.of(),
            new Lately(
                List.of(
                    change("early", -90, "northpay"),
                    change("near", -30, "northpay"),
                    change("elsewhere", -30, "southpay"),
                    change("after", 10, "northpay")),
                List.of(
                    notice("ours", "northpay", StatusIndicator.MAJOR),
                    notice("green", "northpay", StatusIndicator.NONE),
                    notice("theirs", "southpay", StatusIndicator.MAJOR)),
                List.of()),
            RULES.correlation());

    assertThat(scene.lately().changes()).map(ChangeEvent::getEventId).containsExactly("near");
    assertThat(scene.lately().notices()).map(StatusEvent::getEventId).containsExactly("ours");
  }

  private static ChangeEvent change(String id, int minutes, String psp) {
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setEventTime(Bursting.ONSET.plus(Duration.ofMinutes(minutes)))
        .setType(ChangeType.CONFIG)
        .setTitle(id)
        .setScope(Map.of("psp", psp))
        .build();
  }

  private static StatusEvent notice(String id, String psp, StatusIndicator indicator) {
    return StatusEvent.newBuilder()
        .setEventId(id)
        .setEventTime(Bursting.ONSET.plus(Duration.ofMinutes(20)))
        .setPsp(psp)
        .setIndicator(indicator)
        .setTitle(id)
        .build();
  }

  @Test
  void anIdStaysWithItsObservation() {
    Analysis first = analyse(outage(), List.of(), List.of());
    Burst wider =
        Burst.newBuilder(outage())
            .setRevision(2)
            .setReasonShifts(outage().getReasonShifts().subList(1, 2))
            .build();
    Burst webhooks = Bursting.outage("b2", EventKind.WEBHOOK, Map.of("psp", "northpay")).build();

    Analysis second = analyse(wider, List.of(webhooks), first.evidence());

    assertThat(statement(second, "E6")).isEqualTo(statement(first, "E6"));
    assertThat(statement(second, "E5")).isEqualTo(statement(first, "E5"));
    assertThat(statement(second, "E10"))
        .isEqualTo("northpay: webhooks succeeded 86 % → 4 % since 03:00 UTC");
    assertThat(second.hypotheses())
        .allSatisfy(
            hypothesis -> assertThat(hypothesis.getEvidenceFor()).doesNotContain("E5", "E7"));
  }

  private static String statement(Analysis analysis, String id) {
    return analysis.evidence().stream()
        .filter(piece -> piece.getEvidenceId().equals(id))
        .findFirst()
        .orElseThrow()
        .getStatement();
  }

  @Test
  void aRetryStormIsToldByTheRetriesThatExplainTheFailures() {
    Burst storm =
        Burst.newBuilder(Bursting.outage("b4", EventKind.AUTH, Map.of("psp", "northpay")).build())
            .setObserved(0.6)
            .setTechnicalShareSince(0.12)
            .setRetryShareBefore(0.05)
            .setRetryShareSince(0.4)
            .build();

    Analysis analysis = analyse(storm, List.of(), List.of());

    Evidence retries =
        analysis.evidence().stream()
            .filter(piece -> piece.getKind() == EvidenceKind.RETRIES)
            .findFirst()
            .orElseThrow();
    assertThat(retries.getStatement()).isEqualTo("Retries: 5 % of attempts before, 40 % since");
    assertThat(retries.getSource()).isEqualTo("b4/retries");
    assertThat(retries.getAt()).isEqualTo(storm.getUpdatedAt());
    assertThat(analysis.classification().cause()).isEqualTo(Cause.RETRY_STORM);
    assertThat(analysis.hypotheses().getFirst().getEvidenceFor()).contains(retries.getEvidenceId());
  }

  @Test
  void anUnsurePlaceLowersTheConfidence() {
    Burst vague = Burst.newBuilder(outage()).setConfidence(0.0).build();

    double sure = analyse(outage(), List.of(), List.of()).hypotheses().getFirst().getConfidence();
    double unsure = analyse(vague, List.of(), List.of()).hypotheses().getFirst().getConfidence();

    assertThat(unsure).isLessThan(0.7 * sure);
  }

  @Test
  void theUnknownIsSaidHonestly() {
    Burst strange =
        Burst.newBuilder(Bursting.outage("b3", EventKind.DISPUTE, Map.of()).build()).build();

    Analysis analysis = analyse(strange, List.of(), List.of());

    assertThat(analysis.classification().cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(analysis.hypotheses().getFirst().getConfidence()).isZero();
    assertThat(analysis.hypotheses().getFirst().getEvidenceFor()).containsExactly("E1", "E2");
  }
}
