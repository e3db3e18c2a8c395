package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import org.junit.jupiter.api.Test;

/** Goal: rates and intervals are told as each KPI names them. Method: worked numbers. */
class MeasureTest {

  @Test
  void wilsonsIntervalOfNineInTen() {
    assertThat(Measure.wilsonLow(.9, 10)).isCloseTo(.5958, within(1e-4));
    assertThat(Measure.wilsonHigh(.9, 10)).isCloseTo(.9821, within(1e-4));
  }

  @Test
  void nothingSeenIsAnythingBetweenNoneAndAll() {
    assertThat(Measure.wilsonLow(0, 0)).isZero();
    assertThat(Measure.wilsonHigh(0, 0)).isEqualTo(1);
  }

  @Test
  void webhooksTellFailuresAllOthersSuccesses() {
    assertThat(Measure.value(Kpi.WEBHOOK_FAILURE, .2)).isEqualTo(.2);
    assertThat(Measure.value(Kpi.SUCCESS_RATE, .2)).isEqualTo(.8);
    assertThat(Measure.rule(EventKind.AUTH, Kpi.SUCCESS_RATE)).isEqualTo("auth-success-rate");
    assertThat(Measure.rule(EventKind.CAPTURE, Measure.kpi(EventKind.CAPTURE)))
        .isEqualTo("capture-capture-success");
  }
}
