package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.backtest.Labels.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: the protocol, rule by rule, on incidents made by hand; one day is scored. */
class ScoreTest {

  private static final int WARM_UP = 60;

  @TempDir private Path folder;
  private Places places;

  @BeforeEach
  void recording() throws IOException {
    Files.writeString(folder.resolve("cells.csv"), "cell,psp,region\n0,a,EU\n1,a,US\n2,b,EU\n");
    Files.writeString(
        folder.resolve("auth.csv"), "minute,cell,n,ok\n0,0,97,90\n0,1,3,3\n0,2,100,90\n");
    places = new Places(new Recording(folder), WARM_UP);
  }

  private Score score(List<LabelledEvent> events, FoundIncident... found) {
    return Score.of(List.of(found), new Labels(WARM_UP + 1_440, WARM_UP, events), places);
  }

  private static LabelledEvent event(Role role, int start, int end, String psp) {
    return new LabelledEvent(role, "type", start, end, "psp=" + psp, List.of(Map.of("psp", psp)));
  }

  private static FoundIncident incident(String channel, int minute, String... cells) {
    FoundIncident incident = new FoundIncident(channel, minute);
    incident.tell(minute, List.of(cells), minute, 1);
    return incident;
  }

  private static FoundIncident rate(int minute, String... cells) {
    return incident("success_rate", minute, cells);
  }

  @Test
  void anOnsetIsGoodWithinTheEventNeutralAfterAndFalseOtherwise() {
    List<LabelledEvent> events = List.of(event(Role.RATE, 100, 120, "a"));
    Score score =
        score(
            events,
            rate(50, "psp=b"), // while it warms up
            rate(103, "psp=a"),
            rate(170, "psp=a"), // neutral
            rate(300, "psp=a"), // false
            rate(320, "psp=b")); // false, on the same page
    assertThat(score.recall()).isEqualTo(1);
    assertThat(score.precision()).isEqualTo(.5);
    assertThat(score.delayMedianMinutes()).isEqualTo(3);
    assertThat(score.falseIncidentsPerDay()).isEqualTo(1);
    assertThat(score.falseAlarmsPerDayPerThousandCells()).isEqualTo(2 / .009);
    assertThat(score.incidentsPerEvent()).isEqualTo(1);
  }

  @Test
  void aCellOfWhichTheEventConcernsLittleHasNothingToDoWithIt() {
    List<LabelledEvent> events =
        List.of(
            new LabelledEvent(
                Role.RATE,
                "type",
                100,
                120,
                "psp=a&region=US",
                List.of(Map.of("psp", "a", "region", "US"))));
    assertThat(score(events, rate(101, "psp=a")).recall()).isZero();
    assertThat(score(events, rate(101, "region=US")).recall()).isEqualTo(1);
  }

  @Test
  void rootSetsAreTakenAsTheyStoodThen() {
    FoundIncident refined = rate(101, "psp=b");
    refined.tell(104, List.of("psp=a", "psp=b"), 100, 1);
    refined.tell(106, List.of("psp=a"), 100, 1);
    Score score =
        score(List.of(event(Role.RATE, 100, 120, "a")), refined, rate(101, "psp=a&region=EU"));
    assertThat(score.rootSetAt0().f1()).isZero();
    assertThat(score.rootSetAt3().f1()).isEqualTo(.5);
    assertThat(score.rootSetAt5().f1()).isEqualTo(2.0 / 3);
    assertThat(score.incidentsPerEvent()).isEqualTo(1);
  }

  @Test
  void aTrapIsAlertedByWhatIsFalse() {
    List<LabelledEvent> events =
        List.of(event(Role.RATE, 500, 510, "b"), event(Role.TRAP, 100, 120, "a"));
    assertThat(score(events, rate(110, "psp=a")).trapsAlerted()).isEqualTo(1);
    assertThat(score(events, rate(110, "psp=b")).trapsAlerted()).isZero();
  }

  @Test
  void otherChannelsAreScoredByThemselves() {
    List<LabelledEvent> events =
        List.of(
            event(Role.RATE, 900, 910, "b"),
            new LabelledEvent(
                Role.SIDE, "latency", 100, 120, "psp=a", List.of(Map.of("psp", "a"))));
    Score score =
        score(
            events,
            incident("latency", 102, "psp=a&region=EU"),
            incident("latency", 103, "psp=b"), // near a real event
            incident("latency", 400, "psp=b")); // false
    Score.SideScore latency = score.side().get("latency");
    assertThat(latency).isEqualTo(new Score.SideScore(1, 1, 2.0, 1, 0));
    assertThat(score.precision()).isZero();
  }
}
