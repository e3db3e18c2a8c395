package io.tillwatch.topology.combine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CombinerTest {

  private static final long MINUTE = 1_772_445_600_000L;

  private final CellBlocks blocks = Combine.blocks(EmbeddedSchemaIds.load());
  private long now = MINUTE + 600_000;
  private Combiner combiner = combiner(CombineSettings.DEFAULT);

  @Test
  void eventsOfOneMinuteAndSliceShareACell() {
    add(MINUTE, "a");
    add(MINUTE + 60_000, "a");
    add(MINUTE + 59_999, "a");
    CellBlocks.Block block = only(forward());
    assertThat(block.cells())
        .extracting(CellBlocks.Cell::minuteMillis)
        .containsExactly(MINUTE, MINUTE + 60_000);
    assertThat(block.cells().getFirst().tally().events()).isEqualTo(2);
    assertThat(block.head())
        .isEqualTo(new CellBlocks.Head("acme", EventKind.AUTH, 3, MINUTE + 60_000, false));
    assertThat(forward()).isEmpty();
  }

  @Test
  void aCellStartsAnewAfterItWasForwarded() {
    add(MINUTE, "a");
    forward();
    add(MINUTE, "a");
    assertThat(only(forward()).cells().getFirst().tally().events()).isEqualTo(1);
  }

  @Test
  void watermarkNeverRunsAheadOfTheClock() {
    now = MINUTE;
    add(MINUTE + 120_000, "a");
    assertThat(only(forward()).head().watermarkMillis()).isEqualTo(MINUTE);
  }

  @Test
  void onlyTheLastOfManyBlocksCarriesTheNewWatermark() {
    for (int i = 0; i < 5_000; i++) {
      add(MINUTE, "merchant-" + i);
    }
    List<CellBlocks.Block> forwarded = forward().stream().map(blocks::read).toList();
    assertThat(forwarded).hasSizeGreaterThan(1);
    assertThat(forwarded.getFirst().head().watermarkMillis()).isZero();
    assertThat(forwarded.getLast().head().watermarkMillis()).isEqualTo(MINUTE);
    assertThat(forwarded.stream().mapToInt(block -> block.cells().size()).sum()).isEqualTo(5_000);
  }

  @Test
  void noBlockIsTooLargeForABrokerHoweverLongItsValues() {
    for (int i = 0; i < 2_500; i++) {
      add(MINUTE, "%04d".formatted(i) + "漢".repeat(200));
    }
    assertThat(forward())
        .hasSizeGreaterThan(1)
        .allSatisfy(block -> assertThat(block.length).isLessThan(Inflow.BLOCK_BYTES + 10_000));
  }

  @Test
  void isFullAtItsCellsAndAtItsBytes() {
    combiner = combiner(new CombineSettings(100, 32 << 20, Duration.ofSeconds(5)));
    for (int i = 0; i < 100; i++) {
      assertThat(combiner.isFull()).isFalse();
      add(MINUTE + i * 60_000L, "a");
    }
    assertThat(combiner.isFull()).isTrue();

    combiner = combiner(new CombineSettings(1_000_000, 4 << 20, Duration.ofSeconds(5)));
    for (int i = 0; i < 60_000; i++) {
      add(MINUTE, "merchant-" + i);
    }
    assertThat(combiner.isFull()).isTrue();
    forward();
    add(MINUTE, "a");
    assertThat(combiner.isFull()).isFalse();
  }

  @Test
  void whatARushOfSeveralKindsHasMadeLargeIsLetGo() {
    combiner = combiner(new CombineSettings(1_000_000, 8 << 20, Duration.ofSeconds(5)));
    for (EventKind kind : List.of(EventKind.AUTH, EventKind.CAPTURE, EventKind.REFUND)) {
      for (int i = 0; i < 30_000; i++) {
        add(kind, MINUTE, "merchant-" + i);
      }
    }
    assertThat(combiner.isFull()).isTrue();
    forward();
    add(MINUTE, "a");
    assertThat(combiner.isFull()).isFalse();
  }

  @Test
  void startsItsNumbersAfreshWhenTooManySlicesWereSeen() {
    combiner = combiner(new CombineSettings(100, 32 << 20, Duration.ofSeconds(5)));
    for (int i = 0; i < 500; i++) {
      add(MINUTE, "merchant-" + i);
    }
    assertThat(combiner.isFull()).isTrue();
    forward();
    assertThat(combiner.index().size()).isZero();
    add(MINUTE, "merchant-7");
    CellBlocks.Cell cell = only(forward()).cells().getFirst();
    assertThat(cell.slice().toMap()).containsEntry("merchantAccount", "merchant-7");
  }

  @Test
  void saysAgainAndAgainThatAKindIsIdle() {
    combiner.tick(0, kind -> true);
    assertThat(forward()).isEmpty();
    tick(1, 6, kind -> true);
    assertThat(forward()).hasSize(EventKind.values().length);
    assertThat(forward()).isEmpty();
    add(MINUTE, "a");
    tick(7, 18, kind -> true);
    List<CellBlocks.Block> said = forward().stream().map(blocks::read).toList();
    assertThat(said)
        .filteredOn(block -> block.head().kind() == EventKind.CAPTURE)
        .singleElement()
        .satisfies(block -> assertThat(block.head().idle()).isTrue());
  }

  @Test
  void whoHasSomethingToReadIsSlowAndNotIdle() {
    combiner.tick(0, kind -> true);
    tick(1, 6, kind -> kind != EventKind.WEBHOOK);
    assertThat(idle()).isNotEmpty().doesNotContain(EventKind.WEBHOOK);
    tick(7, 12, kind -> true);
    assertThat(idle()).as("five seconds after it had something").contains(EventKind.WEBHOOK);
  }

  @Test
  void aMachineThatStoodStillIsNoSilence() {
    combiner.tick(0, kind -> true);
    combiner.tick(60_000, kind -> true);
    assertThat(idle()).isEmpty();
    combiner.tick(120_000, kind -> true);
    combiner.tick(180_000, kind -> true);
    assertThat(idle()).as("looked at three times, after as many polls").isNotEmpty();
  }

  @Test
  void idlenessIsTakenBackWhenSomethingComesThatIsNotProcessedYet() {
    combiner.tick(0, kind -> true);
    tick(1, 6, kind -> true);
    assertThat(idle()).contains(EventKind.WEBHOOK);

    combiner.tick(7_000, kind -> kind != EventKind.WEBHOOK);
    assertThat(forward().stream().map(blocks::read).map(CellBlocks.Block::head))
        .singleElement()
        .satisfies(head -> {
          assertThat(head.kind()).isEqualTo(EventKind.WEBHOOK);
          assertThat(head.idle()).isFalse();
        });
  }

  private List<EventKind> idle() {
    return forward().stream()
        .map(blocks::read)
        .map(CellBlocks.Block::head)
        .filter(CellBlocks.Head::idle)
        .map(CellBlocks.Head::kind)
        .toList();
  }

  @Test
  void webhooksAreToldOnceWhatTheyAreOwedFor() {
    add(MINUTE, "a");
    add(MINUTE, "b");
    add(MINUTE + 60_000, "a");
    add(EventKind.CAPTURE, MINUTE, "a");
    List<byte[]> causes = forwardCauses(new ArrayList<>());
    assertThat(causes).hasSize(1);
    CellBlocks.Block told = blocks.read(causes.getFirst());
    assertThat(told.head().kind()).isEqualTo(EventKind.AUTH);
    assertThat(told.head().watermarkMillis()).isEqualTo(MINUTE + 60_000);
    SortedMap<Long, SortedMap<String, Long>> counts = new TreeMap<>();
    Causes.addTo(counts, told);
    assertThat(counts)
        .isEqualTo(Map.of(MINUTE, Map.of("northpay", 2L), MINUTE + 60_000, Map.of("northpay", 1L)));

    assertThat(forwardCauses(new ArrayList<>())).isEmpty();
    add(EventKind.CAPTURE, MINUTE, "a");
    assertThat(forwardCauses(new ArrayList<>())).isEmpty();
  }

  @Test
  void manyCausesAreSeveralBlocksOfWhichTheLastSaysHowFar() {
    combiner = combiner(new CombineSettings(1_000_000, 64 << 20, Duration.ofSeconds(5)));
    now = MINUTE + 20_000 * 60_000L;
    for (int minute = 0; minute < 12_000; minute++) {
      add(MINUTE + minute * 60_000L, "a");
    }
    List<CellBlocks.Block> told =
        forwardCauses(new ArrayList<>()).stream().map(blocks::read).toList();
    assertThat(told).hasSize(3);
    assertThat(told.stream().mapToInt(block -> block.cells().size()).sum()).isEqualTo(12_000);
    assertThat(told.getFirst().head().watermarkMillis()).isZero();
    assertThat(told.getLast().head().watermarkMillis()).isEqualTo(MINUTE + 11_999 * 60_000L);
  }

  @Test
  void kindsOfOneTenantMeetInDifferentTasks() {
    List<Integer> partitions =
        List.of(EventKind.AUTH, EventKind.CAPTURE, EventKind.REFUND, EventKind.WEBHOOK).stream()
            .map(kind -> Combine.partitionOf(Combine.keyOf("acme", kind), 4))
            .toList();
    assertThat(partitions).doesNotHaveDuplicates();
  }

  private Combiner combiner(CombineSettings settings) {
    return new Combine(settings, "acme", blocks, () -> Instant.ofEpochMilli(now), true).combiner(3);
  }

  private List<byte[]> forward() {
    List<byte[]> forwarded = new ArrayList<>();
    forwardCauses(forwarded);
    return forwarded;
  }

  /** Fills in the blocks of cells; answers with those that say what another kind is owed for. */
  private List<byte[]> forwardCauses(List<byte[]> forwarded) {
    List<byte[]> causes = new ArrayList<>();
    combiner.forward((key, block, millis) -> {
      assertThat(key).startsWith("acme/");
      assertThat(millis).isEqualTo(now);
      (blocks.kindIn(block) == Combine.kindOf(key) ? forwarded : causes).add(block);
    });
    return causes;
  }

  private CellBlocks.Block only(List<byte[]> forwarded) {
    assertThat(forwarded).hasSize(1);
    return blocks.read(forwarded.getFirst());
  }

  private void add(long time, String merchant) {
    add(EventKind.AUTH, time, merchant);
  }

  private void add(EventKind kind, long time, String merchant) {
    Slice leaf = Slice.leaf("northpay", "visa", "eu", "card", "visa", "DE", merchant, null, "yes");
    CellTable cells = combiner.cells(kind, time);
    int row = cells.row(combiner.index().number(leaf));
    cells.addEvent(row, Outcome.APPROVED, null, true);
    cells.addMoney(row, combiner.index().currencies().codeOf("EUR"), 100, true);
    cells.addLatency(row, 50);
  }

  /** Looks at the clock once a second. */
  private void tick(int fromSecond, int toSecond, Predicate<EventKind> isAtEnd) {
    for (int second = fromSecond; second <= toSecond; second++) {
      combiner.tick(second * 1_000L, isAtEnd);
    }
  }
}
