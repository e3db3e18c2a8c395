package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.Rung;
import io.tillwatch.topology.query.CubeQueries.CellScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How stored cells become the cells of an answer. */
class CellSumsTest {

  private static final Set<Dimension> PSP = Set.of(Dimension.PSP);
  private static final Set<Dimension> PSP_REGION = Set.of(Dimension.PSP, Dimension.REGION);
  private static final long MINUTE = 60_000;
  private static final Held HELD = new Held(Rung.MINUTE, Rung.MINUTE, 0);

  @Test
  void theStoredCuboidWithTheFewestDimensionsIsChosen() {
    Set<Dimension> leaf = Set.copyOf(Dimension.ALL);
    List<Set<Dimension>> stored = List.of(leaf, PSP_REGION, PSP, Set.of());
    assertThat(CuboidChoice.of(stored, Set.of())).isEmpty();
    assertThat(CuboidChoice.of(stored, PSP)).isEqualTo(PSP);
    assertThat(CuboidChoice.of(stored, Set.of(Dimension.REGION))).isEqualTo(PSP_REGION);
    assertThat(CuboidChoice.of(stored, Set.of(Dimension.SCHEME))).isEqualTo(leaf);
  }

  @Test
  void stepsStartAtWholeMultiplesAndTheFirstOneAtFrom() {
    InMemoryCube cube = new InMemoryCube(List.of(Set.of()));
    for (String minute : List.of("03:03", "03:04", "03:05", "03:09", "03:10")) {
      Traffic.add(cube, minute, "northpay", "de", Outcome.APPROVED, null, 1);
    }
    assertThat(sums(cube, query(Set.of(), "03:03", "03:11", Step.FIVE_MINUTES, 10)).cells())
        .extracting(
            sum -> QueryTime.format(sum.millis()).substring(11, 16), s -> s.tally().events())
        .containsExactly(tuple("03:03", 2L), tuple("03:05", 2L), tuple("03:10", 1L));
  }

  @Test
  void aRangeIsHalfOpen() {
    InMemoryCube cube = new InMemoryCube(List.of());
    Traffic.fill(cube);
    assertThat(sums(cube, query(Set.of(), "03:14", "03:15", Step.ALL, 10)).cells())
        .extracting(sum -> sum.tally().events())
        .containsExactly(3L);
  }

  @Test
  void moreStoredCellsThanOneQueryMayReadAreRefusedWithAdvice() {
    InMemoryCube cube = new InMemoryCube(List.of(PSP, PSP_REGION));
    Traffic.fill(cube);
    CellsQuery query = query(Set.of(Dimension.ISSUER_COUNTRY), "03:14", "03:16", Step.ALL, 10);
    assertThat(CellSums.of(query, cube, 4).cells()).hasSize(2);
    assertThatThrownBy(() -> CellSums.of(query, cube, 3))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal)
                  .hasMessage(
                      "slice and by need issuerCountry from 2026-11-20T03:14:00Z to"
                          + " 2026-11-20T03:16:00Z: more than 3 stored cells");
              assertThat(refusal.expected())
                  .startsWith(
                      "a shorter range, a wider step,"
                          + " or dimensions that are stored added up: psp; ")
                  .contains("; psp,region; ");
            });
  }

  /** A slice that is rare or nowhere is found by reading all the others. */
  @Test
  void cellsOutsideTheSliceCountAsRead() {
    InMemoryCube cube = new InMemoryCube(List.of());
    Traffic.fill(cube);
    CellsQuery nowhere =
        new CellsQuery(
            EventKind.AUTH,
            Slice.of(Map.of("psp", "nowhere")),
            Set.of(),
            Traffic.at("03:14"),
            Traffic.at("03:16"),
            Step.ALL,
            HELD,
            10);
    assertThat(CellSums.of(nowhere, cube, 4).cells()).isEmpty();
    assertThatThrownBy(() -> CellSums.of(nowhere, cube, 3))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith("more than 3 stored cells");
  }

  /**
   * Goal: a limit never leaves a cell with a part missing, in whatever order cells are read.
   * Method: seeded random cells; the answer is the first cells of the answer without a limit.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void aLimitKeepsTheFirstCellsWhole(long seed) {
    Random random = new Random(seed);
    List<String> psps = List.of("a", "b", "c", "d", "e");
    InMemoryCube cube = new InMemoryCube(List.of());
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      int minute = random.nextInt(10);
      String psp = psps.get(random.nextInt(psps.size()));
      Traffic.add(cube, "03:0" + minute, psp, "c" + random.nextInt(20), Outcome.APPROVED, null, 1);
      expected.merge(minute + psp, 1L, Long::sum);
    }
    int limit = 1 + random.nextInt(60);
    CellSums sums = sums(cube, query(PSP, "03:00", "03:10", Step.MINUTE, limit));
    List<String> got = new ArrayList<>();
    sums.cells()
        .forEach(sum ->
            got.add(
                (sum.millis() - Traffic.at("03:00")) / MINUTE
                    + sum.slice().get(Dimension.PSP)
                    + "="
                    + sum.tally().events()));
    List<String> first =
        expected.entrySet().stream()
            .limit(limit)
            .map(e -> e.getKey() + "=" + e.getValue())
            .toList();
    assertThat(got).as("seed %d, limit %d", seed, limit).isEqualTo(first);
    assertThat(sums.truncated()).isEqualTo(expected.size() > limit);
  }

  @Test
  void rollUpsAndLeavesGiveTheSameSums() {
    InMemoryCube stored = new InMemoryCube(List.of(PSP));
    InMemoryCube leavesOnly = new InMemoryCube(List.of());
    Traffic.fill(stored);
    Traffic.fill(leavesOnly);
    CellsQuery query = query(PSP, "03:14", "03:16", Step.MINUTE, 10);
    assertThat(sums(stored, query).cells()).isEqualTo(sums(leavesOnly, query).cells());
    List<Slice> read = new ArrayList<>();
    stored.scan(
        new CellScan(EventKind.AUTH, PSP, Slice.TOTAL, 0, Long.MAX_VALUE, Rung.MINUTE),
        (minute, slice, tally) -> read.add(slice));
    assertThat(read).hasSize(3).allMatch(slice -> slice.fixed().equals(PSP));
  }

  @Test
  void nothingJudgedIsNoRateAndNotZero() {
    Tally challenged = new Tally();
    challenged.add(EventKind.AUTH, Outcome.CHALLENGED, null, 1, "EUR", 0, Tally.NO_LATENCY);
    Cell cell = Cell.of(EventKind.AUTH, new CellSums.Sum(0, Slice.TOTAL, challenged));
    assertThat(cell.successRate()).isNull();
    assertThat(cell.technicalSuccessRate()).isNull();
    assertThat(cell.actionableRate()).isNull();
    assertThat(cell.latencyMillis()).isNull();
    assertThat(cell.events()).isEqualTo(1);
  }

  private static CellSums sums(CubeQueries cube, CellsQuery query) {
    return CellSums.of(query, cube);
  }

  private static CellsQuery query(Set<Dimension> by, String from, String to, Step step, int limit) {
    return new CellsQuery(
        EventKind.AUTH, Slice.TOTAL, by, Traffic.at(from), Traffic.at(to), step, HELD, limit);
  }
}
