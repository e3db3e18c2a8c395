package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    assertThat(incident.getIncidentId()).matches("INC-[0-9A-F]{12}");
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

  /** Seen: failed deliveries were delivered again, late, and the PSP was asked what held them. */
  @Test
  void whatFailsStandsForTheIncidentAndNotWhatComesLateForIt() {
    Map<String, String> north = Map.of("psp", "northpay");
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(2));
    Burst failures =
        Bursting.outage("failures", EventKind.WEBHOOK, north)
            .setKpi(Kpi.WEBHOOK_FAILURE)
            .setRule("webhook-webhook-failure")
            .setExpected(0.003)
            .setObserved(0.8)
            .build();
    Burst lag =
        Burst.newBuilder(failures)
            .setBurstId("lag")
            .setKpi(Kpi.WEBHOOK_LAG)
            .setRule("webhook-webhook-lag")
            .setExpected(2_500)
            .setObserved(90_000)
            .build();
    Story story = new Story();
    story.decide(new Input.BurstSeen(failures), now);
    story.decide(new Input.BurstSeen(lag), now.plusSeconds(60));

    assertThat(story.published.values())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.getBurstIds()).hasSize(2);
          assertThat(incident.getKpi()).isEqualTo(Kpi.WEBHOOK_FAILURE);
          assertThat(incident.getIncidentClass()).hasToString("WEBHOOK_DELIVERY_FAILURE");
        });
  }

  /**
   * Seen: other reasons showed around an outage before it was located, and paged a second time; and
   * then whatever broke within two hours was told as the return of that.
   */
  @Test
  void otherReasonsAroundAnOutageArePartOfItAndNoPlaceToComeBackTo() {
    Story story = new Story();
    Burst failures = outageIn(Map.of("region", "eu-west", "scheme", "visa")).build();
    Burst mix = mixAround(failures, Map.of());
    story.decide(new Input.BurstSeen(failures), minute(0));
    story.decide(new Input.BurstSeen(mix), minute(1));
    story.decide(new Input.BurstSeen(Burst.newBuilder(mix).setRevision(2).build()), minute(2));
    assertThat(story.published.values())
        .singleElement()
        .satisfies(one -> assertThat(one.getBurstIds()).hasSize(2));

    story.decide(new Input.BurstSeen(closed(failures, 5)), minute(5));
    story.decide(new Input.BurstSeen(closed(mix, 5)), minute(5));
    story.decide(new Input.Tick(), minute(20));
    Burst other =
        outageIn(Map.of("psp", "southpay"))
            .setOnsetAt(minute(58))
            .setDetectedAt(minute(60))
            .build();
    story.decide(new Input.BurstSeen(other), minute(60));
    assertThat(story.published.values()).extracting(Incident::getEpisode).containsExactly(1, 1);
  }

  /** While the mix burns on, what another PSP fails with an hour later has a page of its own. */
  @ParameterizedTest
  @MethodSource("aroundEverything")
  void otherReasonsAroundAnOutageDrawNoOtherIn(Map<String, String> around) {
    Story story = new Story();
    Burst failures = outageIn(Map.of("psp", "northpay", "region", "eu-west")).build();
    story.decide(new Input.BurstSeen(failures), minute(0));
    story.decide(new Input.BurstSeen(mixAround(failures, around)), minute(1));

    Decision other =
        story.decide(new Input.BurstSeen(later(Map.of("psp", "southpay"), 60)), minute(60));

    assertThat(other.verdict()).isEqualTo(Verdict.OPENED);
    assertThat(other.actions()).extracting(Action::getVerb).contains(ActionVerb.TRIGGER);
  }

  @ParameterizedTest
  @MethodSource("aroundEverything")
  void otherReasonsAroundAnOutageMakeNoOtherItsReturn(Map<String, String> around) {
    Story story = new Story();
    Burst failures = outageIn(Map.of("psp", "northpay", "region", "eu-west")).build();
    Burst mix = mixAround(failures, around);
    story.decide(new Input.BurstSeen(failures), minute(0));
    story.decide(new Input.BurstSeen(mix), minute(1));
    story.decide(new Input.BurstSeen(closed(failures, 5)), minute(5));
    story.decide(new Input.BurstSeen(closed(mix, 5)), minute(5));
    story.decide(new Input.Tick(), minute(20));

    Burst other = later(Map.of("psp", "southpay", "region", "eu-west"), 60);

    assertThat(story.decide(new Input.BurstSeen(other), minute(60)).verdict())
        .isEqualTo(Verdict.OPENED);
  }

  static List<Map<String, String>> aroundEverything() {
    return List.of(Map.of(), Map.of("region", "eu-west"));
  }

  /** Until anything but other reasons is known, the failures that began with them are theirs. */
  @Test
  void failuresThatBeganWithOtherReasonsJoinThemAndLaterOnesDoNot() {
    Story story = new Story();
    Burst failures = outageIn(Map.of("psp", "northpay", "region", "eu-west")).build();
    story.decide(new Input.BurstSeen(mixAround(failures, Map.of())), minute(0));

    Decision first = story.decide(new Input.BurstSeen(failures), minute(1));
    Decision second =
        story.decide(new Input.BurstSeen(later(Map.of("psp", "southpay"), 2)), minute(2));

    assertThat(first.verdict()).isEqualTo(Verdict.JOINED);
    assertThat(second.verdict()).isEqualTo(Verdict.OPENED);
  }

  private static Burst mixAround(Burst failures, Map<String, String> slice) {
    return Burst.newBuilder(failures)
        .setBurstId("mix")
        .setKpi(Kpi.REASON_MIX)
        .setRootCells(outageIn(slice).getRootCells())
        .setApprovalsLost(0)
        .build();
  }

  private static Burst later(Map<String, String> slice, int minute) {
    return outageIn(slice).setOnsetAt(minute(minute - 2)).setDetectedAt(minute(minute)).build();
  }

  @Test
  void whatWasLostStaysLostWhenAnotherKindLeads() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "burst W open");
    story.play(5, "burst A closed");
    assertThat(story.play(20, "burst C open")).startsWith("joined");

    assertThat(story.incidentOf("A").getKind()).isEqualTo(EventKind.CAPTURE);
    assertThat(story.incidentOf("A").getApprovalsLost()).isEqualTo(98);
    assertThat(story.incidentOf("A").getAmountAtRisk()).isNotEmpty();
  }

  /** Seen: the page of the part that failed now had the cells and figures of an hour before. */
  @Test
  void whatComesBackInAPartSpeaksOfThatPart() {
    Story story = new Story();
    story.play(0, "burst P open");
    story.play(10, "burst P closed");
    story.play(20, "tick");
    assertThat(story.play(60, "burst A open")).startsWith("reopened");
    assertThat(story.incidentOf("P").getRootCells().getFirst().getSlice())
        .isEqualTo(Map.of("psp", "northpay", "region", "eu-west"));
  }

  private static Burst.Builder outageIn(Map<String, String> slice) {
    return Bursting.outage("burst" + slice.hashCode(), EventKind.AUTH, slice);
  }

  private static Burst closed(Burst burst, int minute) {
    return Burst.newBuilder(burst)
        .setRevision(9)
        .setState(BurstState.CLOSED)
        .setClosedAt(minute(minute))
        .build();
  }

  private static Instant minute(int number) {
    return Bursting.ONSET.plus(Duration.ofMinutes(2L + number));
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
  void aReviewedIncidentKeepsItsLabelWhenItsBurstBurnsAgain() {
    Story story = new Story();
    story.play(0, "burst A open");
    String reviewed = story.incidentOf("A").getIncidentId();
    story.play(5, "burst A closed");
    story.play(10, "tick");
    story.play(11, "review A rate_limited");
    story.play(12, "burst A open");

    assertThat(story.incidentOf("A").getIncidentId()).isNotEqualTo(reviewed);
    assertThat(story.state.cases().get(reviewed).getIncident().getIncidentClass())
        .hasToString("RATE_LIMITED");
    assertThat(story.log)
        .map(IncidentLogEntry::getText)
        .anyMatch(text -> text.startsWith("burns after the review of " + reviewed + ": "));
  }

  @Test
  void aStaleCommandIsRefusedInTheLogWithItsReason() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "ack A 2");

    assertThat(story.log.getLast().getEvent()).isEqualTo(IncidentEvent.REFUSED);
    assertThat(story.log.getLast().getText())
        .isEqualTo(
            "acknowledge refused: it was meant for episode 2, this is episode 1 (command"
                + " command-1)");
  }

  /** With the id of the one before, the pager would take its page for one that it has resolved. */
  @Test
  void whatBurnsOnAfterItsIncidentWasPutAwayIsAnotherIncident() {
    Story story = new Story();
    story.play(0, "burst A open");
    String before = story.incidentOf("A").getIncidentId();
    story.play(1, "resolve A");
    fillWithWhatIsOver(story);
    assertThat(story.state.cases()).doesNotContainKey(before);

    assertThat(story.play(5, "burst A open")).startsWith("opened open/1 sev2 pager.trigger");

    assertThat(story.incidentOf("A").getIncidentId()).isNotEqualTo(before);
    assertThat(story.actions).map(Action::getActionId).doesNotHaveDuplicates();
    assertThat(story.actions)
        .filteredOn(action -> action.getVerb() == ActionVerb.TRIGGER)
        .map(Action::getDedupKey)
        .doesNotHaveDuplicates();
  }

  /** As many as are remembered, all younger than what was there. */
  private static void fillWithWhatIsOver(Story story) {
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(4));
    for (int i = 0; i < DeskLimits.RESOLVED_MAX; i++) {
      Burst small =
          Bursting.outage("small-" + i, EventKind.AUTH, Map.of("merchant", "m" + i)).build();
      Incident opened = story.decide(new Input.BurstSeen(small), now).incidents().getFirst();
      Command over =
          Command.newBuilder()
              .setCommandId("over-" + i)
              .setTenant(opened.getTenant())
              .setIncidentId(opened.getIncidentId())
              .setVerb(CommandVerb.RESOLVE)
              .setAuthor("ada")
              .setAt(now)
              .build();
      story.decide(new Input.CommandGiven(over), now);
    }
    story.decide(new Input.Tick(), now);
  }

  @Test
  void whatGaveWayOnAFullDeskIsTakenUpAgainWhenItIsWorse() {
    Story story = new Story();
    String mildest = full(story);
    story.play(2, "burst S open");
    assertThat(story.state.cases().get(mildest).getIncident().getState()).hasToString("RESOLVED");
    Burst mild = story.state.cases().get(mildest).getBursts().getFirst();
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(5));

    Decision still = story.decide(new Input.BurstSeen(next(mild, 1, 0.1)), now);
    Decision worse = story.decide(new Input.BurstSeen(next(mild, 2, 20)), now);

    assertThat(still.verdict()).isEqualTo(Verdict.DESK_FULL);
    assertThat(worse.verdict()).isEqualTo(Verdict.REOPENED);
    assertThat(worse.actions()).map(Action::getDedupKey).contains(mildest + "/2");
    assertThat(
            story.state.cases().values().stream()
                .filter(known -> IncidentLife.live(known.getIncident().getState())))
        .hasSize(DeskLimits.LIVE_MAX);
  }

  /** A desk full of what is too small to be told; answers the one that gives way first. */
  private static String full(Story story) {
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(2));
    String first = "";
    for (int i = 0; i < DeskLimits.LIVE_MAX; i++) {
      Burst burst =
          Bursting.outage("burst-" + i, EventKind.AUTH, Map.of("merchant", "m" + i))
              .setOnsetAt(Bursting.ONSET.plus(Duration.ofMillis(i)))
              .setApprovalsLostPerMinute(0.1)
              .setShareOfTraffic(0.0001)
              .setAmountAtRisk(List.of())
              .build();
      Decision decision = story.decide(new Input.BurstSeen(burst), now);
      first = i == 0 ? decision.incidents().getFirst().getIncidentId() : first;
    }
    return first;
  }

  private static Burst next(Burst burst, int revisions, double lost) {
    return Burst.newBuilder(burst)
        .setRevision(burst.getRevision() + revisions)
        .setApprovalsLostPerMinute(lost)
        .build();
  }

  @Test
  void anIncidentWithoutRoomIsNotMergedInto() {
    Story story = new Story();
    story.play(0, "burst A open");
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(3));
    for (int i = 1; i < DeskLimits.BURSTS_MAX; i++) {
      Burst more =
          Bursting.outage(
                  "burst-" + i, EventKind.AUTH, Map.of("psp", "northpay", "region", "eu-west"))
              .build();
      assertThat(story.decide(new Input.BurstSeen(more), now).verdict()).isEqualTo(Verdict.JOINED);
    }
    story.play(2, "burst S open");

    assertThat(story.play(3, "merge S A")).isEqualTo("not_allowed open/1 sev2");

    assertThat(story.log.getLast().getText()).contains("has no room for 1 bursts more");
    assertThat(story.incidentOf("S").getState()).hasToString("OPEN");
  }

  @Test
  void whatWasPartedFromAPartStaysApartFromTheWhole() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "burst C open");
    story.play(2, "split A C");
    story.play(3, "burst S open");
    story.play(4, "merge A S");

    assertThat(story.play(5, "burst P open")).startsWith("joined");
    assertThat(story.play(6, "burst P open")).startsWith("updated");
    assertThat(story.incidentOf("C").getIncidentId())
        .isNotEqualTo(story.incidentOf("S").getIncidentId());
    String whole = story.incidentOf("S").getIncidentId();
    assertThat(story.state.cases().get(whole).getSplitOff()).containsExactly("burst-C");
  }

  @Test
  void timeNeverGoesBackOnTheDesk() {
    Story story = new Story();
    story.play(30, "burst A open");
    story.play(10, "ack A");

    assertThat(story.log).map(IncidentLogEntry::getAt).isSorted();
  }
}
