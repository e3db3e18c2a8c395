package io.tillwatch.triage.hypothesis;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Incident;
import java.util.List;

/**
 * An incident that is over.
 *
 * @param incident as it stood at its end
 * @param bursts what it held
 */
public record Past(Incident incident, List<Burst> bursts) {

  /** Source of the evidence that says what it was mitigated with; the episode follows. */
  public static final String MITIGATION = "mitigation/";

  public Past {
    bursts = List.copyOf(bursts);
  }
}
