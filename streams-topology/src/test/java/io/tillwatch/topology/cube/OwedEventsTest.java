package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwedEventsTest {

  private static final long MINUTE = 1_772_445_600_000L;

  private final OwedEvents owed = OwedEvents.of(null, 1);

  @Test
  void aMinuteIsOwedForTheFewerOfItsOwnAndTheOneBefore() {
    owed.take(block(MINUTE, "northpay", 3));
    owed.take(block(MINUTE, "northpay", 4));
    owed.take(block(MINUTE, "älpenpay", 1));
    owed.take(block(MINUTE + 60_000, "northpay", 5));

    assertThat(owed.causesOf(MINUTE + 60_000)).isEqualTo(Map.of("northpay", 5L, "älpenpay", 0L));
    assertThat(owed.causesOf(MINUTE)).isEmpty();
    owed.take(block(MINUTE + 60_000, "northpay", 9));
    assertThat(owed.causesOf(MINUTE + 60_000)).containsEntry("northpay", 7L);
  }

  @Test
  void whatIsStoredIsTakenBack() {
    owed.take(block(MINUTE, "northpay", 3));
    owed.take(block(MINUTE, "älpenpay", 2));
    owed.take(block(MINUTE + 60_000, "älpenpay", 1));
    assertThat(owed.takeChanged()).isTrue();
    assertThat(owed.takeChanged()).isFalse();

    OwedEvents again = OwedEvents.of(owed.toBytes(), 1);
    assertThat(again.causesOf(MINUTE + 60_000)).isEmpty();
    again.take(heartbeat(MINUTE + 120_000));
    assertThat(again.causesOf(MINUTE + 60_000)).isEqualTo(Map.of("northpay", 0L, "älpenpay", 1L));
  }

  @Test
  void whatNobodyIsOwedForAnyMoreIsForgotten() {
    owed.take(block(MINUTE, "northpay", 3));
    owed.take(block(MINUTE + 60_000, "northpay", 4));
    owed.take(block(MINUTE + 120_000, "northpay", 4));
    owed.forgetBefore(MINUTE + 120_000);

    assertThat(owed.causesOf(MINUTE + 60_000)).isEmpty();
    assertThat(owed.causesOf(MINUTE + 120_000)).isEqualTo(Map.of("northpay", 4L));
    for (int minute = 0; minute < 2_000; minute++) {
      owed.take(block(MINUTE + minute * 60_000L, "northpay", 1));
    }
    assertThat(owed.causesOf(MINUTE + 60_000L * 1_500)).isEmpty();
    assertThat(owed.causesOf(MINUTE + 60_000L * 1_950)).isNotEmpty();
    owed.take(block(MINUTE + 60_000L * 1_500, "northpay", 1));
    assertThat(owed.causesOf(MINUTE + 60_000L * 1_501)).isEmpty();
  }

  @Test
  void whatStillComesOfAForgottenMinuteIsNotTakenForAllOfIt() {
    owed.take(block(MINUTE, "northpay", 3));
    owed.take(block(MINUTE + 60_000, "northpay", 4));
    owed.take(block(MINUTE + 120_000, "northpay", 4));
    owed.forgetBefore(MINUTE + 120_000);
    owed.take(block(MINUTE, "northpay", 1));

    assertThat(owed.causesOf(MINUTE + 60_000)).isEmpty();
    assertThat(owed.causesOf(MINUTE + 120_000)).isEqualTo(Map.of("northpay", 4L));
  }

  @Test
  void whatMayStillComeIsNotKnown() {
    OwedEvents two = OwedEvents.of(null, 2);
    two.take(block(MINUTE, "northpay", 3));
    two.take(block(MINUTE + 60_000, "northpay", 3));
    assertThat(two.causesOf(MINUTE + 60_000)).isEmpty();
    two.take(said(1, MINUTE + 30_000, false));
    assertThat(two.causesOf(MINUTE + 60_000)).isEmpty();
    two.take(said(1, MINUTE + 30_000, true));
    assertThat(two.causesOf(MINUTE + 60_000)).isEqualTo(Map.of("northpay", 3L));
  }

  private static CellBlocks.Block heartbeat(long watermark) {
    return said(0, watermark, false);
  }

  private static CellBlocks.Block said(int source, long watermark, boolean isIdle) {
    return new CellBlocks.Block(
        new CellBlocks.Head("acme", EventKind.AUTH, source, watermark, isIdle), List.of());
  }

  private static CellBlocks.Block block(long minute, String psp, long events) {
    Tally tally = Tally.of(new CellTotals(events, events, List.of(), List.of(), List.of(), null));
    return new CellBlocks.Block(
        new CellBlocks.Head("acme", EventKind.AUTH, 0, minute + 60_000, false),
        List.of(new CellBlocks.Cell(minute, Slice.TOTAL.with(Dimension.PSP, psp), tally)));
  }
}
