package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.CubeSettings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardinalityTest {

  private static final int CELLS_MAX = 10;
  private static final int EVENTS = 100;

  @Test
  void aNewPspPerEventEndsInOneCellOfOthers() {
    try (Driven driven = new Driven(settings())) {
      for (int i = 0; i < EVENTS; i++) {
        driven.auth(driven.step("e" + i).setPsp("psp-" + i).setRegion("region-" + i));
      }
      Map<Slice, Tally> leaves = driven.totals(EventKind.AUTH, Set.copyOf(Dimension.ALL));
      Map<Slice, Tally> psps = driven.totals(EventKind.AUTH, Set.of(Dimension.PSP));

      assertThat(leaves).hasSize(2 * CELLS_MAX + 1);
      assertThat(psps).hasSize(2 * CELLS_MAX + 1);
      assertThat(psps.get(Slice.of(Map.of("psp", "other"))).events())
          .isEqualTo(EVENTS - 2 * CELLS_MAX);
      assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events())
          .isEqualTo(EVENTS);
    }
  }

  private static TopologySettings settings() {
    TopologySettings d = Driven.settings();
    CubeSettings c = d.cube();
    CubeSettings few =
        new CubeSettings(
            c.partitions(),
            c.retention(),
            c.hoursRetention(),
            c.daysRetention(),
            c.grace(),
            c.silenceAfter(),
            c.sealAfter(),
            c.rollUps(),
            c.residentCellsMax(),
            CELLS_MAX,
            c.valuesMax());
    return new TopologySettings(
        d.tenant(), d.applicationId(), 1, d.ingest(), d.combine(), few, d.watch(), d.runtime());
  }
}
