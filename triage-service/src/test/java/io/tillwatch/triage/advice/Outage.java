package io.tillwatch.triage.advice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.gateway.policy.Disclosure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** An outage of a part of northpay, with five pieces of evidence, and how it is disclosed. */
public final class Outage {

  public static final Instant NOW = Samples.ONSET.plusSeconds(300);

  static final RuleBook RULES = RuleBook.defaults();

  private static final Set<String> DISCLOSED =
      Set.of("incidentId", "evidenceId", "statement", "incidentClass", "passage", "text", "title");

  private Outage() {}

  public static Incident.Builder incident() {
    return Samples.incident("INC-A")
        .setEvidence(
            List.of(
                piece(
                    "E1",
                    EvidenceKind.ROOT_CELL,
                    "northpay · eu-west: 200 of 800 succeeded, 740 expected",
                    Map.of("events", 800.0, "successes", 200.0, "expectedSuccesses", 740.0)),
                piece(
                    "E2",
                    EvidenceKind.REASON_SHIFT,
                    "gateway_error: 1 % of events before, 72 % since",
                    Map.of("shareBefore", 0.0123, "shareSince", 0.7184)),
                piece(
                    "E3",
                    EvidenceKind.LATENCY,
                    "p95 of latency: 420 ms before, 5283 ms since",
                    Map.of("beforeMillis", 420.0, "sinceMillis", 5283.0)),
                piece(
                    "E4",
                    EvidenceKind.CHANGE,
                    "deploy at 02:58 UTC: connector-2.14.0 to northpay",
                    Map.of()),
                piece(
                    "E5",
                    EvidenceKind.STATUS_PAGE,
                    "northpay says at 03:05 UTC (major): elevated errors in eu-west",
                    Map.of())))
        .setHypotheses(
            List.of(
                playbook(1, IncidentClass.PSP_PARTIAL_OUTAGE, Owner.PSP, 0.62),
                playbook(2, IncidentClass.DEPLOY_REGRESSION, Owner.US, 0.31)));
  }

  static Evidence piece(
      String id, EvidenceKind kind, String statement, Map<String, Double> values) {
    return Evidence.newBuilder()
        .setEvidenceId(id)
        .setKind(kind)
        .setSource("b1/" + id)
        .setAt(Samples.ONSET.plusSeconds(180))
        .setStatement(statement)
        .setSlice(Map.of("psp", "northpay", "region", "eu-west", "binRange", "476173"))
        .setValues(values)
        .build();
  }

  public static Hypothesis playbook(
      int rank, IncidentClass incidentClass, Owner owner, double confidence) {
    return Hypothesis.newBuilder()
        .setRank(rank)
        .setIncidentClass(incidentClass)
        .setOwner(owner)
        .setStatement("A playbook says so.")
        .setEvidenceFor(List.of("E1"))
        .setNextStep("Route this part of the traffic to another PSP.")
        .setRunbookPassage("psp-partial-outage#first-moves")
        .setNeedsApproval(true)
        .setConfidence(confidence)
        .setPlaybookConfidence(confidence)
        .build();
  }

  /** A few fields by name, and no other: stands for the policy of the gateway. */
  static Disclosure disclose(IndexedRecord record) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (DISCLOSED.contains(field.name()) && value != null) {
        node.put(field.name(), value.toString());
      }
    }
    return new Disclosure(node, Map.of("as-is", (long) node.size()));
  }

  /** An answer that holds: the reasons and the latency point to the PSP. */
  static final String SOUND =
      """
      {"hypotheses": [{
        "class": "psp_partial_outage", "owner": "psp",
        "cause": "northpay answers with gateway_error for 72 % of events and p95 rose to 5.3 s.",
        "evidence": ["E2", "E3", "E5"], "evidenceAgainst": ["E4"],
        "check": "Does eu-west of northpay do well with another connector?",
        "nextStep": "Route this part of the traffic to another PSP.",
        "runbookPassage": "psp-partial-outage#first-moves",
        "confidence": 0.9}]}\
      """;
}
