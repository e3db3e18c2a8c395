package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cube equals a plain recount of a seeded stream with skew, repeats, late events and events ten
 * years ahead: every cuboid, every minute, every count. The seed is in the test's name.
 */
class CubeRecountTest {

  private static final int EVENTS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyCuboidEqualsTheRecount(long seed) {
    check(seed, Driven.settings());
  }

  @Test
  void everyCuboidEqualsTheRecountWithoutTheCommitHook() {
    TopologySettings.Runtime r = Driven.settings().runtime();
    check(
        7,
        Driven.settings(
            new TopologySettings.Runtime(
                r.stateDir(),
                r.threads(),
                r.commitInterval(),
                r.transactionTimeout(),
                /* commitHook= */ false,
                r.standbyReplicas(),
                r.replication())));
  }

  private static void check(long seed, TopologySettings settings) {
    try (Driven driven = new Driven(settings)) {
      Recount recount = new Recount();
      Random random = new Random(seed);
      for (int i = 0; i < EVENTS; i++) {
        PaymentStep.Builder step = event(driven, random);
        recount.see(step.build(), driven.now());
        driven.auth(step);
        if (random.nextInt(4) == 0) {
          driven.advance(Duration.ofSeconds(random.nextInt(90)));
        }
      }
      assertThat(driven.counts(EventKind.AUTH)).isEqualTo(recount.counts());
      for (Set<Dimension> cuboid : driven.reader().cuboids()) {
        assertThat(driven.totals(EventKind.AUTH, cuboid)).isEqualTo(recount.totals(cuboid));
      }
    }
  }

  private static PaymentStep.Builder event(Driven driven, Random random) {
    Instant time =
        switch (random.nextInt(20)) {
          case 0 -> driven.now().plus(Duration.ofDays(3_650));
          case 1, 2 -> driven.now().minusSeconds(random.nextInt(3 * 3_600));
          case 3 -> driven.now().plusSeconds(random.nextInt(300));
          default -> driven.now().minusSeconds(random.nextInt(30));
        };
    boolean approved = random.nextInt(10) < 8;
    return driven
        .step("e" + random.nextInt(EVENTS))
        .setEventTime(time)
        .setPsp("psp" + random.nextInt(3))
        .setRegion("region" + random.nextInt(2))
        .setBin(random.nextInt(5) == 0 ? null : "4" + (1_000_000 + random.nextInt(3)))
        .setIssuerCountry(random.nextBoolean() ? "DE" : null)
        .setThreeDs(random.nextBoolean())
        .setCurrency(random.nextBoolean() ? "EUR" : "USD")
        .setAmountMinor(random.nextInt(10_000))
        .setLatencyMillis(random.nextInt(2_000))
        .setOutcome(approved ? Outcome.APPROVED : Outcome.DECLINED);
  }

  /** What the topology should have counted, as plainly as can be said. */
  private static final class Recount {

    private final Map<Slice, Tally> leaves = new TreeMap<>();
    private final Map<String, PaymentStep> seen = new HashMap<>();
    private long newest;
    private long duplicates;
    private long conflicts;
    private long late;
    private long refused;

    void see(PaymentStep step, Instant now) {
      long time = step.getEventTime().toEpochMilli();
      PaymentStep before = seen.get(step.getEventId());
      if (time > now.plus(Duration.ofMinutes(5)).toEpochMilli()) {
        refused++;
      } else if (before != null) {
        duplicates++;
        conflicts += before.equals(step) ? 0 : 1;
      } else if (time < newest - Duration.ofHours(1).toMillis()) {
        late++;
      } else {
        seen.put(step.getEventId(), step);
        newest = Math.max(newest, time);
        count(step);
      }
    }

    private void count(PaymentStep step) {
      Slice leaf =
          Slice.leaf(
              step.getPsp(),
              step.getBin() == null ? null : "visa",
              step.getRegion(),
              step.getMethod(),
              step.getBin() == null ? null : "visa",
              step.getIssuerCountry(),
              null,
              null,
              step.getThreeDs() ? "yes" : "no");
      leaves
          .computeIfAbsent(leaf, l -> new Tally())
          .add(
              EventKind.AUTH,
              step.getOutcome(),
              step.getReason(),
              step.getAttempt(),
              step.getCurrency(),
              step.getAmountMinor(),
              step.getLatencyMillis());
    }

    IngestCounts counts() {
      return new IngestCounts(seen.size(), duplicates, late, refused, conflicts, 0, newest);
    }

    Map<Slice, Tally> totals(Set<Dimension> cuboid) {
      Map<Slice, Tally> totals = new TreeMap<>();
      leaves.forEach((leaf, tally) ->
          totals.computeIfAbsent(leaf.keep(cuboid), s -> new Tally()).merge(tally));
      return totals;
    }
  }
}
