package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Goal: every way through the life of an incident does what people expect, and nothing twice.
 *
 * <p>Method: stories as a table, one input a line, its last column what must follow.
 */
class IncidentDeskTest {

  @TestFactory
  Stream<DynamicTest> storiesGoAsTold() throws IOException {
    return stories().entrySet().stream()
        .map(story -> DynamicTest.dynamicTest(story.getKey(), () -> play(story.getValue())));
  }

  private static void play(List<String> lines) {
    Story story = new Story();
    for (String line : lines) {
      String[] columns = line.split("\\|");
      String followed = story.play(Integer.parseInt(columns[0].strip()), columns[1]);
      assertThat(followed).as(line).isEqualTo(columns[2].strip());
    }
    assertThat(LogChain.verify(story.log)).isEmpty();
    assertThat(story.actions).map(Action::getActionId).doesNotHaveDuplicates();
  }

  private static Map<String, List<String>> stories() throws IOException {
    Map<String, List<String>> stories = new LinkedHashMap<>();
    try (InputStream in = IncidentDeskTest.class.getResourceAsStream("stories.txt")) {
      String name = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("== ")) {
          name = line.substring(3);
          stories.put(name, new ArrayList<>());
        } else if (!line.isBlank() && !line.startsWith("#")) {
          stories.get(name).add(line);
        }
      }
    }
    return stories;
  }

  @Test
  void anIncidentSaysWhatBrokeWhereSinceWhenAndHowMuch() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(0, "result A pager.trigger done p1");
    story.play(0, "result A ticket.create done PAY-7");

    Incident incident = story.incidentOf("A");

    assertThat(incident.getIncidentId()).matches("INC-[0-9A-F]{8}");
    assertThat(incident.getTitle())
        .isEqualTo("northpay · eu-west: approvals 86 % → 4 %, psp_partial_outage");
    assertThat(incident.getOwner()).hasToString("PSP");
    assertThat(incident.getRootCells().getFirst().getSlice())
        .isEqualTo(Map.of("psp", "northpay", "region", "eu-west"));
    assertThat(incident.getStartedAt()).isEqualTo(Bursting.ONSET);
    assertThat(incident.getPagedAt()).isNotNull();
    assertThat(incident.getTicket()).isEqualTo("PAY-7");
    assertThat(incident.getApprovalsLost()).isEqualTo(98);
    assertThat(incident.getAmountAtRisk())
        .hasToString("[{\"currency\": \"EUR\", \"amountMinor\": 490000}]");
    assertThat(incident.getLinks()).containsOnlyKeys("tillwatch", "runbook");
    assertThat(incident.getRevision()).isEqualTo(3);
    assertThat(incident.getBurstIds()).containsExactly("burst-A");
  }

  @Test
  void aPagerThatIsSwitchedOffPagesNobodyAndAlarmsNobody() {
    Story story = new Story();
    story.play(0, "burst A open");

    assertThat(story.play(1, "result A pager.trigger off")).isEqualTo("updated open/1 sev2");

    assertThat(story.incidentOf("A").getPagedAt()).isNull();
    assertThat(story.log.getLast().getText()).endsWith("/pager/trigger: as the other side says");
  }

  @Test
  void lossesOfNestedCellsAreNotCountedTwice() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "burst P open");
    story.play(2, "burst C open");

    assertThat(story.incidentOf("A").getApprovalsLost()).isEqualTo(98);
  }

  @Test
  void theRootCellsStayThoseOfTheAuthorisationsWhateverFollowsFromThem() {
    Story story = new Story();
    story.play(0, "burst C open");
    story.play(1, "burst A open");
    story.play(4, "burst A closed");

    assertThat(story.incidentOf("C").getKind()).hasToString("AUTH");
    assertThat(story.incidentOf("C").getState()).hasToString("OPEN");
    assertThat(story.incidentOf("C").getDetectedAt())
        .isEqualTo(Bursting.ONSET.plus(Duration.ofMinutes(2)));
  }

  @Test
  void aDeskIsTheSameAfterItsEntriesAreStoredAndRead() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "burst S open");
    story.play(2, "change deploy northpay");

    List<DeskEntry> stored = story.state.entries().stream().map(StoredEntry::value).toList();

    assertThat(DeskState.restore(stored)).isEqualTo(Map.of("acme", story.state));
  }

  @Test
  void timeNeverGoesBackOnTheDesk() {
    Story story = new Story();
    story.play(30, "burst A open");
    story.play(10, "ack A");

    assertThat(story.log).map(IncidentLogEntry::getAt).isSorted();
  }
}
