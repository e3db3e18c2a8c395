package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.Burst;
import java.util.ArrayList;
import java.util.List;

/** What one closed minute brought to light, in the order to be forwarded. */
public record Findings(List<Anomaly> anomalies, List<Burst> bursts) {

  static final Findings NONE = new Findings(List.of(), List.of());

  /** The same after these bursts. */
  Findings after(List<Burst> before) {
    List<Burst> all = new ArrayList<>(before);
    all.addAll(bursts);
    return new Findings(anomalies, all);
  }

  public Findings {
    anomalies = List.copyOf(anomalies);
    bursts = List.copyOf(bursts);
  }
}
