package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RootCellJsonTest {

  @Test
  void aCellOfARateHasItsOwnRate() {
    Incident incident = Samples.incident("INC-A").build();

    RootCellJson cell = RootCellJson.of(incident, incident.getRootCells().getFirst());

    assertThat(cell.observed()).isEqualTo(0.25);
    assertThat(cell.expected()).isEqualTo(0.925);
  }

  /** Successes of nothing were shown as a rate: 1.0 observed, 166.67 expected. */
  @Test
  void aSilentCellHasEventsPerMinute() {
    Incident incident =
        Samples.incident("INC-A").setKpi(Kpi.VOLUME).setObserved(0.25).setExpected(41.5).build();
    SliceEvidence cell = new SliceEvidence(Map.of("psp", "northpay"), 1L, 1L, 166.67, 60.0);

    assertThat(RootCellJson.of(incident, cell).observed()).isEqualTo(0.25);
    assertThat(RootCellJson.of(incident, cell).expected()).isEqualTo(41.5);
  }
}
