package io.tillwatch.triage.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.incident.Bursting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Goal: what is told as alike is alike, confirmed stories first, in the same order every time. */
class LikenessTest {

  private static final RuleBook RULES = RuleBook.defaults();
  private static final Map<String, String> CELL = Map.of("psp", "northpay", "region", "eu-west");
  private static final Instant ENDED = Instant.parse("2026-11-12T04:00:00Z");

  private final Analyst analyst = new Analyst(RULES, 40);

  @Test
  void theSameStoryIsAlikeAndSaysHowItEnded() {
    Evidence helped =
        Evidence.newBuilder()
            .setEvidenceId("E20")
            .setKind(EvidenceKind.OTHER)
            .setSource("mitigation/1")
            .setAt(ENDED)
            .setStatement("mitigated by ada: moved to southpay")
            .build();

    List<Evidence> alike =
        alike(
            past(
                "INC-1",
                CELL,
                incident ->
                    incident
                        .setState(IncidentState.REVIEWED)
                        .setConfirmedCause("a load balancer of theirs")
                        .setEvidence(List.of(helped))));

    assertThat(alike)
        .singleElement()
        .satisfies(piece -> {
          assertThat(piece.getStatement())
              .isEqualTo(
                  "INC-1 of 2026-11-12, alike by 100 %: northpay · eu-west, psp_partial_outage,"
                      + " confirmed: a load balancer of theirs; over after 42 min; mitigated by"
                      + " ada: moved to southpay");
          assertThat(piece.getValues()).isEqualTo(Map.of("likeness", 1.0, "minutes", 42.0));
          assertThat(piece.getSource()).isEqualTo("incident/INC-1");
        });
  }

  @Test
  void whatIsConfirmedWeighsMore() {
    List<Evidence> alike =
        alike(
            past("INC-1", CELL, incident -> {}),
            past("INC-2", CELL, incident -> incident.setState(IncidentState.REVIEWED)));

    assertThat(alike).map(Evidence::getSource).containsExactly("incident/INC-2", "incident/INC-1");
  }

  @Test
  void theSameGuessAtAnotherPlaceIsNotEnough() {
    assertThat(alike(past("INC-1", Map.of("psp", "southpay"), incident -> {}))).isEmpty();
    assertThat(
            alike(
                past(
                    "INC-1",
                    Map.of("psp", "southpay"),
                    incident -> incident.setState(IncidentState.REVIEWED))))
        .hasSize(1);
  }

  @Test
  void anotherClassForOtherReasonsIsAnotherStory() {
    Past other =
        past(
            "INC-1",
            CELL,
            incident ->
                incident
                    .setState(IncidentState.REVIEWED)
                    .setIncidentClass(IncidentClass.RATE_LIMITED)
                    .setOwner(Owner.US));
    Burst limited =
        Burst.newBuilder(other.bursts().getFirst())
            .setReasonShifts(List.of(new ReasonShift(Reason.RATE_LIMITED, 0.0, 0.7, 84L)))
            .build();

    assertThat(alike(new Past(other.incident(), List.of(limited)))).isEmpty();
  }

  @Test
  void threeAreToldTheLatestFirstWhateverOrderTheyComeIn() {
    List<Past> many = new ArrayList<>();
    for (int day = 1; day <= 9; day++) {
      Instant ended = ENDED.minus(Duration.ofDays(day));
      many.add(past("INC-" + day, CELL, incident -> incident.setResolvedAt(ended)));
    }
    List<Evidence> first = alike(many.toArray(Past[]::new));
    Collections.reverse(many);

    assertThat(first)
        .map(Evidence::getSource)
        .containsExactly("incident/INC-1", "incident/INC-2", "incident/INC-3");
    assertThat(alike(many.toArray(Past[]::new))).isEqualTo(first);
  }

  @Test
  void whatWasAlikeNeverWeighsOnTheClass() {
    Scene alone = Scene.of(outage(), List.of(), Lately.NOTHING, RULES.correlation());
    Scene beside =
        alone.beside(
            List.of(
                past(
                    "INC-1",
                    CELL,
                    incident ->
                        incident
                            .setState(IncidentState.REVIEWED)
                            .setIncidentClass(IncidentClass.DEPLOY_REGRESSION))));

    assertThat(analyst.analyse(beside, List.of(), null).classification())
        .isEqualTo(analyst.analyse(alone, List.of(), null).classification());
  }

  private List<Evidence> alike(Past... past) {
    Scene scene =
        Scene.of(outage(), List.of(), Lately.NOTHING, RULES.correlation()).beside(List.of(past));
    return analyst.analyse(scene, List.of(), null).evidence().stream()
        .filter(piece -> piece.getKind() == EvidenceKind.SIMILAR_INCIDENT)
        .toList();
  }

  private static Burst outage() {
    return Bursting.outage("b1", EventKind.AUTH, CELL).build();
  }

  private static Past past(String id, Map<String, String> cell, Consumer<Incident.Builder> story) {
    Burst lead = Bursting.outage("then-" + id, EventKind.AUTH, cell).build();
    Incident.Builder incident =
        Samples.incident(id)
            .setState(IncidentState.RESOLVED)
            .setStartedAt(ENDED.minus(Duration.ofMinutes(44)))
            .setDetectedAt(ENDED.minus(Duration.ofMinutes(42)))
            .setResolvedAt(ENDED)
            .setRootCells(lead.getRootCells());
    story.accept(incident);
    return new Past(incident.build(), List.of(lead));
  }
}
