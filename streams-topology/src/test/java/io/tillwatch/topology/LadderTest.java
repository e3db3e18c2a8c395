package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cube.CubeReader;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.cube.Rung;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Kinds that share stores, of which one has long fallen silent. */
class LadderTest {

  private static final int AUTHS = 96;

  @Test
  void aSilentKindGoesUpBeforeAnotherMakesTheStoreForgetItsMinutes() {
    try (Driven driven = new Driven(settings())) {
      driven.refund("r1", driven.now());
      for (int i = 0; i < AUTHS; i++) {
        driven.auth(driven.step("a" + i));
        driven.moveClock(Duration.ofMinutes(5));
      }
      assertThat(events(driven, EventKind.REFUND, Rung.MINUTE)).isZero();
      assertThat(events(driven, EventKind.REFUND, Rung.HOUR)).isEqualTo(1);
      assertThat(events(driven, EventKind.AUTH, Rung.MINUTE)).isBetween(24L, 60L);
      assertThat(events(driven, EventKind.AUTH, Rung.HOUR)).isEqualTo(AUTHS);
    }
  }

  private static long events(Driven driven, EventKind kind, Rung coarsest) {
    long end = driven.now().plus(Duration.ofDays(1)).toEpochMilli();
    long[] sum = new long[1];
    driven
        .reader()
        .scan(
            kind,
            Set.of(),
            Slice.TOTAL,
            new CubeReader.Range(0, end, coarsest),
            (start, slice, tally) -> {
              sum[0] += tally.events();
              return true;
            });
    return sum[0];
  }

  /** Minutes for two hours. */
  private static TopologySettings settings() {
    TopologySettings d = Driven.settings();
    CubeSettings c = d.cube();
    CubeSettings brief =
        new CubeSettings(
            c.partitions(),
            Duration.ofHours(2),
            c.hoursRetention(),
            c.daysRetention(),
            c.grace(),
            c.silenceAfter(),
            c.sealAfter(),
            c.rollUps(),
            c.residentCellsMax(),
            c.minuteCellsMax(),
            c.valuesMax());
    return new TopologySettings(
        d.tenant(), d.applicationId(), 1, d.ingest(), d.combine(), brief, d.watch(), d.runtime());
  }
}
