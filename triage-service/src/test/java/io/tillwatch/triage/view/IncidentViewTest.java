package io.tillwatch.triage.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.Samples;
import org.junit.jupiter.api.Test;

class IncidentViewTest {

  private final IncidentView view = new IncidentView();

  @Test
  void openIncidentsAreShownWorstFirstThenNewest() {
    view.apply(incident("INC-A", Severity.SEV2, 1));
    view.apply(incident("INC-B", Severity.SEV1, 2));
    view.apply(incident("INC-C", Severity.SEV2, 3));
    view.apply(over("INC-D", 4));
    assertThat(view.open())
        .extracting(Incident::getIncidentId)
        .containsExactly("INC-B", "INC-C", "INC-A");
    assertThat(view.all())
        .extracting(Incident::getIncidentId)
        .containsExactly("INC-D", "INC-C", "INC-B", "INC-A");
    assertThat(view.in(IncidentState.RESOLVED))
        .extracting(Incident::getIncidentId)
        .containsExactly("INC-D");
  }

  @Test
  void anOlderRevisionNeverReplacesANewerOne() {
    view.apply(Samples.incident("INC-A").setRevision(3).setTitle("new").build());
    view.apply(Samples.incident("INC-A").setRevision(2).setTitle("old").build());
    assertThat(view.one("INC-A").orElseThrow().getTitle()).isEqualTo("new");
  }

  @Test
  void logEntriesAreInSequenceAndOnceWhateverTheOrderOfDelivery() {
    view.apply(Samples.entry("INC-A", 2, IncidentEvent.UPDATED));
    view.apply(Samples.entry("INC-A", 1, IncidentEvent.OPENED));
    view.apply(Samples.entry("INC-A", 2, IncidentEvent.UPDATED));
    assertThat(view.log("INC-A"))
        .extracting(IncidentLogEntry::getEvent)
        .containsExactly(IncidentEvent.OPENED, IncidentEvent.UPDATED);
    assertThat(view.log("INC-B")).isEmpty();
  }

  @Test
  void beyondItsLimitItForgetsWhatIsOverForLongestAndNeverAnOpenOne() {
    view.apply(incident("INC-OPEN", Severity.SEV4, 0));
    for (int i = 0; i < IncidentView.INCIDENTS_MAX; i++) {
      view.apply(over("INC-" + i, i + 1));
    }
    assertThat(view.all()).hasSize(IncidentView.INCIDENTS_MAX);
    assertThat(view.one("INC-OPEN")).isPresent();
    assertThat(view.one("INC-0")).isEmpty();
  }

  @Test
  void aLongLogKeepsItsOpeningAndItsLatestEntries() {
    for (int i = 1; i <= IncidentView.LOG_MAX + 10; i++) {
      view.apply(Samples.entry("INC-A", i, IncidentEvent.UPDATED));
    }
    assertThat(view.log("INC-A")).hasSize(IncidentView.LOG_MAX);
    assertThat(view.log("INC-A").getFirst().getSequence()).isEqualTo(1);
    assertThat(view.log("INC-A").getLast().getSequence()).isEqualTo(IncidentView.LOG_MAX + 10);
  }

  @Test
  void openIncidentsAreGaugedBySeverity() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    new OpenGauges(view).bindTo(metrics);
    view.apply(incident("INC-A", Severity.SEV1, 1));
    view.apply(incident("INC-B", Severity.SEV1, 2));
    view.apply(over("INC-C", 3));
    assertThat(metrics.get("tillwatch.incidents.open").tag("severity", "sev1").gauge().value())
        .isEqualTo(2);
    assertThat(metrics.get("tillwatch.incidents.open").tag("severity", "sev4").gauge().value())
        .isZero();
  }

  private static Incident incident(String id, Severity severity, int second) {
    return Samples.incident(id)
        .setSeverity(severity)
        .setDetectedAt(Samples.ONSET.plusSeconds(second))
        .build();
  }

  private static Incident over(String id, int second) {
    return Samples.incident(id)
        .setState(IncidentState.RESOLVED)
        .setDetectedAt(Samples.ONSET.plusSeconds(second))
        .setUpdatedAt(Samples.ONSET.plusSeconds(second))
        .build();
  }
}
