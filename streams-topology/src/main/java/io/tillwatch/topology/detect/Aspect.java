package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is watched of a kind of event.
 *
 * @param kpi what is measured
 * @param reason for the mix of reasons: whose share; else null
 */
public record Aspect(Kpi kpi, @Nullable Reason reason) {

  public Aspect {
    if ((reason != null) != (kpi == Kpi.REASON_MIX)) {
      throw new IllegalArgumentException(
          "%s with reason %s, expected one for the reason mix alone".formatted(kpi, reason));
    }
  }

  /** The failures of a kind of event. */
  public static Aspect failures(EventKind kind) {
    return new Aspect(Measure.kpi(kind), null);
  }

  /** What is watched of a kind, its failures first. */
  public static List<Kpi> kpis(EventKind kind) {
    List<Kpi> kpis = new ArrayList<>();
    kpis.add(Measure.kpi(kind));
    Kpi duration = Lookout.durationKpi(kind);
    if (duration != null) {
      kpis.add(duration);
    }
    if (kind == EventKind.AUTH) {
      kpis.add(Kpi.REASON_MIX);
    }
    return List.copyOf(kpis);
  }
}
