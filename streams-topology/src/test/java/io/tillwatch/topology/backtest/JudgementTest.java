package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.backtest.Labels.Role;
import io.tillwatch.topology.plot.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: each event and incident is judged alone as the score counts all of them together. */
class JudgementTest {

  private static final int WARM_UP = 60;
  private static final int MINUTES = WARM_UP + 4_320;
  private static final List<String> PSPS = List.of("a", "b", "c");
  private static final List<String> CHANNELS =
      List.of("success_rate", "success_rate", "success_rate", "latency", "decline_mix", "volume");

  @TempDir private Path folder;
  private Places places;

  @BeforeEach
  void recording() throws IOException {
    Files.writeString(
        folder.resolve("cells.csv"), "cell,psp,region\n0,a,EU\n1,a,US\n2,b,EU\n3,c,EU\n");
    Files.writeString(
        folder.resolve("auth.csv"),
        "minute,cell,n,ok\n0,0,97,90\n0,1,3,3\n0,2,100,90\n0,3,40,40\n");
    places = new Places(new Recording(folder), WARM_UP);
  }

  private static LabelledEvent event(Role role, String type, int start, String psp) {
    return new LabelledEvent(
        role, type, start, start + 20, "psp=" + psp, List.of(Map.of("psp", psp)));
  }

  private static FoundIncident incident(String channel, int minute, String cell) {
    FoundIncident incident = new FoundIncident(channel, minute);
    incident.tell(minute, List.of(cell), minute, 1);
    return incident;
  }

  @Test
  void singleRulingsAddUpToTheScore() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<LabelledEvent> events = new ArrayList<>();
      events.add(event(Role.RATE, "outage", 100, "a"));
      for (int i = 0; i < 12; i++) {
        int start = WARM_UP + random.nextInt(4_000);
        String psp = PSPS.get(random.nextInt(3));
        events.add(
            switch (random.nextInt(4)) {
              case 0 -> event(Role.RATE, "outage", start, psp);
              case 1 -> event(Role.SIDE, "latency", start, psp);
              case 2 -> event(Role.SIDE, "decline_shift", start, psp);
              default -> event(Role.TRAP, "sale", start, psp);
            });
      }
      List<FoundIncident> found = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        int minute =
            random.nextBoolean()
                ? random.nextInt(MINUTES)
                : events.get(random.nextInt(events.size())).start() + random.nextInt(90);
        String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        found.add(incident(channel, minute, "psp=" + PSPS.get(random.nextInt(3))));
      }
      check(seed, new Labels(MINUTES, WARM_UP, events), found);
    }
  }

  private void check(int seed, Labels labels, List<FoundIncident> found) {
    Score score = Score.of(found, labels, places);
    Judgement judgement = new Judgement(labels, places);
    assertThat(count(judgement, labels, found, Role.RATE, Ruling.FOUND))
        .as("found, seed %d", seed)
        .isEqualTo(score.byType().values().stream().mapToLong(Score.TypeScore::found).sum());
    assertThat(count(judgement, labels, found, Role.SIDE, Ruling.FOUND))
        .as("found beside, seed %d", seed)
        .isEqualTo(score.side().values().stream().mapToLong(Score.SideScore::found).sum());
    List<FoundIncident> rates =
        found.stream().filter(i -> i.channel().equals(Score.RATE_CHANNEL)).toList();
    assertThat(count(judgement, labels, rates, Role.TRAP, Ruling.ALERTED))
        .as("traps, seed %d", seed)
        .isEqualTo(score.trapsAlerted());
    long wrong =
        rates.stream()
            .filter(i -> i.openedAt() >= WARM_UP)
            .filter(i -> labels.of(Role.RATE).stream().noneMatch(e -> judgement.belongs(i, e)))
            .peek(i -> assertThat(judgement.ruling(i)).isEqualTo(Ruling.FALSE))
            .count();
    double days = (MINUTES - WARM_UP) / 1_440.0;
    assertThat(wrong / days / (places.cells() / 1e3))
        .as("false alarms, seed %d", seed)
        .isEqualTo(score.falseAlarmsPerDayPerThousandCells());
  }

  private static long count(
      Judgement judgement, Labels labels, List<FoundIncident> found, Role role, Ruling ruling) {
    return labels.of(role).stream()
        .filter(event -> judgement.ruling(event, found) == ruling)
        .count();
  }

  @Test
  void delayIsFromTheStartUntilTheFirstFinding() {
    LabelledEvent outage = event(Role.RATE, "outage", 100, "a");
    Judgement judgement = new Judgement(new Labels(MINUTES, WARM_UP, List.of(outage)), places);
    List<FoundIncident> found =
        List.of(
            incident("latency", 101, "psp=a"),
            incident("success_rate", 102, "psp=b"),
            incident("success_rate", 107, "psp=a"),
            incident("success_rate", 104, "psp=b&region=EU"),
            incident("success_rate", 150, "psp=a"));
    assertThat(judgement.delay(outage, found)).hasValue(7);
    assertThat(judgement.belongs(found.get(0), outage)).isTrue();
    assertThat(judgement.belongs(found.get(1), outage)).isFalse();
    assertThat(judgement.belongs(found.get(4), outage)).isTrue();
    assertThat(judgement.delay(outage, found.subList(4, 5))).isEmpty();
  }

  @Test
  void whatTheProtocolDoesNotScoreIsNotCalledFalse() {
    LabelledEvent day = new LabelledEvent(Role.TRAP_DAY, "holiday", 1_500, 2_900, "", List.of());
    LabelledEvent outage = event(Role.RATE, "outage", 100, "a");
    Labels labels = new Labels(MINUTES, WARM_UP, List.of(outage, day));
    Judgement judgement = new Judgement(labels, places);
    assertThat(judgement.ruling(incident("success_rate", 30, "psp=a"))).isEqualTo(Ruling.UNSCORED);
    assertThat(judgement.ruling(incident("volume", 900, "psp=a"))).isEqualTo(Ruling.UNSCORED);
    assertThat(judgement.ruling(incident("latency", 110, "psp=b"))).isEqualTo(Ruling.UNSCORED);
    assertThat(judgement.ruling(incident("latency", 900, "psp=b"))).isEqualTo(Ruling.FALSE);
    FoundIncident onTheDay = incident("success_rate", 2_000, "psp=b");
    assertThat(judgement.belongs(onTheDay)).isFalse();
    assertThat(judgement.ruling(day, List.of(onTheDay))).isEqualTo(Ruling.ALERTED);
    assertThat(judgement.ruling(day, List.of())).isEqualTo(Ruling.SILENT);
  }
}
