package io.tillwatch.load.bench.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no wrong result passes. Method: a contestant's cells are the recount's own, through a file,
 * with one of them left out, changed, repeated or invented.
 */
class ComparisonTest {

  private static final long MINUTE = 1_700_000_040_000L;
  private static final long END = MINUTE + 2 * CellKey.MINUTE_MILLIS;
  private static final int APPROVED = 0;
  private static final int DECLINED = 1;

  @TempDir private Path folder;

  private static Recount.Event event(long timeMillis, String region, int latencyMillis) {
    boolean fine = latencyMillis < 500;
    return new Recount.Event(
        timeMillis,
        "northpay",
        "41111111",
        region,
        fine ? APPROVED : DECLINED,
        fine ? Measures.NO_REASON : 3,
        fine ? 1 : 2,
        "EUR",
        1_000,
        latencyMillis);
  }

  private static Recount recount() {
    Recount recount = new Recount(END);
    recount.add(event(MINUTE, "eu-west", 120));
    recount.add(event(MINUTE + 1, "eu-west", 900));
    recount.add(event(MINUTE + 2, "us-east", 0));
    recount.add(event(MINUTE + CellKey.MINUTE_MILLIS, "us-east", Measures.NO_LATENCY));
    return recount;
  }

  private interface Change {
    void write(ResultFile file, CellKey cell, Measures measures) throws Exception;
  }

  /** The differences when the total cell of the first minute is written otherwise. */
  private Comparison.Differences changed(Change change) throws Exception {
    Path path = folder.resolve("cells");
    CellKey total = new CellKey(MINUTE, CellKey.ALL, CellKey.ALL, CellKey.ALL);
    Recount recount = recount();
    try (ResultFile file = new ResultFile(path)) {
      recount.forEach((cell, measures) -> {
        if (cell.equals(total)) {
          change.write(file, cell, measures);
        } else {
          file.put(cell, measures);
        }
      });
    }
    Comparison comparison = recount().compare();
    ResultFile.read(path, comparison);
    return comparison.finish();
  }

  @Test
  void equalCellsAreEqual() throws Exception {
    assertThat(changed(ResultFile::put))
        .matches(Comparison.Differences::isNone)
        .returns((long) recount().size(), Comparison.Differences::cells);
  }

  @Test
  void aMissingCellIsFound() throws Exception {
    assertThat(changed((file, cell, measures) -> {}))
        .matches(d -> !d.isNone())
        .returns(1L, Comparison.Differences::missing);
  }

  @Test
  void aDoubledCellIsFound() throws Exception {
    assertThat(
            changed((file, cell, measures) -> {
              file.put(cell, measures);
              file.put(cell, measures);
            }))
        .matches(d -> !d.isNone())
        .returns(1L, Comparison.Differences::doubled);
  }

  @Test
  void aWrongCellIsFoundAndNamed() throws Exception {
    Comparison.Differences differences =
        changed((file, cell, measures) -> {
          measures.addLatencies(7, 1);
          file.put(cell, measures);
        });
    assertThat(differences.wrong()).isOne();
    assertThat(differences.first()).contains("minuteMillis=" + MINUTE).contains("7x1");
  }

  @Test
  void anInventedCellIsFound() throws Exception {
    assertThat(
            changed((file, cell, measures) -> {
              file.put(cell, measures);
              file.put(new CellKey(MINUTE, "nopay", CellKey.ALL, CellKey.ALL), measures);
            }))
        .returns(1L, Comparison.Differences::unexpected);
  }

  @Test
  void eventsLostOrCountedTwiceAreNumbered() {
    Recount twice = recount();
    twice.add(event(MINUTE, "eu-west", 120));
    Comparison doubled = recount().compare();
    twice.forEach(doubled::accept);
    assertThat(doubled.finish().doubledEvents()).isOne();
    Comparison lost = twice.compare();
    recount().forEach(lost::accept);
    assertThat(lost.finish().lostEvents()).isOne();
  }

  @Test
  void minutesAfterTheEndAreNobodysBusiness() {
    Comparison comparison = recount().compare();
    recount().forEach(comparison::accept);
    comparison.accept(new CellKey(END, "markers", "", ""), new Measures());
    assertThat(comparison.finish().isNone()).isTrue();
  }
}
