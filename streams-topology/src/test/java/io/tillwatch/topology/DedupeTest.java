package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.ingest.IngestSettings;
import io.tillwatch.topology.ingest.seen.DedupeSettings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Repeated events through the whole topology, with little room for their ids and with none. */
class DedupeTest {

  private static final int EVENTS = 300;
  private static final int IDS_MAX = 50;
  private static final String CHANGELOG = "driven-ingest-seen-ids-changelog";

  @Test
  void spilledIdsAreTold() {
    try (Driven driven = new Driven(settings(true))) {
      for (int copy = 0; copy < 2; copy++) {
        for (int i = 0; i < EVENTS; i++) {
          driven.auth(driven.step("e" + i));
        }
      }
      driven.auth(driven.step("e7").setAmountMinor(99));
      assertThat(driven.counts(EventKind.AUTH))
          .isEqualTo(new IngestCounts(EVENTS, EVENTS + 1, 0, 0, 1, 0, Driven.START.toEpochMilli()));
      assertThat(gauge(driven, "tillwatch.ingest.seen.ids.memory")).isBetween(1.0, 50.0);
      assertThat(
              gauge(driven, "tillwatch.ingest.seen.ids.memory")
                  + gauge(driven, "tillwatch.ingest.seen.ids.spilled"))
          .isEqualTo(EVENTS);
      assertThat(driven.metrics.get("tillwatch.ingest.seen.reads").counters()).isNotEmpty();
      assertThat(driven.drainAll()).containsKey(CHANGELOG);
    }
  }

  @Test
  void switchedOffEveryCopyCountsAndNothingIsStored() {
    try (Driven driven = new Driven(settings(false))) {
      driven.auth(driven.step("e1"));
      driven.auth(driven.step("e1"));
      assertThat(driven.counts(EventKind.AUTH).accepted()).isEqualTo(2);
      assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events()).isEqualTo(2);
      assertThat(driven.drainAll()).doesNotContainKey(CHANGELOG);
    }
  }

  private static double gauge(Driven driven, String name) {
    return driven.metrics.get(name).gauge().value();
  }

  private static TopologySettings settings(boolean on) {
    TopologySettings d = Driven.settings();
    IngestSettings i = d.ingest();
    IngestSettings ingest =
        new IngestSettings(
            i.allowedLateness(),
            new DedupeSettings(on, Duration.ofHours(72), IDS_MAX),
            i.futureSkew(),
            i.psps(),
            i.regions(),
            i.currencies(),
            i.hashKey());
    return new TopologySettings(
        d.tenant(),
        d.applicationId(),
        d.paymentPartitions(),
        ingest,
        d.combine(),
        d.cube(),
        d.watch(),
        d.runtime());
  }
}
