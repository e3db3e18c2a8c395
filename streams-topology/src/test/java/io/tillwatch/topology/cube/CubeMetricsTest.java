package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gauge shows what is known now, or that nothing is. */
class CubeMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CubeMetrics metrics = new CubeMetrics(registry);

  @Test
  void aKindThatMovedAwayShowsNothingAndThenWhatItsNextOwnerSays() {
    metrics.closed(EventKind.AUTH, approved("northpay"));
    metrics.closed(EventKind.CAPTURE, Map.of());
    metrics.watermark(EventKind.AUTH, 60_000);
    metrics.watermark(EventKind.CAPTURE, 90_000);
    metrics.withdraw(EventKind.AUTH);
    assertThat(rate("northpay")).isNaN();
    assertThat(watermark("auth")).isNaN();
    assertThat(watermark("capture")).isEqualTo(90);
    metrics.closed(EventKind.AUTH, approved("northpay"));
    metrics.watermark(EventKind.AUTH, 120_000);
    assertThat(rate("northpay")).isEqualTo(1);
    assertThat(watermark("auth")).isEqualTo(120);
  }

  @Test
  void aPspWithoutEventsKeepsItsRateForAWhileOnly() {
    metrics.closed(EventKind.AUTH, approved("northpay"));
    for (int minute = 1; minute < CubeMetrics.RATE_KEPT_MINUTES; minute++) {
      metrics.closed(EventKind.AUTH, approved("southpay"));
    }
    assertThat(rate("northpay")).isEqualTo(1);
    metrics.closed(EventKind.AUTH, approved("southpay"));
    assertThat(rate("northpay")).isNaN();
    assertThat(rate("southpay")).isEqualTo(1);
  }

  private static Map<Slice, Tally> approved(String psp) {
    Tally tally = new Tally();
    tally.add(EventKind.AUTH, Outcome.APPROVED, null, 1, "EUR", 100, Tally.NO_LATENCY);
    Slice leaf = Slice.leaf(null, null, null, null, null, null, null, null, null);
    return Map.of(leaf.with(Dimension.PSP, psp), tally);
  }

  private double rate(String psp) {
    return registry.get("tillwatch.success.rate").tags("kind", "auth", "psp", psp).gauge().value();
  }

  private double watermark(String kind) {
    return registry.get("tillwatch.cube.watermark.seconds").tag("kind", kind).gauge().value();
  }
}
