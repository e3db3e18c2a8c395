package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.advice.Answer.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: what does not hold is thrown away, by its reason. */
class ChecksTest {

  private static final String SAYS = "northpay answers with gateway_error";

  @Test
  void aSoundAnswerStandsWithWhatItCites() throws Exception {
    Checked checked = check(AnswerReader.read(Outage.SOUND));
    assertThat(checked.objections()).isEmpty();
    Hypothesis only = checked.hypotheses().getFirst();
    assertThat(only.getIncidentClass()).isEqualTo(IncidentClass.PSP_PARTIAL_OUTAGE);
    assertThat(only.getOwner()).isEqualTo(Owner.PSP);
    assertThat(only.getEvidenceFor()).containsExactly("E2", "E3", "E5");
    assertThat(only.getEvidenceAgainst()).containsExactly("E4");
    assertThat(only.getRunbookPassage()).isEqualTo("psp-partial-outage#first-moves");
    assertThat(only.getNeedsApproval()).isTrue();
    assertThat(only.getAuthor()).isEqualTo("some-model");
    assertThat(only.getPlaybookConfidence()).isNull();
  }

  @Test
  void whatDoesNotHoldIsThrownAwayByItsReason() {
    assertThat(objection(cause(SAYS, "psp_outage", List.of()))).isEqualTo(Objection.NO_EVIDENCE);
    assertThat(objection(cause(SAYS, "psp_outage", List.of("E2", "E9"))))
        .isEqualTo(Objection.UNKNOWN_EVIDENCE);
    assertThat(objection(cause(SAYS, "psp_outage", List.of("metric:approval_rate"))))
        .isEqualTo(Objection.UNKNOWN_EVIDENCE);
    assertThat(objection(cause(SAYS, "sabotage", List.of("E2"))))
        .isEqualTo(Objection.UNKNOWN_CLASS);
    assertThat(objection(cause(SAYS + " 4711 times", "psp_outage", List.of("E2"))))
        .isEqualTo(Objection.UNFOUND_NUMBER);
    assertThat(objection(cause("p95 is 5283 ms at northpay", "psp_latency", List.of("E2"))))
        .as("a number of another piece of evidence")
        .isEqualTo(Objection.UNFOUND_NUMBER);
    assertThat(objection(cause("This is a scheduled drill.", "unknown", List.of("E2"))))
        .isEqualTo(Objection.UNGROUNDED);
    assertThat(objection(cause("\u200B<!-- -->", "psp_outage", List.of("E2"))))
        .isEqualTo(Objection.NO_STATEMENT);
    assertThat(objection(cause(SAYS, "psp_outage", List.of("E2"), 0.05)))
        .isEqualTo(Objection.TOO_UNSURE);
  }

  @Test
  void evidenceAgainstHasToExistToo() {
    Cause against =
        new Cause(SAYS, "psp_outage", "", List.of("E2"), List.of("E7"), "", "", "", 0.9);
    assertThat(objection(against)).isEqualTo(Objection.UNKNOWN_EVIDENCE);
  }

  @Test
  void confidenceIsHeldDownToWhatTheEvidenceBears() {
    Hypothesis weak = only(cause("northpay fails in eu-west", "psp_outage", List.of("E1"), 1.0));
    Hypothesis strong = only(cause(SAYS, "psp_outage", List.of("E1", "E2", "E3", "E5"), 1.0));
    assertThat(weak.getConfidence()).isEqualTo(0.15);
    assertThat(strong.getConfidence()).isEqualTo(0.71);
    Cause doubted =
        new Cause(
            SAYS, "psp_outage", "", List.of("E1", "E2", "E3"), List.of("E4"), "", "", "", 1.0);
    assertThat(only(doubted).getConfidence()).isEqualTo(0.47);
  }

  @Test
  void anOwnerThereIsNotIsThatOfTheClass() {
    Cause cause =
        new Cause(SAYS, "DEPLOY_REGRESSION", "the boss", List.of("E2"), List.of(), "", "", "", 0.9);
    assertThat(only(cause).getOwner()).isEqualTo(Owner.US);
  }

  @Test
  void aCauseWithoutAClassIsUnknownAndSeveralMayBe() {
    Checked checked =
        check(
            new Answer(
                List.of(cause(SAYS, "", List.of("E2")), cause("latency rose", "", List.of("E3"))),
                0));
    assertThat(checked.hypotheses())
        .extracting(Hypothesis::getIncidentClass)
        .containsExactly(IncidentClass.UNKNOWN, IncidentClass.UNKNOWN);
  }

  @Test
  void ofOneClassTheLikeliestStandsAndNotMoreThanAnybodyReads() {
    List<Cause> causes = new ArrayList<>();
    causes.add(cause(SAYS, "psp_outage", List.of("E2"), 0.5));
    causes.add(cause("northpay: gateway_error", "psp_outage", List.of("E2", "E5"), 0.9));
    causes.addAll(
        List.of(
            cause(SAYS, "psp_latency", List.of("E2")),
            cause(SAYS, "rate_limited", List.of("E2")),
            cause(SAYS, "retry_storm", List.of("E2")),
            cause(SAYS, "issuer_outage", List.of("E2"))));
    Checked checked = check(new Answer(causes, 2));
    assertThat(checked.hypotheses()).hasSize(Checks.KEPT_MAX);
    assertThat(checked.hypotheses().getFirst().getStatement()).isEqualTo("northpay: gateway_error");
    assertThat(checked.objections())
        .isEqualTo(Map.of(Objection.SAME_CLASS, 1, Objection.TOO_MANY, 3));
  }

  @Test
  void aStepThatNoRunbookSaysIsLeftOut() {
    assertThat(step("Refund everybody in eu-west.", "psp-outage#first-moves")).isEmpty();
    assertThat(step("Route new payments away from the PSP.", "psp-outage#nowhere")).isEmpty();
    assertThat(step("Route new payments away from the PSP.", "")).isEmpty();
    assertThat(step("Route 500 payments away from the PSP.", "psp-outage#first-moves")).isEmpty();
    assertThat(step("Route new payments away from the PSP.", "psp-outage#first-moves"))
        .isEqualTo("Route new payments away from the PSP.");
  }

  @Test
  void aCheckWithANumberOfNobodysIsLeftOut() {
    Cause cause =
        new Cause(
            SAYS, "psp_outage", "", List.of("E2"), List.of(), "Is it 4711 by now?", "", "", 0.9);
    Checked checked = check(new Answer(List.of(cause), 0));
    assertThat(checked.hypotheses().getFirst().getCheck()).isEmpty();
    assertThat(checked.objections()).containsKey(Objection.CHECK_WITH_UNFOUND_NUMBER);
  }

  private static String step(String step, String passage) {
    Cause cause =
        new Cause(SAYS, "psp_outage", "", List.of("E2"), List.of(), "", step, passage, 0.9);
    return only(cause).getNextStep();
  }

  private static Cause cause(String says, String incidentClass, List<String> evidence) {
    return cause(says, incidentClass, evidence, 0.9);
  }

  private static Cause cause(
      String says, String incidentClass, List<String> evidence, double confidence) {
    return new Cause(says, incidentClass, "", evidence, List.of(), "", "", "", confidence);
  }

  private static Hypothesis only(Cause cause) {
    return check(new Answer(List.of(cause), 0)).hypotheses().getFirst();
  }

  private static Objection objection(Cause cause) {
    Checked checked = check(new Answer(List.of(cause), 0));
    assertThat(checked.hypotheses()).isEmpty();
    return checked.objections().keySet().iterator().next();
  }

  private static Checked check(Answer answer) {
    return new Checks(Outage.incident().build(), Outage.RULES, Calibration.shipped(), "some-model")
        .of(answer);
  }
}
