package io.tillwatch.triage.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.advice.Outage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: a model moves confidences within bounds and adds, and takes nothing away. Method: a table;
 * classes by their first letters, {@code *} for what the model wrote.
 */
class MergeTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "|",
      value = {
        // shown | playbooks | model | merged
        "PSP_OUTAGE   | PSP_OUTAGE 0.60, RATE_LIMITED 0.20 | ''                | PSP_OUTAGE 0.60,"
            + " RATE_LIMITED 0.20",
        "PSP_OUTAGE   | PSP_OUTAGE 0.60, RATE_LIMITED 0.20 | PSP_OUTAGE 0.70   | PSP_OUTAGE 0.65,"
            + " RATE_LIMITED 0.20",
        "PSP_OUTAGE   | PSP_OUTAGE 0.20, RATE_LIMITED 0.10 | PSP_OUTAGE 0.90   | PSP_OUTAGE 0.40,"
            + " RATE_LIMITED 0.10",
        "PSP_OUTAGE   | PSP_OUTAGE 0.60, RATE_LIMITED 0.20 | PSP_OUTAGE 0.10   | PSP_OUTAGE 0.40,"
            + " RATE_LIMITED 0.20",
        "PSP_OUTAGE   | PSP_OUTAGE 0.60                    | RETRY_STORM 0.50  | PSP_OUTAGE 0.60,"
            + " RETRY_STORM 0.50*",
        "PSP_OUTAGE   | PSP_OUTAGE 0.30, RATE_LIMITED 0.20 | RETRY_STORM 0.90  | PSP_OUTAGE 0.30,"
            + " RETRY_STORM 0.60*, RATE_LIMITED 0.20",
        "RATE_LIMITED | RATE_LIMITED 0.20, PSP_OUTAGE 0.25 | PSP_OUTAGE 0.85   | RATE_LIMITED 0.20,"
            + " PSP_OUTAGE 0.45",
        "UNKNOWN      | UNKNOWN 0.20                       | RETRY_STORM 0.50  | RETRY_STORM 0.50*,"
            + " UNKNOWN 0.20",
        "UNKNOWN      | UNKNOWN 0.20                       | UNKNOWN 0.20      | UNKNOWN 0.20,"
            + " UNKNOWN 0.20*",
        "PSP_OUTAGE   | PSP_OUTAGE 0.60 | SLOW_DRIFT 0.5, RETRY_STORM 0.4, MIX_SHIFT 0.3,"
            + " TELEMETRY_GAP 0.2 | PSP_OUTAGE 0.60, SLOW_DRIFT 0.50*, RETRY_STORM 0.40*, MIX_SHIFT"
            + " 0.30*",
      })
  void bothAreLaidOverEachOther(
      IncidentClass shown, String playbooks, String model, String merged) {
    List<Hypothesis> own = hypotheses(playbooks);
    List<Hypothesis> both =
        Merge.of(own, advice(hypotheses(model)), Outage.incident().build().getEvidence(), shown);
    assertThat(written(both)).isEqualTo(merged);
    assertThat(both).extracting(Hypothesis::getRank).doesNotHaveDuplicates().startsWith(1);
    assertThat(Merge.ofPlaybooks(both)).containsExactlyInAnyOrderElementsOf(own);
  }

  @Test
  void whoSaidWhatIsKept() {
    Incident incident = Outage.incident().build();
    List<Hypothesis> both =
        Merge.of(incident, advice(hypotheses("DEPLOY_REGRESSION 0.51, RETRY_STORM 0.1")));
    Hypothesis moved = both.get(1);
    assertThat(moved.getAuthor()).isEqualTo("playbook");
    assertThat(moved.getStatement()).isEqualTo("A playbook says so.");
    assertThat(moved.getPlaybookConfidence()).isEqualTo(0.31);
    assertThat(moved.getConfidence()).isEqualTo(0.41);
    assertThat(moved.getAdviser()).isEqualTo("some-model");
    assertThat(moved.getRemark()).isEqualTo("A playbook says so. (E1)");
    Hypothesis added = both.get(2);
    assertThat(added.getAuthor()).isEqualTo("some-model");
    assertThat(added.getPlaybookConfidence()).isNull();
    assertThat(added.getNeedsApproval()).isTrue();
  }

  @Test
  void adviceOnEvidenceThatIsGoneIsLeftOut() {
    Incident without = Outage.incident().setEvidence(List.of()).build();
    assertThat(Merge.of(without, advice(hypotheses("RETRY_STORM 0.5, DEPLOY_REGRESSION 0.9"))))
        .isEqualTo(without.getHypotheses());
  }

  @Test
  void whatIsNoAdviceTakesBackWhatWasSaidBefore() {
    Incident incident = Outage.incident().build();
    Incident advised =
        Outage.incident()
            .setHypotheses(Merge.of(incident, advice(hypotheses("RETRY_STORM 0.5"))))
            .build();
    Advice silent =
        Advice.newBuilder(advice(List.of())).setOutcome(AdviceOutcome.ABSTAINED).build();
    assertThat(Merge.of(advised, silent)).isEqualTo(incident.getHypotheses());
  }

  private static List<Hypothesis> hypotheses(String text) {
    List<Hypothesis> all = new ArrayList<>();
    for (String each : text.split(",")) {
      if (!each.isBlank()) {
        String[] words = each.strip().split(" ");
        all.add(
            Outage.playbook(
                all.size() + 1,
                IncidentClass.valueOf(words[0]),
                Owner.PSP,
                Double.parseDouble(words[1])));
      }
    }
    return all;
  }

  private static Advice advice(List<Hypothesis> said) {
    return Advice.newBuilder()
        .setAdviceId("advice-a")
        .setIncidentId("INC-A")
        .setTenant("default")
        .setEpisode(1)
        .setRevision(1)
        .setAuthor("some-model")
        .setOutcome(AdviceOutcome.ADVISED)
        .setHypotheses(said)
        .setAt(Outage.NOW)
        .build();
  }

  private static String written(List<Hypothesis> hypotheses) {
    return hypotheses.stream()
        .map(each ->
            "%s %.2f%s"
                .formatted(
                    each.getIncidentClass(),
                    each.getConfidence(),
                    each.getAuthor().equals("playbook") ? "" : "*"))
        .collect(Collectors.joining(", "));
  }
}
