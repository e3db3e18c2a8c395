package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.Owner;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: a model's advice changes the hypotheses of its incident, once, and nothing else. */
class AdviceDeskTest {

  private final Story story = new Story();
  private Incident before;

  @BeforeEach
  void burn() {
    story.play(0, "burst A open");
    before = story.incidentOf("A");
  }

  @Test
  void adviceIsLaidOverThePlaybooksAndOnRecordUnderItsModel() {
    Decision decision = give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5)));
    assertThat(decision.verdict()).isEqualTo(Verdict.UPDATED);
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.log())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.getEvent()).isEqualTo(IncidentEvent.HYPOTHESES_WRITTEN);
          assertThat(entry.getAuthor()).isEqualTo("some-model");
          assertThat(entry.getRevision()).isEqualTo(2);
        });
    assertThat(authors(now())).contains("some-model", "playbook");
    assertThat(now().getRevision()).isEqualTo(2);
  }

  /** Whatever stands in the advice besides: the incident is the same but for its hypotheses. */
  @Test
  void anAdviserThatLiesInEveryFieldChangesNothingElse() {
    Hypothesis lie =
        Hypothesis.newBuilder(hypothesis(IncidentClass.MIX_SHIFT, 1.0))
            .setOwner(Owner.FRAUD)
            .setRank(-5)
            .setAuthor("playbook")
            .setPlaybookConfidence(1.0)
            .setAdviser("somebody")
            .setNextStep("Refund all of it, close the incident and page nobody.")
            .build();
    Decision decision = give(advice(1, 1, lie));
    Incident now = now();
    assertThat(Incident.newBuilder(now).setHypotheses(List.of()).build())
        .isEqualTo(
            Incident.newBuilder(before)
                .setHypotheses(List.of())
                .setRevision(2)
                .setUpdatedAt(now.getUpdatedAt())
                .build());
    assertThat(now.getHypotheses().getFirst()).isEqualTo(before.getHypotheses().getFirst());
    Hypothesis shown = now.getHypotheses().get(1);
    assertThat(shown.getAuthor()).isEqualTo("some-model");
    assertThat(shown.getConfidence()).isEqualTo(0.6);
    assertThat(shown.getPlaybookConfidence()).isNull();
    assertThat(shown.getAdviser()).isEmpty();
    assertThat(shown.getNeedsApproval()).isTrue();
    assertThat(decision.actions()).isEmpty();
  }

  @Test
  void whatIsToldLaterIsInTheWordsOfThePlaybooks() {
    give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.9)));
    story.play(4, "burst A widened lost=300");
    assertThat(story.actions)
        .allSatisfy(action ->
            assertThat(action.getDetails().values()).noneMatch(text -> text.contains("model")));
  }

  @Test
  void adviceThatComesTwiceCountsOnce() {
    Advice advice = advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5));
    give(advice);
    Decision again = give(advice);
    assertThat(again.verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(again.incidents()).isEmpty();
    assertThat(again.log()).isEmpty();
  }

  @Test
  void adviceOlderThanWhatIsKnownIsIgnored() {
    give(advice(1, 3, hypothesis(IncidentClass.RETRY_STORM, 0.5)));
    assertThat(give(advice(1, 2, hypothesis(IncidentClass.SLOW_DRIFT, 0.5))).verdict())
        .isEqualTo(Verdict.DUPLICATE);
    assertThat(classes(now())).doesNotContain(IncidentClass.SLOW_DRIFT);
  }

  @Test
  void newerAdviceTakesThePlaceOfOlder() {
    give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5)));
    give(advice(1, 2, hypothesis(IncidentClass.SLOW_DRIFT, 0.5)));
    assertThat(classes(now()))
        .contains(IncidentClass.SLOW_DRIFT)
        .doesNotContain(IncidentClass.RETRY_STORM);
  }

  @Test
  void toAbstainTakesBackWhatWasSaidAndNotToAnswerDoesNot() {
    give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5)));
    Advice silent = Advice.newBuilder(advice(1, 2)).setOutcome(AdviceOutcome.NO_ANSWER).build();
    assertThat(give(silent).verdict()).isEqualTo(Verdict.NOTHING);
    assertThat(classes(now())).contains(IncidentClass.RETRY_STORM);
    Advice abstains = Advice.newBuilder(advice(1, 3)).setOutcome(AdviceOutcome.ABSTAINED).build();
    assertThat(give(abstains).verdict()).isEqualTo(Verdict.UPDATED);
    assertThat(now().getHypotheses()).isEqualTo(before.getHypotheses());
  }

  @Test
  void whenThePlaybooksWriteAgainTheModelsPartStays() {
    give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5)));
    story.play(3, "burst A widened lost=300");
    assertThat(classes(now())).contains(IncidentClass.RETRY_STORM);
    assertThat(authors(now())).contains("some-model");
  }

  @Test
  void adviceOfAnotherEpisodeOrOnWhatIsOverComesTooLate() {
    assertThat(give(advice(2, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5))).verdict())
        .isEqualTo(Verdict.TOO_LATE);
    story.play(5, "resolve A");
    assertThat(give(advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5))).verdict())
        .isEqualTo(Verdict.TOO_LATE);
  }

  @Test
  void adviceOnAnIncidentThatIsNotHereDoesNothing() {
    Advice advice = advice(1, 1, hypothesis(IncidentClass.RETRY_STORM, 0.5));
    Advice elsewhere = Advice.newBuilder(advice).setIncidentId("INC-NONE").build();
    assertThat(give(elsewhere).verdict()).isEqualTo(Verdict.UNKNOWN_INCIDENT);
  }

  @Test
  void adviceThatCitesWhatIsNotThereIsNotShown() {
    Hypothesis uncited =
        Hypothesis.newBuilder(hypothesis(IncidentClass.RETRY_STORM, 0.5))
            .setEvidenceFor(List.of("E99"))
            .build();
    Hypothesis empty =
        Hypothesis.newBuilder(hypothesis(IncidentClass.SLOW_DRIFT, 0.5))
            .setEvidenceFor(List.of())
            .build();
    assertThat(give(advice(1, 1, uncited, empty)).verdict()).isEqualTo(Verdict.REMEMBERED);
    assertThat(now().getHypotheses()).isEqualTo(before.getHypotheses());
  }

  @Test
  void thePlaybooksCiteTheirRunbookAndMarkWhatNeedsApproval() {
    Hypothesis first = before.getHypotheses().getFirst();
    assertThat(first.getRunbookPassage()).isEqualTo("psp-partial-outage#first-moves");
    assertThat(first.getNeedsApproval()).isTrue();
    assertThat(first.getPlaybookConfidence()).isEqualTo(first.getConfidence());
    assertThat(story.log)
        .extracting(IncidentLogEntry::getEvent)
        .as("in the decision that opens the incident")
        .contains(IncidentEvent.OPENED, IncidentEvent.HYPOTHESES_WRITTEN);
  }

  private Decision give(Advice advice) {
    return story.decide(new Input.AdviceGiven(advice), advice.getAt());
  }

  private Incident now() {
    return story.published.get(before.getIncidentId());
  }

  private Advice advice(int episode, int revision, Hypothesis... said) {
    Instant at = Bursting.ONSET.plusSeconds(180);
    return Advice.newBuilder()
        .setAdviceId("advice-" + revision)
        .setIncidentId(before.getIncidentId())
        .setTenant("acme")
        .setEpisode(episode)
        .setRevision(revision)
        .setAuthor("some-model")
        .setOutcome(AdviceOutcome.ADVISED)
        .setHypotheses(List.of(said))
        .setAt(at)
        .build();
  }

  private static Hypothesis hypothesis(IncidentClass incidentClass, double confidence) {
    return Hypothesis.newBuilder()
        .setRank(1)
        .setIncidentClass(incidentClass)
        .setOwner(Owner.US)
        .setStatement("northpay fails, says a model")
        .setEvidenceFor(List.of("E1"))
        .setConfidence(confidence)
        .build();
  }

  private static List<IncidentClass> classes(Incident incident) {
    return incident.getHypotheses().stream().map(Hypothesis::getIncidentClass).toList();
  }

  private static List<String> authors(Incident incident) {
    return incident.getHypotheses().stream().map(Hypothesis::getAuthor).toList();
  }
}
