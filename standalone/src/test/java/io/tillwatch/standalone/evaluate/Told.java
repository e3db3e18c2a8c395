package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.evaluate.GoldenCase.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Answers for tests, all at one PSP. */
final class Told {

  static {
    TrustedClasses.declare();
  }

  static final Instant AT = Instant.parse("2026-03-10T14:00:00Z");
  static final Map<String, String> PLACE = Map.of("psp", "northpay");

  private Told() {}

  static Mark mark(IncidentClass truth, Owner owner, IncidentClass answer, double confidence) {
    return Mark.of(
        golden(truth, owner),
        new Answer(
            incident(answer),
            AT,
            List.of(hypothesis(answer, confidence, "northpay fails: 86 % → 4 %.", "E1"))));
  }

  static Mark nobody(IncidentClass truth, Owner owner) {
    return Mark.of(golden(truth, owner), new Answer(null, AT, List.of()));
  }

  static GoldenCase golden(IncidentClass truth, Owner owner) {
    Label label = new Label(truth, owner, Slice.of(PLACE), AT, AT.plusSeconds(600));
    return new GoldenCase("1-" + truth, 1, Source.BUILT, label, List.of(), List.of());
  }

  /** Whose it is follows from the class as shipped, for those that tests use. */
  static Incident incident(IncidentClass answer) {
    return Incident.newBuilder()
        .setIncidentId("INC-1")
        .setTenant("default")
        .setRevision(1)
        .setState(IncidentState.OPEN)
        .setIncidentClass(answer)
        .setOwner(answer == IncidentClass.UNKNOWN ? Owner.UNKNOWN : Owner.PSP)
        .setSeverity(Severity.SEV2)
        .setTitle("northpay")
        .setRule("auth-success-rate")
        .setKind(EventKind.AUTH)
        .setKpi(Kpi.SUCCESS_RATE)
        .setRootCells(List.of(new SliceEvidence(PLACE, 100L, 4L, 86.0, 20.0)))
        .setBurstIds(List.of("b1"))
        .setStartedAt(AT)
        .setDetectedAt(AT)
        .setUpdatedAt(AT)
        .setObserved(0.04)
        .setExpected(0.86)
        .setApprovalsLost(82)
        .setEvidence(
            List.of(
                Evidence.newBuilder()
                    .setEvidenceId("E1")
                    .setKind(EvidenceKind.VOLUME)
                    .setSource("b1/impact")
                    .setAt(AT)
                    .setStatement("approvals 86 % → 4 % since 14:00 UTC")
                    .build()))
        .build();
  }

  static Hypothesis hypothesis(
      IncidentClass incidentClass, double confidence, String statement, String... cited) {
    return Hypothesis.newBuilder()
        .setRank(1)
        .setIncidentClass(incidentClass)
        .setOwner(Owner.PSP)
        .setStatement(statement)
        .setEvidenceFor(List.of(cited))
        .setConfidence(confidence)
        .build();
  }
}
