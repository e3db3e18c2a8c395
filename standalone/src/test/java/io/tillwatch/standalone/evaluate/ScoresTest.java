package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: figures mean what they say. Method: four answers whose figures are worked out by hand. */
class ScoresTest {

  private static final Scores SCORES =
      new Scores(
          List.of(
              Told.mark(IncidentClass.PSP_OUTAGE, Owner.PSP, IncidentClass.PSP_OUTAGE, 0.9),
              Told.mark(IncidentClass.PSP_LATENCY, Owner.PSP, IncidentClass.PSP_OUTAGE, 0.5),
              Told.mark(IncidentClass.RETRY_STORM, Owner.US, IncidentClass.UNKNOWN, 0),
              Told.nobody(IncidentClass.SLOW_DRIFT, Owner.UNKNOWN)));

  @Test
  void microIsTheShareOfRightOnesAndMacroTheMeanOverWhatHappened() {
    assertThat(SCORES.classMicroF1()).isEqualTo(0.25);
    // psp_outage: 2 * 1 / (1 + 2); the three others 0
    assertThat(SCORES.classMacroF1()).isCloseTo(2.0 / 3 / 4, within(1e-9));
  }

  @Test
  void theOwnerIsJudgedByItself() {
    assertThat(SCORES.ownerAccuracy()).isEqualTo(0.5);
  }

  @Test
  void unknownAbstainsAndAnotherClassIsWrong() {
    assertThat(SCORES.abstained()).isOne();
    assertThat(SCORES.wrong()).isOne();
    assertThat(SCORES.none()).isOne();
  }

  @Test
  void confidenceIsJudgedWhereAClassIsNamed() {
    assertThat(SCORES.brier()).isCloseTo((0.1 * 0.1 + 0.5 * 0.5) / 2, within(1e-9));
    assertThat(SCORES.calibration()).map(Scores.Band::right).containsExactly(0.0, 1.0);
  }

  @Test
  void anAnswerIsWorthLessTheLessItSaves() {
    assertThat(SCORES.marks()).map(Mark::usefulness).containsExactly(100, 65, 0, 0);
    assertThat(SCORES.causeTop(1)).isEqualTo(0.25);
  }

  @Test
  void confusionTellsWhatWasTakenForWhat() {
    assertThat(SCORES.confusion())
        .hasToString(
            "{psp_latency={psp_outage=1}, psp_outage={psp_outage=1}, retry_storm={unknown=1},"
                + " slow_drift={none=1}}");
  }
}
