package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.cell.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: what is packed into a minute is what comes out of it, whichever row is asked for. */
class MinuteTest {

  private static final Outcome[] OUTCOMES = {
    Outcome.APPROVED, Outcome.DECLINED, Outcome.ERROR, Outcome.TIMEOUT, Outcome.CHALLENGED
  };
  private static final String[] CURRENCIES = {"EUR", "USD", "JPY", "GBP", "CHF", "SEK", "NOK"};

  private final Leaves leaves = new Leaves();
  private final Map<Slice, Tally> cells = new HashMap<>();

  @Test
  void everyRowIsReadBackInAnyOrder() {
    SplittableRandom random = new SplittableRandom(4);
    for (int leaf = 0; leaf < 300; leaf++) {
      cells.put(name(leaf), tally(random, 1 + random.nextInt(12)));
    }
    Minute written = written();
    Minute read = Minute.read(written.stored(), leaves::indexOf);

    for (int i = 0; i < 3_000; i++) {
      int row = i < 300 ? i : random.nextInt(300);
      expectRow(written, row);
      expectRow(read, row);
    }
  }

  @Test
  void countsBeyondSixteenBitsAreExact() {
    for (int leaf = 0; leaf < 20; leaf++) {
      Tally tally = new Tally();
      Tally one = tally(new SplittableRandom(leaf), 9);
      for (int i = 0; i < 65_534 / 9 + leaf; i++) {
        tally.merge(one);
      }
      cells.put(name(leaf), tally);
    }
    Minute minute = written();

    for (int row = 19; row >= 0; row--) {
      expectRow(minute, row);
    }
  }

  @Test
  void rowsOfASetAreFoundByHalvesAndOneByOne() {
    SplittableRandom random = new SplittableRandom(8);
    for (int leaf = 0; leaf < 2_000; leaf++) {
      leaves.add(name(leaf));
      if (random.nextInt(3) > 0) {
        cells.put(name(leaf), tally(random, 1));
      }
    }
    Minute minute = written();
    for (int bit = 0; bit < 2; bit++) {
      int every = bit == 0 ? 3 : 150;
      for (int leaf = 0; leaf < 2_000; leaf++) {
        leaves.claims[leaf] = leaf % every == 0 ? 1 : 0;
      }
      LeafSet set = LeafSet.claimed(new Claims(), 0, leaves);
      int[] found = new int[minute.rows()];
      int count = minute.rowsOf(set, found);
      int expected = 0;
      for (int row = 0; row < minute.rows(); row++) {
        if (minute.leaf[row] % every == 0) {
          assertThat(found[expected++]).isEqualTo(row);
        }
      }
      assertThat(count).isEqualTo(expected);
    }
  }

  @Test
  void anUnknownFormatIsRefused() {
    byte[] bytes = written().stored().clone();
    bytes[0] = 1;

    assertThatThrownBy(() -> Minute.read(bytes, leaves::indexOf))
        .hasMessageContaining("a stored minute of format 1, expected 3");
  }

  private Minute written() {
    MinuteLeaves rows = new TallyLeaves(EventKind.AUTH, cells);
    Intake intake = new Intake(leaves, 10_000, leaves::add);
    intake.take(rows);
    return new MinuteWriter().write(Rails.at(0), Rails.at(1), rows, intake, leaves);
  }

  private void expectRow(Minute minute, int row) {
    Tally tally = cells.get(leaves.slice(minute.leaf[row]));
    assertThat(minute.events(row)).isEqualTo((int) tally.events());
    assertThat(minute.firstAttempts(row)).isEqualTo((int) tally.firstAttempts());
    assertThat(minute.judged(row)).isEqualTo((int) tally.judged(EventKind.AUTH));
    assertThat(minute.failures(row))
        .isEqualTo((int) (tally.judged(EventKind.AUTH) - tally.successes(EventKind.AUTH)));
    Facts facts = new Facts();
    minute.addTo(facts, row);
    assertThat(facts.technical).isEqualTo(tally.technicalFailures());
    for (Reason reason : Reason.values()) {
      assertThat(facts.reasons[reason.ordinal()]).isEqualTo(tally.reason(reason));
    }
    assertThat(facts.tickets).hasSize(tally.amounts().size());
    for (Tally.Amount amount : tally.amounts()) {
      assertThat(facts.tickets.get(amount.currency()))
          .containsExactly(amount.successCount(), amount.successSumMinor());
    }
    LatencySketch latency = tally.latency();
    assertThat(facts.latency).isEqualTo(latency == null ? new LatencySketch() : latency);
  }

  private static Tally tally(SplittableRandom random, int events) {
    Tally tally = new Tally();
    boolean manyCurrencies = random.nextInt(4) == 0;
    for (int event = 0; event < events; event++) {
      Outcome outcome = OUTCOMES[random.nextInt(random.nextBoolean() ? 1 : OUTCOMES.length)];
      Reason reason =
          outcome == Outcome.APPROVED
              ? null
              : Reason.values()[random.nextInt(Reason.values().length)];
      tally.add(
          EventKind.AUTH,
          outcome,
          reason,
          random.nextInt(5) == 0 ? 2 : 1,
          CURRENCIES[manyCurrencies ? random.nextInt(CURRENCIES.length) : 0],
          random.nextLong(1L << random.nextInt(1, 60)),
          random.nextInt(3) == 0 ? Tally.NO_LATENCY : random.nextInt(20_000));
    }
    return tally;
  }

  private static Slice name(int leaf) {
    return Slice.leaf("psp-" + leaf % 3, "bin-" + leaf, "eu", null, null, null, null, null, null);
  }
}
