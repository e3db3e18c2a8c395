package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.detect.WatchPlan;
import io.tillwatch.topology.plot.Picture;
import io.tillwatch.topology.plot.Point;
import io.tillwatch.topology.plot.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what is drawn of a minute is what was known then. Method: three PSPs in two regions, of
 * which one fails half its payments from minute 200 to 230; the same recording, cut short, has to
 * give the same beginning.
 */
class PlotsTest {

  private static final String LABELS =
      """
      {"minutes": %d, "warmup_minutes": 120, "events": [
       {"cls": "sr", "type": "psp_partial", "start": 200, "end": 230,
        "root_cause": "psp=a", "causes": [{"psp": "a"}]},
       {"cls": "side", "type": "latency", "start": 300, "end": 310,
        "root_cause": "psp=b", "causes": [{"psp": "b", "region": "EU"}]},
       {"cls": "trap", "type": "Flash / Sale", "start": 320, "end": 330,
        "root_cause": "", "causes": []}]}
      """;

  @TempDir private Path folder;

  private List<Picture> run(int minutes, boolean labelled) throws IOException {
    Path cells = Files.createDirectories(folder.resolve(minutes + "-" + labelled));
    Files.writeString(
        cells.resolve("cells.csv"), "cell,psp,region\n0,a,EU\n1,a,US\n2,b,EU\n3,b,US\n4,c,EU\n");
    SplittableRandom random = new SplittableRandom(11);
    StringBuilder rows = new StringBuilder("minute,cell,n,ok\n");
    for (int minute = 0; minute < minutes; minute++) {
      for (int leaf = 0; leaf < 5; leaf++) {
        double fails = leaf < 2 && minute >= 200 && minute < 230 ? .5 : .1;
        int ok = 0;
        for (int i = 0; i < 40; i++) {
          ok += random.nextDouble() < fails ? 0 : 1;
        }
        rows.append("%d,%d,40,%d\n".formatted(minute, leaf, ok));
      }
    }
    Files.writeString(cells.resolve("auth.csv"), rows);
    if (labelled) {
      Files.writeString(cells.resolve("labels.json"), LABELS.formatted(minutes));
    }
    Recording recording = new Recording(cells);
    Plots plots = new Plots(recording, judgement(recording));
    Backtest.run(recording, WatchPlan.DEFAULT, plots, minute -> {});
    return plots.pictures();
  }

  private static @Nullable Judgement judgement(Recording recording) throws IOException {
    return recording.labels().isEmpty()
        ? null
        : new Judgement(recording.labels().get(), new Places(recording, 120));
  }

  @Test
  void eachEventIsAPictureWithAnHourAroundIt() throws IOException {
    List<Picture> pictures = run(400, true);
    assertThat(pictures)
        .extracting(Picture::file)
        .containsExactly("event-000-psp_partial", "event-001-latency", "event-002-flash---sale");
    Picture partial = pictures.getFirst();
    assertThat(partial.ruling()).isEqualTo(Ruling.FOUND);
    assertThat(partial.delayMinutes()).isBetween(0, 2);
    assertThat(partial.told()).isEqualTo("psp=a");
    assertThat(partial.from()).isEqualTo(140);
    assertThat(partial.until()).isEqualTo(290);
    assertThat(partial.alarms()).hasSize(1);
    assertThat(partial.alarms().getFirst().onset()).isBetween(199, 201);
    List<Point> points = partial.panels().getFirst().points();
    assertThat(points).hasSize(150);
    assertThat(points.getFirst().minute()).isEqualTo(140);
    assertThat(points).allSatisfy(point -> assertThat(point.attempts()).isEqualTo(80));
    assertThat(points).allSatisfy(point -> assertThat(point.expected()).isBetween(6.0, 10.0));
    Picture latency = pictures.get(1);
    assertThat(latency.ruling()).isEqualTo(Ruling.MISSED);
    assertThat(latency.panels().getFirst().cell()).isEqualTo("psp=b region=EU");
    assertThat(latency.panels().getFirst().points().getFirst().attempts()).isEqualTo(40);
    Picture sale = pictures.getLast();
    assertThat(sale.ruling()).isEqualTo(Ruling.SILENT);
    assertThat(sale.cells()).isEqualTo("all");
    assertThat(sale.until()).isEqualTo(390);
  }

  @Test
  void nothingIsDrawnFromTheFuture() throws IOException {
    List<Point> whole = run(400, true).getFirst().panels().getFirst().points();
    List<Point> cut = run(215, true).getFirst().panels().getFirst().points();
    assertThat(cut).hasSize(75).isEqualTo(whole.subList(0, 75));
  }

  @Test
  void anIncidentThatNobodyLabelledIsDrawnFromTheHourBeforeOn() throws IOException {
    List<Picture> pictures = run(400, false);
    assertThat(pictures).hasSize(1);
    Picture incident = pictures.getFirst();
    int opened = incident.alarms().getFirst().opened();
    Integer closed = incident.alarms().getFirst().closed();
    assertThat(opened).isBetween(200, 202);
    assertThat(closed).isNotNull().isBetween(230, 240);
    assertThat(incident.file()).isEqualTo("incident-000%d-success_rate".formatted(opened));
    assertThat(incident.ruling()).isEqualTo(Ruling.UNSCORED);
    assertThat(incident.from()).isEqualTo(opened - 60);
    assertThat(incident.until()).isEqualTo(closed + 61);
    List<Point> points = incident.panels().getFirst().points();
    assertThat(points).hasSize(closed - opened + 121);
    List<Point> labelled = run(400, true).getFirst().panels().getFirst().points();
    // Drift aside, which is today's, it is what a picture asked for in advance shows.
    for (Point point : points.subList(0, 60)) {
      Point same = labelled.get(point.minute() - 140);
      assertThat(point.failures()).isEqualTo(same.failures());
      assertThat(point.expected()).isEqualTo(same.expected());
      assertThat(point.chance()).isEqualTo(same.chance());
    }
  }
}
