package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import org.junit.jupiter.api.Test;

/** A gauge shows what is known now, or that nothing is. */
class CubeMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CubeMetrics metrics = new CubeMetrics(registry);
  private final SliceIndex index = new SliceIndex();

  @Test
  void aKindThatMovedAwayShowsNothingAndThenWhatItsNextOwnerSays() {
    closeApproved("northpay");
    metrics.closed(EventKind.CAPTURE, new CellTable(), index);
    metrics.watermark(EventKind.AUTH, 60_000);
    metrics.watermark(EventKind.CAPTURE, 90_000);
    metrics.withdraw(EventKind.AUTH);
    assertThat(rate("northpay")).isNaN();
    assertThat(watermark("auth")).isNaN();
    assertThat(watermark("capture")).isEqualTo(90);
    closeApproved("northpay");
    metrics.watermark(EventKind.AUTH, 120_000);
    assertThat(rate("northpay")).isEqualTo(1);
    assertThat(watermark("auth")).isEqualTo(120);
  }

  @Test
  void aPspWithoutEventsKeepsItsRateForAWhileOnly() {
    closeApproved("northpay");
    for (int minute = 1; minute < CubeMetrics.RATE_KEPT_MINUTES; minute++) {
      closeApproved("southpay");
    }
    assertThat(rate("northpay")).isEqualTo(1);
    closeApproved("southpay");
    assertThat(rate("northpay")).isNaN();
    assertThat(rate("southpay")).isEqualTo(1);
  }

  private void closeApproved(String psp) {
    CellTable leaves = new CellTable();
    Slice leaf = Slice.leaf(psp, null, null, null, null, null, null, null, null);
    int row = leaves.row(index.number(leaf));
    leaves.addEvent(row, Outcome.APPROVED, null, /* isFirstAttempt= */ true);
    metrics.closed(EventKind.AUTH, leaves, index);
  }

  private double rate(String psp) {
    return registry.get("tillwatch.success.rate").tags("kind", "auth", "psp", psp).gauge().value();
  }

  private double watermark(String kind) {
    return registry.get("tillwatch.cube.watermark.seconds").tag("kind", kind).gauge().value();
  }
}
