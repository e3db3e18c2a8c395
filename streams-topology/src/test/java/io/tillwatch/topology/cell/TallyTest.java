package io.tillwatch.topology.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void authRateLeavesChallengesOut() {
    Tally tally = new Tally();
    tally.add(EventKind.AUTH, Outcome.APPROVED, null, 1, "EUR", 1_000, 120);
    tally.add(EventKind.AUTH, Outcome.DECLINED, Reason.DO_NOT_HONOR, 2, "EUR", 500, 80);
    tally.add(EventKind.AUTH, Outcome.ERROR, Reason.GATEWAY_ERROR, 1, "USD", 700, 30);
    tally.add(EventKind.AUTH, Outcome.TIMEOUT, Reason.TIMEOUT, 1, "USD", 700, 30_000);
    tally.add(EventKind.AUTH, Outcome.CHALLENGED, null, 1, "EUR", 900, Tally.NO_LATENCY);
    assertThat(tally.events()).isEqualTo(5);
    assertThat(tally.firstAttempts()).isEqualTo(4);
    assertThat(tally.successes(EventKind.AUTH)).isEqualTo(1);
    assertThat(tally.judged(EventKind.AUTH)).isEqualTo(4);
    assertThat(tally.technicalFailures()).isEqualTo(2);
    assertThat(tally.reason(Reason.DO_NOT_HONOR)).isEqualTo(1);
    assertThat(tally.latency().count()).isEqualTo(4);
    assertThat(tally.amounts()).extracting(Tally.Amount::currency).containsExactly("EUR", "USD");
    assertThat(tally.amounts()).extracting(Tally.Amount::sumMinor).containsExactly(2_400L, 1_400L);
    assertThat(tally.amounts())
        .extracting(Tally.Amount::successSumMinor)
        .containsExactly(1_000L, 0L);
  }

  @Test
  void eachKindHasItsOwnNumeratorAndDenominator() {
    assertThat(rate(EventKind.CAPTURE)).containsExactly(1, 3);
    assertThat(rate(EventKind.REFUND)).containsExactly(1, 2);
    assertThat(rate(EventKind.WEBHOOK)).containsExactly(1, 3);
    assertThat(rate(EventKind.DISPUTE)).containsExactly(1, 2);
    assertThat(rate(EventKind.SETTLEMENT)).containsExactly(0, 0);
  }

  private static long[] rate(EventKind kind) {
    Tally tally = new Tally();
    for (Outcome outcome : Outcome.values()) {
      tally.add(kind, outcome, null, 1, "EUR", 1, Tally.NO_LATENCY);
    }
    return new long[] {tally.successes(kind), tally.judged(kind)};
  }

  @Test
  void wireFormKeepsEverything() {
    Tally tally = randomTally(new Random(11), 200);
    assertThat(Tally.of(tally.toAvro())).isEqualTo(tally);
    assertThat(Tally.of(new Tally().toAvro())).isEqualTo(new Tally());
  }

  @Test
  void mergeDoesNotDependOnOrder() {
    Tally a = randomTally(new Random(1), 50);
    Tally b = randomTally(new Random(2), 70);
    Tally ab = a.copy();
    ab.merge(b);
    Tally ba = b.copy();
    ba.merge(a);
    assertThat(ab).isEqualTo(ba);
    assertThat(ab.events()).isEqualTo(120);
  }

  @Test
  void sumsStopAtTheLargestLong() {
    Tally tally = new Tally();
    for (int i = 0; i < 10_000; i++) {
      tally.add(EventKind.AUTH, Outcome.APPROVED, null, 1, "IDR", 1_000_000_000_000_000L, 1);
    }
    assertThat(tally.amounts().getFirst().sumMinor()).isEqualTo(Long.MAX_VALUE);
  }

  static Tally randomTally(Random random, int events) {
    String[] currencies = {"EUR", "USD", "GBP", "JPY"};
    Outcome[] outcomes = {Outcome.APPROVED, Outcome.DECLINED, Outcome.ERROR, Outcome.TIMEOUT};
    Tally tally = new Tally();
    for (int i = 0; i < events; i++) {
      Outcome outcome = outcomes[random.nextInt(outcomes.length)];
      Reason reason =
          outcome == Outcome.APPROVED
              ? null
              : Reason.values()[random.nextInt(Reason.values().length)];
      tally.add(
          EventKind.AUTH,
          outcome,
          reason,
          1 + random.nextInt(3),
          currencies[random.nextInt(currencies.length)],
          random.nextInt(100_000),
          random.nextInt(10) == 0 ? Tally.NO_LATENCY : random.nextInt(5_000));
    }
    return tally;
  }
}
