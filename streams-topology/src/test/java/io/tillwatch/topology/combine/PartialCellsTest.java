package io.tillwatch.topology.combine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.ingest.AcceptedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialCellsTest {

  private static final long MINUTE = 1_772_445_600_000L;
  private static final PartialCells.Source SOURCE =
      new PartialCells.Source("acme", EventKind.AUTH, 3);

  private final CellBlocks blocks = Combine.blocks(EmbeddedSchemaIds.load());
  private final PartialCells partials = new PartialCells();

  @Test
  void eventsOfOneMinuteAndSliceShareACell() {
    assertThat(partials.add(event(MINUTE, "a"))).isEqualTo(1);
    assertThat(partials.add(event(MINUTE + 59_999, "a"))).isZero();
    assertThat(partials.add(event(MINUTE + 60_000, "a"))).isEqualTo(1);
    CellBlocks.Block block = only(drain(MINUTE + 600_000));
    assertThat(block.cells())
        .extracting(CellBlocks.Cell::minuteMillis)
        .containsExactly(MINUTE, MINUTE + 60_000);
    assertThat(block.cells().getFirst().tally().events()).isEqualTo(2);
    assertThat(block.head().watermarkMillis()).isEqualTo(MINUTE + 60_000);
    assertThat(partials.isEmpty()).isTrue();
  }

  @Test
  void watermarkNeverRunsAheadOfTheClock() {
    partials.add(event(MINUTE + 120_000, "a"));
    assertThat(only(drain(MINUTE)).head().watermarkMillis()).isEqualTo(MINUTE);
  }

  @Test
  void onlyTheLastOfManyBlocksCarriesTheNewWatermark() {
    for (int i = 0; i < 5_000; i++) {
      partials.add(event(MINUTE, "merchant-" + i));
    }
    List<CellBlocks.Block> drained = drain(MINUTE + 1).stream().map(blocks::read).toList();
    assertThat(drained).hasSizeGreaterThan(1);
    assertThat(drained.getFirst().head().watermarkMillis()).isZero();
    assertThat(drained.getLast().head().watermarkMillis()).isEqualTo(MINUTE);
    assertThat(drained.stream().mapToInt(block -> block.cells().size()).sum()).isEqualTo(5_000);
  }

  @Test
  void noBlockIsTooLargeForABrokerHoweverLongItsValues() {
    for (int i = 0; i < 2_500; i++) {
      partials.add(event(MINUTE, "%04d".formatted(i) + "漢".repeat(200)));
    }
    assertThat(drain(MINUTE))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            block -> assertThat(block.length).isLessThan(PartialCells.BLOCK_BYTES + 10_000));
  }

  @Test
  void kindsOfOneTenantMeetInDifferentTasks() {
    List<Integer> partitions =
        List.of(EventKind.AUTH, EventKind.CAPTURE, EventKind.REFUND, EventKind.WEBHOOK).stream()
            .map(kind -> Combine.partitionOf(Combine.keyOf("acme", kind), 4))
            .toList();
    assertThat(partitions).doesNotHaveDuplicates();
  }

  private List<byte[]> drain(long now) {
    return partials.drain(blocks, SOURCE, false, now);
  }

  private CellBlocks.Block only(List<byte[]> drained) {
    assertThat(drained).hasSize(1);
    return blocks.read(drained.getFirst());
  }

  private static AcceptedEvent event(long time, String merchant) {
    Slice leaf = Slice.leaf("northpay", "visa", "eu", "card", "visa", "DE", merchant, null, "yes");
    return new AcceptedEvent(EventKind.AUTH, time, leaf, Outcome.APPROVED, null, 1, "EUR", 100, 50);
  }
}
