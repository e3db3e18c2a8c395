package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: alerts of other systems and incidents of before are evidence, once, and nothing more. */
class EvidenceOfOthersTest {

  private static final Instant START = Bursting.ONSET.plus(Duration.ofMinutes(2));

  private final Story story = new Story();

  @Test
  void anAlertOfThePlaceAndTimeIsEvidence() {
    story.play(0, "burst A open");

    assertThat(tell(alert("a1", 0).build(), 1)).isEqualTo(Verdict.UPDATED);

    assertThat(alerts())
        .singleElement()
        .satisfies(piece -> {
          assertThat(piece.getStatement())
              .isEqualTo("ConnectorErrors of alertmanager, since 03:02 UTC: 12 % errors");
          assertThat(piece.getSource()).isEqualTo("alert/alertmanager/a1");
          assertThat(piece.getAt()).isEqualTo(START);
          assertThat(piece.getSlice()).isEqualTo(Map.of("psp", "NorthPay"));
        });
    assertThat(story.log.getLast().getText()).startsWith("E10: ConnectorErrors");
  }

  @Test
  void anAlertThatCameFirstIsThereWhenTheIncidentOpens() {
    assertThat(tell(alert("a1", -5).build(), 0)).isEqualTo(Verdict.REMEMBERED);

    story.play(1, "burst A open");

    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anAlertTellsNobodyAndOpensNothing() {
    story.play(0, "burst A open");
    int before = story.actions.size();

    tell(alert("a1", 0).build(), 1);
    tell(alert("a2", 0).setLabels(Map.of("psp", "southpay")).build(), 2);

    assertThat(story.actions).hasSize(before);
    assertThat(story.state.cases()).hasSize(1);
  }

  @Test
  void anAlertOfAnotherPlaceOrTimeIsNone() {
    story.play(0, "burst A open");

    tell(alert("a1", 0).setLabels(Map.of("psp", "southpay")).build(), 1);
    tell(alert("a2", 0).setLabels(Map.of("instance", "10.0.0.1:9100")).build(), 1);
    tell(alert("a3", 0).setLabels(Map.of("psp", "northpay", "region", "us-east")).build(), 1);
    tell(alert("a4", -120).build(), 1);

    assertThat(alerts()).isEmpty();
  }

  @Test
  void aLabelThatMeansSomethingElseElsewhereDoesNotContradict() {
    story.play(0, "burst A open");

    tell(alert("a1", 0).setLabels(Map.of("psp", "northpay", "method", "POST")).build(), 1);

    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anAlertThatIsOverEndsAndKeepsItsId() {
    story.play(0, "burst A open");
    tell(alert("a1", 0).build(), 1);
    String id = alerts().getFirst().getEvidenceId();

    Instant end = START.plus(Duration.ofMinutes(4));
    tell(alert("a1", 0).setResolved(true).setAt(end).build(), 4);

    assertThat(alerts()).map(Evidence::getEvidenceId).containsExactly(id);
    assertThat(alerts().getFirst().getStatement()).contains("from 03:02 UTC to 03:06 UTC");
  }

  @Test
  void whatIsToldAgainOrTooLateChangesNothing() {
    tell(alert("a1", 0).build(), 1);

    assertThat(tell(alert("a1", 0).setAt(START.plusSeconds(900)).build(), 15))
        .isEqualTo(Verdict.DUPLICATE);
    assertThat(tell(alert("a1", 0).setResolved(true).build(), 16)).isEqualTo(Verdict.REMEMBERED);
    assertThat(tell(alert("a1", 0).build(), 17)).isEqualTo(Verdict.DUPLICATE);
    assertThat(tell(alert("a1", 30).build(), 30)).isEqualTo(Verdict.REMEMBERED);
    assertThat(tell(alert("a1", 0).setResolved(true).build(), 31)).isEqualTo(Verdict.DUPLICATE);
    assertThat(story.state.docket().getAlerts()).hasSize(1);
  }

  @Test
  void alertsAreBoundedAndWhatIsOverGivesWayFirst() {
    tell(alert("firing", 0).build(), 0);
    for (int i = 0; i < 2 * DeskLimits.RECENT_MAX; i++) {
      tell(alert("over-" + i, 0).setResolved(true).build(), 1);
    }

    assertThat(story.state.docket().getAlerts())
        .hasSize(DeskLimits.RECENT_MAX)
        .map(ExternalAlert::getAlertId)
        .contains("firing", "over-63")
        .doesNotContain("over-0");
  }

  @Test
  void whatCameBackSaysSoAndShowsHowItEndedLastTime() {
    outage("A", 0);
    story.play(21, "review A");
    story.play(300, "burst A2 open");

    Incident again = story.incidentOf("A2");
    Incident before = story.incidentOf("A");
    assertThat(again.getRecurrenceOf()).isNull(); // confirmed to be of another class
    assertThat(similar(again))
        .singleElement()
        .satisfies(piece -> {
          assertThat(piece.getSource()).isEqualTo("incident/" + before.getIncidentId());
          assertThat(piece.getAt()).isEqualTo(before.getResolvedAt());
        });
  }

  @Test
  void theSameClassInTheSamePlaceIsARecurrence() {
    outage("A", 0);
    String first = story.incidentOf("A").getIncidentId();

    story.play(300, "burst A2 open");

    Incident again = story.incidentOf("A2");
    assertThat(again.getRecurrenceOf()).isEqualTo(first);
    assertThat(again.getRecurrences()).isEqualTo(1);
    assertThat(again.getTitle()).endsWith("psp_partial_outage, again");
    assertThat(story.actions.getLast().getDetails())
        .containsEntry("cameBack", "1 before, the last one " + first);
    assertThat(story.log)
        .filteredOn(entry -> entry.getIncidentId().equals(again.getIncidentId()))
        .map(IncidentLogEntry::getText)
        .anyMatch(text -> text.startsWith("came back: 1 of this class in this place before"));
    assertThat(similar(again))
        .singleElement()
        .satisfies(piece ->
            assertThat(piece.getStatement())
                .startsWith(
                    first
                        + " of 2026-11-20, alike by 90 %: northpay · eu-west, psp_partial_outage,"
                        + " not confirmed; over after 17 min"));
  }

  @Test
  void anotherPspOrALongTimeAgoIsNoRecurrence() {
    outage("A", 0);

    story.play(300, "burst S open");
    assertThat(story.incidentOf("S").getRecurrenceOf()).isNull();
    assertThat(similar(story.incidentOf("S"))).isEmpty();

    story.play(21 * 24 * 60, "burst A2 open");
    assertThat(story.incidentOf("A2").getRecurrenceOf()).isNull();
  }

  private void outage(String name, int minute) {
    story.play(minute, "burst " + name + " open");
    story.play(minute + 10, "burst " + name + " recovering");
    story.play(minute + 12, "burst " + name + " closed");
    story.play(minute + 17, "tick");
  }

  private Verdict tell(ExternalAlert alert, int minute) {
    return story
        .decide(new Input.AlertSeen(alert), START.plus(Duration.ofMinutes(minute)))
        .verdict();
  }

  private List<Evidence> alerts() {
    return story.incidentOf("A").getEvidence().stream()
        .filter(piece -> piece.getKind() == EvidenceKind.EXTERNAL_ALERT)
        .toList();
  }

  private static List<Evidence> similar(Incident incident) {
    return incident.getEvidence().stream()
        .filter(piece -> piece.getKind() == EvidenceKind.SIMILAR_INCIDENT)
        .toList();
  }

  private static ExternalAlert.Builder alert(String id, int minute) {
    return ExternalAlert.newBuilder()
        .setAlertId(id)
        .setSource("alertmanager")
        .setName("ConnectorErrors")
        .setLabels(Map.of("psp", "NorthPay", "severity", "critical"))
        .setSummary("12 % errors")
        .setStartsAt(START.plus(Duration.ofMinutes(minute)))
        .setAt(START.plus(Duration.ofMinutes(minute)));
  }
}
