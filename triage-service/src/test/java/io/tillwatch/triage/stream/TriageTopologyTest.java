package io.tillwatch.triage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageTopologyTest {

  @TempDir private Path folder;
  private final DeskBench.Published published = DeskBench.Published.nothing();

  /** An outage from its first burst to its resolution, one input after the other. */
  private List<Consumer<DeskBench>> story;

  @BeforeEach
  void tell() {
    story =
        List.of(
            bench -> bench.send(bench.topics.changes(), deploy()),
            bench ->
                bench.send(bench.topics.bursts(), Samples.burst(1, BurstState.OPEN, 2).build()),
            bench -> bench.send(bench.topics.status(), notice()),
            this::answerEverything,
            bench -> bench.at(Samples.ONSET.plus(Duration.ofMinutes(4))),
            bench ->
                bench.send(
                    bench.topics.bursts(),
                    Samples.burst(2, BurstState.WIDENED, 5).setApprovalsLost(180).build()),
            bench ->
                bench.send(
                    bench.topics.bursts(), Samples.burst(3, BurstState.RECOVERING, 12).build()),
            bench ->
                bench.send(bench.topics.bursts(), Samples.burst(4, BurstState.CLOSED, 16).build()),
            bench -> bench.at(Samples.ONSET.plus(Duration.ofHours(2))),
            this::answerEverything);
  }

  @Test
  void anOutageIsOneIncidentOnePageAndOneTicketFromBurstToResolution() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.forEach(step -> step.accept(bench));
    }
    assertThat(published.incidents()).extracting(Incident::getIncidentId).containsOnly(id());
    assertThat(published.incidents())
        .extracting(i -> "%d %s %s".formatted(i.getRevision(), i.getState(), paged(i)))
        .containsExactly(
            "1 OPEN not paged",
            "2 OPEN not paged",
            "3 OPEN paged 2026-11-18T03:05:00Z",
            "4 OPEN paged 2026-11-18T03:05:00Z",
            "5 OPEN paged 2026-11-18T03:05:00Z",
            "6 RECOVERING paged 2026-11-18T03:05:00Z",
            "7 RECOVERING paged 2026-11-18T03:05:00Z",
            "8 RESOLVED paged 2026-11-18T03:05:00Z");
    Incident last = published.incidents().getLast();
    assertThat(last.getTicket()).isEqualTo("TICKET-1");
    assertThat(published.actions())
        .extracting(action -> action.getTarget() + " " + action.getVerb())
        .containsExactly(
            "PAGER TRIGGER",
            "TICKET CREATE",
            "CHAT CREATE",
            "TICKET COMMENT",
            "CHAT UPDATE",
            "TICKET COMMENT",
            "CHAT UPDATE",
            "PAGER RESOLVE",
            "TICKET CLOSE",
            "CHAT RESOLVE");
    assertThat(published.actions()).extracting(Action::getActionId).doesNotHaveDuplicates();
    assertThat(published.log())
        .extracting(entry -> entry.getSequence())
        .isEqualTo(LongStream.rangeClosed(1, published.log().size()).boxed().toList());
    assertThat(published.deadLetters()).isEmpty();
  }

  /** R11: whoever is told of an incident finds the playbooks' hypotheses in its first revision. */
  @Test
  void theFirstHypothesesComeInTheTransactionThatOpensTheIncident() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      bench.send(bench.topics.bursts(), Samples.burst(1, BurstState.OPEN, 2).build());
    }
    Incident first = published.incidents().getFirst();
    assertThat(first.getRevision()).isEqualTo(1);
    assertThat(first.getHypotheses()).isNotEmpty();
    assertThat(first.getHypotheses()).allMatch(each -> !each.getEvidenceFor().isEmpty());
    assertThat(published.actions()).isNotEmpty();
  }

  @Test
  void adviceGoesThroughItsDoorAndTellsNobody() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      bench.send(bench.topics.bursts(), Samples.burst(1, BurstState.OPEN, 2).build());
      int actions = published.actions().size();
      bench.send(bench.topics.advice(), advice("northpay: gateway_error"));
      bench.send(bench.topics.advice(), advice("northpay: gateway_error"));
      bench.send(bench.topics.advice(), advice("x".repeat(2_000)));
      assertThat(published.actions()).hasSize(actions);
    }
    Incident last = published.incidents().getLast();
    assertThat(published.incidents()).hasSize(2);
    assertThat(last.getHypotheses()).extracting(Hypothesis::getAuthor).contains("some-model");
    assertThat(published.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.FIELD_TOO_LONG);
  }

  private Advice advice(String statement) {
    return Advice.newBuilder()
        .setAdviceId("advice-a")
        .setIncidentId(id())
        .setTenant("default")
        .setEpisode(1)
        .setRevision(1)
        .setAuthor("some-model")
        .setOutcome(AdviceOutcome.ADVISED)
        .setHypotheses(
            List.of(
                Hypothesis.newBuilder()
                    .setRank(1)
                    .setIncidentClass(IncidentClass.RETRY_STORM)
                    .setOwner(Owner.US)
                    .setStatement(statement)
                    .setEvidenceFor(List.of("E1"))
                    .setConfidence(0.4)
                    .build()))
        .setAt(Samples.ONSET.plus(Duration.ofMinutes(3)))
        .build();
  }

  @Test
  void aRestartBetweenAnyTwoStepsPublishesExactlyTheSame() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.forEach(step -> step.accept(bench));
    }
    for (int cut = 0; cut <= story.size(); cut++) {
      DeskBench.Published both = DeskBench.Published.nothing();
      Map<String, DeskEntry> stored = new TreeMap<>();
      try (DeskBench before = new DeskBench(folder.resolve("a" + cut), both)) {
        story.subList(0, cut).forEach(step -> step.accept(before));
        stored.putAll(before.stored());
      }
      try (DeskBench after = new DeskBench(folder.resolve("b" + cut), both)) {
        after.restore(stored);
        story.subList(cut, story.size()).forEach(step -> step.accept(after));
      }
      assertThat(both).as("restart after step %d", cut).isEqualTo(published);
    }
  }

  @Test
  void inputsThatAreDeliveredTwiceChangeNothingTheSecondTime() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.forEach(step -> step.accept(bench));
    }
    DeskBench.Published twice = DeskBench.Published.nothing();
    try (DeskBench bench = new DeskBench(folder.resolve("twice"), twice)) {
      for (Consumer<DeskBench> step : story) {
        step.accept(bench);
        step.accept(bench);
      }
    }
    assertThat(twice).isEqualTo(published);
  }

  @Test
  void whatIsNoChangeBecomesADeadLetterAndTheNextOneCounts() {
    byte[] poison = "4111111111111111".getBytes(StandardCharsets.US_ASCII);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    try (DeskBench bench = new DeskBench(folder, published)) {
      bench.counts.bindTo(metrics);
      bench.sendBytes(bench.topics.changes(), poison);
      bench.send(bench.topics.changes(), ChangeEvent.newBuilder(deploy()).setEventId("").build());
      bench.send(bench.topics.changes(), deploy());
    }
    assertThat(published.deadLetters())
        .extracting(letter ->
            "%s %s-%d@%d %d bytes: %s"
                .formatted(
                    letter.getReason(),
                    letter.getSourceTopic(),
                    letter.getSourcePartition(),
                    letter.getSourceOffset(),
                    letter.getValueLengthBytes(),
                    letter.getDetail()))
        .first()
        .isEqualTo("BAD_MAGIC tillwatch.changes-0@0 16 bytes: first byte is 0x34, expected 0x00");
    assertThat(published.deadLetters())
        .extracting(letter -> letter.getReason())
        .containsExactly(DeadLetterReason.BAD_MAGIC, DeadLetterReason.EVENT_ID);
    assertThat(published.deadLetters().toString()).doesNotContain("4111111111111111");
    assertThat(count(metrics, "tillwatch.changes", "refused")).isEqualTo(2);
    assertThat(count(metrics, "change", "remembered")).isEqualTo(1);
  }

  @Test
  void newsWithACardNumberIsRefusedWhereverItIs() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      for (ChangeEvent change :
          List.of(
              ChangeEvent.newBuilder(deploy()).setTitle("for 4111 1111_1111 1111").build(),
              ChangeEvent.newBuilder(deploy()).setAuthor("4111111111111111").build(),
              ChangeEvent.newBuilder(deploy()).setLink("https://x/4111111111111111").build(),
              ChangeEvent.newBuilder(deploy()).setScope(Map.of("4111111111111111", "")).build())) {
        bench.send(bench.topics.changes(), change);
      }
      bench.send(
          bench.topics.status(),
          StatusEvent.newBuilder(notice()).setTitle("card ٤١١١١١١١١١١١١١١١").build());
      bench.send(
          bench.topics.changes(),
          ChangeEvent.newBuilder(deploy())
              .setTitle("deploy 2026-11-18 03:02 of 4.2.0-20261118030200")
              .setLink("https://ci.example/2026/11/18/builds/4821-1093-2231")
              .build());
    }
    assertThat(published.deadLetters())
        .hasSize(5)
        .allSatisfy(
            letter -> assertThat(letter.getReason()).isEqualTo(DeadLetterReason.PAN_IN_EVENT));
    assertThat(published.deadLetters().toString()).doesNotContain("41111111", "4111 1111", "٤١١١");
  }

  @Test
  void whatPeopleWantIsDoneOrRefusedAndEitherIsInTheLog() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.subList(0, 2).forEach(step -> step.accept(bench));
      bench.at(Samples.ONSET.plus(Duration.ofMinutes(4)));
      bench.send(bench.topics.commands(), command("c1", CommandVerb.ACKNOWLEDGE).build());
      bench.send(bench.topics.commands(), command("c1", CommandVerb.ACKNOWLEDGE).build());
      bench.send(bench.topics.commands(), command("c2", CommandVerb.REVIEW).build());
      bench.send(
          bench.topics.commands(),
          command("c3", CommandVerb.NOTE).setIncidentId("INC-NONE").setReason("hm").build());
      bench.send(
          bench.topics.commands(),
          command("c4", CommandVerb.NOTE).setTenant("nobody").setReason("hm").build());
    }
    assertThat(published.incidents().getLast().getState()).isEqualTo(IncidentState.ACKNOWLEDGED);
    assertThat(published.log())
        .filteredOn(entry -> entry.getAuthor().equals("ada"))
        .extracting(entry -> entry.getIncidentId() + " " + entry.getText())
        .containsExactly(
            id() + " acknowledged by ada",
            id()
                + " review refused: a review confirms a class, expected one that is not unknown"
                + " (command c2)",
            "INC-NONE note refused: no incident of that id is on the desk (command c3)");
    assertThat(published.deadLetters()).isEmpty();
  }

  @Test
  void aCommandBeyondItsLimitsIsADeadLetterThatSaysNothingOfIt() {
    String pan = "4111 1111 1111 1111";
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.subList(0, 2).forEach(step -> step.accept(bench));
      for (Command.Builder command :
          List.of(
              command("", CommandVerb.NOTE),
              command("c".repeat(129), CommandVerb.NOTE),
              command("c1", CommandVerb.NOTE).setAuthor(""),
              command("c1", CommandVerb.NOTE).setAuthor("a".repeat(65)),
              command("c1", CommandVerb.NOTE).setIncidentId(""),
              command("c1", CommandVerb.NOTE).setReason("a".repeat(513)),
              command("c1", CommandVerb.REVIEW).setConfirmedCause("a".repeat(513)),
              command("c1", CommandVerb.SPLIT).setBurstIds(Collections.nCopies(17, "b")),
              command("c1", CommandVerb.NOTE).setReason(pan),
              command("c1", CommandVerb.NOTE).setAuthor(pan),
              command("c1", CommandVerb.REVIEW).setConfirmedCause(pan),
              command("c1", CommandVerb.NOTE).setAt(Samples.ONSET.plus(Duration.ofDays(1))))) {
        bench.send(bench.topics.commands(), command.build());
      }
    }
    assertThat(published.deadLetters())
        .extracting(letter -> letter.getReason())
        .containsExactly(
            DeadLetterReason.EVENT_ID,
            DeadLetterReason.EVENT_ID,
            DeadLetterReason.FIELD_TOO_LONG,
            DeadLetterReason.FIELD_TOO_LONG,
            DeadLetterReason.FIELD_TOO_LONG,
            DeadLetterReason.FIELD_TOO_LONG,
            DeadLetterReason.FIELD_TOO_LONG,
            DeadLetterReason.TOO_MANY_ATTRIBUTES,
            DeadLetterReason.PAN_IN_EVENT,
            DeadLetterReason.PAN_IN_EVENT,
            DeadLetterReason.PAN_IN_EVENT,
            DeadLetterReason.TIME_IN_FUTURE);
    assertThat(published.toString()).doesNotContain("4111 1111", "41111111");
  }

  private Command.Builder command(String id, CommandVerb verb) {
    return Command.newBuilder()
        .setCommandId(id)
        .setTenant("default")
        .setIncidentId(id())
        .setVerb(verb)
        .setAuthor("ada")
        .setAt(Samples.ONSET.plus(Duration.ofMinutes(4)));
  }

  @Test
  void whatComesFromTheFutureEndsNothingThatBurnsNow() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.subList(0, 2).forEach(step -> step.accept(bench));
      Duration ahead = Duration.ofDays(400);
      bench.send(
          bench.topics.changes(),
          ChangeEvent.newBuilder(deploy())
              .setEventId("c2")
              .setEventTime(Samples.ONSET.plus(ahead))
              .build());
      bench.send(
          bench.topics.status(),
          StatusEvent.newBuilder(notice()).setEventTime(Samples.ONSET.plus(ahead)).build());
      bench.at(Samples.ONSET.plus(Duration.ofMinutes(4)));
    }
    assertThat(published.deadLetters())
        .extracting(letter -> letter.getReason())
        .containsExactly(DeadLetterReason.TIME_IN_FUTURE, DeadLetterReason.TIME_IN_FUTURE);
    assertThat(published.incidents().getLast().getState()).isEqualTo(IncidentState.OPEN);
    assertThat(published.log())
        .allSatisfy(entry ->
            assertThat(entry.getAt()).isBeforeOrEqualTo(Samples.ONSET.plus(Duration.ofMinutes(4))));
  }

  @Test
  void timePassesForTheDeskByItsOwnClockOnly() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.subList(0, 8).forEach(step -> step.accept(bench));
      int before = published.incidents().size();
      for (int second = 0; second < 30; second++) {
        bench.at(Samples.ONSET.plus(Duration.ofMinutes(16)));
      }
      assertThat(published.incidents()).hasSize(before);
      bench.at(Samples.ONSET.plus(Duration.ofHours(2)));
      assertThat(published.incidents().getLast().getState()).isEqualTo(IncidentState.RESOLVED);
    }
  }

  @Test
  void theHeadOfTheLogIsPublishedOnceAMinuteWhenItMoved() {
    try (DeskBench bench = new DeskBench(folder, published)) {
      story.subList(0, 2).forEach(step -> step.accept(bench));
      for (int second = 0; second < 180; second += 10) {
        bench.at(Samples.ONSET.plusSeconds(second));
      }
      bench.send(bench.topics.commands(), command("c1", CommandVerb.ACKNOWLEDGE).build());
      for (int second = 180; second < 360; second += 10) {
        bench.at(Samples.ONSET.plusSeconds(second));
      }
      List<ChainHead> heads = bench.heads();
      assertThat(heads).hasSize(2);
      IncidentLogEntry last = published.log().getLast();
      assertThat(heads.getLast())
          .isEqualTo(new ChainHead("default", last.getSequence(), last.getHash(), last.getAt()));
      assertThat(heads.getFirst().getSequence()).isLessThan(last.getSequence());
    }
  }

  private static double count(SimpleMeterRegistry metrics, String input, String verdict) {
    return metrics
        .get("tillwatch.desk.inputs")
        .tags("input", input, "verdict", verdict)
        .functionCounter()
        .count();
  }

  private static String paged(Incident incident) {
    return incident.getPagedAt() == null ? "not paged" : "paged " + incident.getPagedAt();
  }

  private String id() {
    return published.incidents().getFirst().getIncidentId();
  }

  /** The executors' part: every action that was queued ends well. */
  private void answerEverything(DeskBench bench) {
    for (Action action : List.copyOf(bench.published.actions())) {
      bench.send(
          bench.topics.actionResults(),
          ActionResult.newBuilder()
              .setActionId(action.getActionId())
              .setIncidentId(action.getIncidentId())
              .setTenant(action.getTenant())
              .setTarget(action.getTarget())
              .setVerb(action.getVerb())
              .setOutcome(ActionOutcome.DONE)
              .setAttempts(1)
              .setExternalId(action.getTarget() + "-1")
              .setAt(action.getCreatedAt().plusSeconds(60))
              .build());
    }
  }

  private static ChangeEvent deploy() {
    return ChangeEvent.newBuilder()
        .setEventId("c1")
        .setEventTime(Samples.ONSET.minus(Duration.ofMinutes(5)))
        .setType(ChangeType.DEPLOY)
        .setTitle("connector northpay 4.2.0")
        .setScope(Map.of("psp", "northpay"))
        .build();
  }

  private static StatusEvent notice() {
    return StatusEvent.newBuilder()
        .setEventId("s1")
        .setEventTime(Samples.ONSET.plus(Duration.ofMinutes(3)))
        .setPsp("northpay")
        .setIndicator(StatusIndicator.MAJOR)
        .setTitle("Elevated errors in eu-west")
        .build();
  }
}
