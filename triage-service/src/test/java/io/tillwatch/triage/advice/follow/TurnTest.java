package io.tillwatch.triage.advice.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Outage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnTest {

  @ParameterizedTest
  @CsvSource({
    "DETECTED, NOT_TOLD",
    "OPEN, ASK",
    "ACKNOWLEDGED, ASK",
    "MITIGATED, ASK",
    "RECOVERING, OVER",
    "RESOLVED, OVER",
    "REVIEWED, OVER",
    "MERGED, OVER",
    "UNKNOWN, OVER"
  })
  void onlyWhatIsToldAndBurnsIsAskedAbout(IncidentState state, Turn turn) {
    assertThat(Turn.of(incident(3).setState(state).build(), null, 0)).isEqualTo(turn);
  }

  @Test
  void aRevisionIsAskedAboutOnceAndAnOlderOneNever() {
    Incident incident = incident(3).build();
    assertThat(Turn.of(incident, advice(3, "other"), 1)).isEqualTo(Turn.KNOWN);
    assertThat(Turn.of(incident, advice(4, "other"), 1)).isEqualTo(Turn.KNOWN);
    assertThat(Turn.of(incident, advice(2, "other"), 1)).isEqualTo(Turn.ASK);
  }

  @Test
  void theSameClassAndEvidenceAreNotAskedAboutAgainUnlessThereWasNoAnswer() {
    Incident incident = incident(3).build();
    Advice advice = advice(2, Adviser.basis(incident));
    assertThat(Turn.of(incident, advice, 1)).isEqualTo(Turn.NOTHING_NEW);
    Advice silent = Advice.newBuilder(advice).setOutcome(AdviceOutcome.NO_ANSWER).build();
    assertThat(Turn.of(incident, silent, 1)).isEqualTo(Turn.ASK);
  }

  @Test
  void anEpisodeIsAskedAboutSoOftenAndTheNextBeginsAnew() {
    Advice advice = advice(2, "other");
    assertThat(Turn.of(incident(3).build(), advice, Turn.ASKED_MAX)).isEqualTo(Turn.OFTEN_ENOUGH);
    assertThat(Turn.of(incident(3).setEpisode(2).build(), advice, 0)).isEqualTo(Turn.ASK);
    Advice later = Advice.newBuilder(advice).setEpisode(3).build();
    assertThat(Turn.of(incident(3).setEpisode(2).build(), later, 0)).isEqualTo(Turn.KNOWN);
  }

  private static Incident.Builder incident(int revision) {
    return Outage.incident().setRevision(revision);
  }

  private static Advice advice(int revision, String basis) {
    return Advice.newBuilder()
        .setAdviceId("a")
        .setIncidentId("INC-A")
        .setTenant("default")
        .setEpisode(1)
        .setRevision(revision)
        .setAuthor("some-model")
        .setOutcome(AdviceOutcome.ADVISED)
        .setHypotheses(List.of())
        .setBasis(basis)
        .setAt(Outage.NOW)
        .build();
  }
}
