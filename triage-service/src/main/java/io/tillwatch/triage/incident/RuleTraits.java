package io.tillwatch.triage.incident;

import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.Severity;

/** An incident as rules see it. */
public final class RuleTraits {

  private RuleTraits() {}

  /** Its traits, as of this revision. */
  public static Traits of(Incident incident) {
    Severity severity = incident.getSeverity();
    return new Traits(
        incident.getRule(),
        Kind.valueOf(incident.getKind().name()),
        Kpi.valueOf(incident.getKpi().name()),
        Cause.valueOf(incident.getIncidentClass().name()),
        Party.valueOf(incident.getOwner().name()),
        severity == Severity.UNKNOWN ? Level.SEV4 : Level.valueOf(severity.name()),
        incident.getRootCells().stream().map(SliceEvidence::getSlice).toList());
  }
}
