package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentTopologyTest {

  private final Driven driven = Driven.withDefaults();

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void acceptedEventsAddUpInLeavesAndRollUps() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.declined("e2").setPsp("southpay"));
    driven.auth(driven.step("e3").setRegion("us-east"));
    Map<Slice, Tally> byPsp = driven.totals(EventKind.AUTH, Set.of(Dimension.PSP));
    assertThat(byPsp).hasSize(2);
    assertThat(byPsp.get(Slice.of(Map.of("psp", "northpay"))).successes(EventKind.AUTH))
        .isEqualTo(2);
    assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events()).isEqualTo(3);
    assertThat(driven.totals(EventKind.AUTH, Set.copyOf(Dimension.ALL))).hasSize(3);
  }

  @Test
  void duplicateIsCountedOnce() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e1").setAmountMinor(99));
    assertThat(driven.counts(EventKind.AUTH))
        .isEqualTo(new IngestCounts(1, 2, 0, 0, 1, 0, Driven.START.toEpochMilli()));
    assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events()).isEqualTo(1);
  }

  @Test
  void eventBehindTheAllowedLatenessIsLate() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e2").setEventTime(driven.now().minus(Duration.ofHours(1))));
    driven.auth(driven.step("e3").setEventTime(driven.now().minus(Duration.ofMillis(3_600_001))));
    assertThat(driven.counts(EventKind.AUTH).accepted()).isEqualTo(2);
    assertThat(driven.counts(EventKind.AUTH).late()).isEqualTo(1);
  }
}
