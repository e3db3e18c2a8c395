package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static io.tillwatch.schemas.incident.ActionVerb.COMMENT;
import static io.tillwatch.schemas.incident.ActionVerb.CREATE;
import static io.tillwatch.schemas.incident.ActionVerb.RESOLVE;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class OutboxSessionTest {

  private static final Action PAGE = Samples.action("INC-A", PAGER, TRIGGER).build();
  private static final Duration NOT_SAID = Duration.ZERO;

  private final OutboxBench bench = new OutboxBench();
  private final RecordingNotifier twin = new RecordingNotifier(block -> {});

  @Test
  void anActionIsDoneThenRecordedThenCommitted() {
    bench.queue(PAGE);
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    assertThat(twin.effects()).containsExactly(PAGE);
    assertThat(bench.results)
        .containsExactly(
            ActionResult.newBuilder()
                .setActionId(PAGE.getActionId())
                .setIncidentId("INC-A")
                .setTenant("default")
                .setTarget(PAGER)
                .setVerb(TRIGGER)
                .setOutcome(ActionOutcome.DONE)
                .setAttempts(1)
                .setExternalId("console:INC-A/1")
                .setDetail("recorded")
                .setAt(Samples.ONSET.plusSeconds(75))
                .build());
    assertThat(bench.committed).isEqualTo(1);
  }

  @Test
  void aResultThatIsNotAcknowledgedIsNotCommittedAndTheNextSessionRecordsIt() {
    bench.queue(PAGE);
    bench.sendFails = new TimeoutException("no ack");
    try (OutboxSession session = bench.session(PAGER, twin)) {
      assertThatThrownBy(session::step)
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("not on record");
    }
    assertThat(bench.committed).isZero();
    assertThat(twin.effects()).as("crash between effect and result").hasSize(1);

    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    assertThat(twin.effects()).as("the same dedup key, one effect").hasSize(1);
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 1");
    assertThat(bench.committed).isEqualTo(1);
  }

  @Test
  void anActionWhoseResultIsOnRecordIsNotDoneAgainAfterARestart() {
    bench.queue(PAGE);
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    bench.committed = 0;
    RecordingNotifier afterTheCrash = new RecordingNotifier(block -> {});
    try (OutboxSession session = bench.session(PAGER, afterTheCrash)) {
      session.step();
    }
    assertThat(afterTheCrash.effects()).isEmpty();
    assertThat(bench.results).hasSize(1);
    assertThat(bench.committed).isEqualTo(1);
  }

  @Test
  void theSameActionTwiceOnTheTopicIsDoneOnce() {
    bench.queue(PAGE);
    bench.queue(PAGE);
    List<Action> asked = new ArrayList<>();
    try (OutboxSession session = bench.session(PAGER, remembering(asked))) {
      session.step();
      session.step();
    }
    assertThat(asked).hasSize(1);
    assertThat(bench.results).hasSize(1);
    assertThat(bench.committed).isEqualTo(2);
  }

  @Test
  void anotherTargetsActionsArePassedOver() {
    bench.queue(Samples.action("INC-A", TICKET, CREATE).build());
    bench.queue(PAGE);
    try (OutboxSession session = bench.session(TICKET, twin)) {
      session.step();
    }
    assertThat(twin.effects()).extracting(Action::getTarget).containsExactly(TICKET);
    assertThat(bench.committed).isEqualTo(2);
  }

  @Test
  void aFailureIsTriedAgainAfterItsWaitAndNotBefore() {
    bench.queue(PAGE);
    List<Action> asked = new ArrayList<>();
    Notifier busy =
        errand -> {
          asked.add(errand.action());
          return asked.size() < 3
              ? new Delivery.Retry("429", Duration.ofSeconds(7))
              : new Delivery.Done("PD1", "ok");
        };
    try (OutboxSession session = bench.session(PAGER, busy)) {
      session.step();
      bench.nanos += Duration.ofSeconds(7).toNanos() - 1;
      session.step();
      assertThat(asked).as("Retry-After is not over").hasSize(1);
      assertThat(bench.committed).isZero();
      bench.nanos += 1;
      session.step();
      bench.nanos += Duration.ofSeconds(7).toNanos();
      session.step();
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 3");
    assertThat(bench.committed).isEqualTo(1);
    assertThat(bench.secondChannel.effects()).isEmpty();
  }

  @Test
  void aNewPageOvertakesOnesThatWaitForARetry() {
    bench.queue(Samples.action("INC-A", PAGER, TRIGGER).setSeverity(Severity.SEV2).build());
    List<String> done = new ArrayList<>();
    Notifier halfDown =
        errand -> {
          if (errand.action().getIncidentId().equals("INC-A")) {
            return new Delivery.Retry("503", NOT_SAID);
          }
          done.add(errand.action().getIncidentId());
          return new Delivery.Done(null, "ok");
        };
    try (OutboxSession session = bench.session(PAGER, halfDown)) {
      session.step();
      bench.queue(Samples.action("INC-B", PAGER, TRIGGER).build());
      session.step();
    }
    assertThat(done).containsExactly("INC-B");
    assertThat(bench.committed).as("INC-A is still open").isZero();
  }

  @Test
  void noResolveOvertakesItsTrigger() {
    bench.queue(PAGE);
    bench.queue(Samples.action("INC-A", PAGER, RESOLVE).build());
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
      session.step();
    }
    assertThat(twin.effects()).extracting(Action::getVerb).containsExactly(TRIGGER, RESOLVE);
  }

  /** A pager that comes back rang for an incident that was over, and once more for each retry. */
  @Test
  void aPageThatFailedIsNotTriedAgainOnceItsResolveIsQueued() {
    bench.queue(PAGE);
    List<Action> asked = new ArrayList<>();
    Notifier downAtFirst =
        errand -> {
          asked.add(errand.action());
          return asked.size() == 1
              ? new Delivery.Retry("hang", NOT_SAID)
              : new Delivery.Done(null, "ok");
        };
    try (OutboxSession session = bench.session(PAGER, downAtFirst)) {
      session.step();
      bench.queue(Samples.action("INC-A", PAGER, RESOLVE).build());
      bench.queue(
          Samples.action("INC-A", PAGER, TRIGGER).setActionId("2").setDedupKey("INC-A/2").build());
      for (int i = 0; i < 3; i++) {
        bench.nanos += Duration.ofMinutes(1).toNanos();
        session.step();
      }
    }
    assertThat(asked)
        .as("the next episode pages")
        .extracting(Action::getVerb)
        .containsExactly(TRIGGER, RESOLVE, TRIGGER);
    assertThat(outcomes())
        .containsExactly("INC-A/PAGER/TRIGGER FAILED 1", "INC-A/PAGER/RESOLVE DONE 1", "2 DONE 1");
    assertThat(bench.committed).isEqualTo(3);
  }

  @Test
  void aRecordWithoutAValueIsPassedOver() {
    bench.queue(null);
    bench.queue(PAGE);
    bench.results.add(null);
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    assertThat(twin.effects()).containsExactly(PAGE);
    assertThat(bench.committed).isEqualTo(2);
  }

  /** Passed over, it was a page that nobody got because another system restarted. */
  @Test
  void anActionThatWaitsForTheRegistryIsNotPassedOver() {
    try (OutboxSession session = bench.session(PAGER, twin)) {
      bench.queue(PAGE);
      bench.consumer.setPollException(unreadable(withoutRegistry()));
      assertThatThrownBy(session::step).isInstanceOf(RecordDeserializationException.class);
    }
    assertThat(bench.committed).isZero();
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    assertThat(twin.effects()).containsExactly(PAGE);
  }

  /** What the serde says of an action while the registry is away. */
  private static SerializationException withoutRegistry() {
    SchemaIds known = EmbeddedSchemaIds.load();
    SchemaIds away =
        new SchemaIds() {
          @Override
          public int idOf(String subject, Schema schema) {
            return known.idOf(subject, schema);
          }

          @Override
          public Schema byId(int id) {
            throw new RegistryUnavailable("no answer", null);
          }
        };
    byte[] page = new AvroSerde<>(Action.class, "tillwatch.actions-value", known).toBytes(PAGE);
    return catchThrowableOfType(
        SerializationException.class,
        () -> new AvroSerde<>(Action.class, "tillwatch.actions-value", away).fromBytes(page));
  }

  private static RecordDeserializationException unreadable(RuntimeException cause) {
    return new RecordDeserializationException(
        RecordDeserializationException.DeserializationExceptionOrigin.VALUE,
        new TopicPartition("actions", 0),
        0,
        0,
        org.apache.kafka.common.record.TimestampType.CREATE_TIME,
        null,
        null,
        new org.apache.kafka.common.header.internals.RecordHeaders(),
        "bad frame",
        cause);
  }

  @Test
  void whatIsRefusedGoesToQuarantineAndToTheSecondChannel() {
    bench.queue(Samples.action("INC-A", TICKET, CREATE).build());
    try (OutboxSession session =
        bench.session(TICKET, action -> new Delivery.Refused("400 no such project"))) {
      session.step();
    }
    assertThat(outcomes()).containsExactly("INC-A/TICKET/CREATE QUARANTINED 1");
    assertThat(bench.secondChannel.effects())
        .extracting(Action::getSummary)
        .containsExactly(
            "ticket not reached (1 tries, 400 no such project):"
                + " northpay eu-west: approvals down");
    assertThat(bench.committed).isEqualTo(1);
  }

  /** Quarantined at once, a page refused while a key was being replaced was never sent. */
  @Test
  void aRefusedPageIsToldElsewhereAndGoesOutAgainInItsPlainestForm() {
    bench.queue(PAGE);
    List<Action> asked = new ArrayList<>();
    Notifier mendedAfterTwo =
        errand -> {
          asked.add(errand.action());
          return asked.size() < 3
              ? new Delivery.Refused("400 invalid routing key")
              : new Delivery.Done("PD1", "ok");
        };
    try (OutboxSession session = bench.session(PAGER, mendedAfterTwo)) {
      for (int i = 0; i < 3; i++) {
        session.step();
        bench.nanos += OutboxBench.SETTINGS.backOffMax().toNanos();
      }
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 3");
    assertThat(bench.secondChannel.effects()).as("told once").hasSize(1);
    assertThat(asked.getFirst()).isEqualTo(PAGE);
    assertThat(asked.subList(1, 3))
        .allSatisfy(plain -> {
          assertThat(plain.getDedupKey()).isEqualTo(PAGE.getDedupKey());
          assertThat(plain.getDetails()).isEmpty();
          assertThat(plain.getLinks()).isEmpty();
        });
  }

  @Test
  void theSecondChannelHearsOfAnOutageEarlyAndOfGivingUp() {
    bench.queue(PAGE);
    try (OutboxSession session =
        bench.session(PAGER, action -> new Delivery.Retry("503", NOT_SAID))) {
      for (int attempt = 1; attempt <= OutboxBench.SETTINGS.attempts(); attempt++) {
        session.step();
        bench.nanos += Duration.ofMinutes(1).toNanos();
        assertThat(bench.secondChannel.effects()).hasSize(attempt < 3 ? 0 : 1);
      }
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER FAILED 5");
    assertThat(bench.committed).isEqualTo(1);
  }

  @Test
  void aTargetThatIsOffIsOnRecordAndTellsNobody() {
    bench.queue(PAGE);
    Notifier off = new Notifiers(Map.of(), twin).of(PAGER);
    try (OutboxSession session = bench.session(PAGER, off)) {
      session.step();
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 0");
    assertThat(bench.results.getFirst().getDetail()).isEqualTo("pager is switched off");
    assertThat(twin.effects()).isEmpty();
    assertThat(bench.secondChannel.effects()).isEmpty();
  }

  /** Held back by the other side's limit, each of 300 pages told the second channel. */
  @Test
  void whatIsHeldBackIsNoAttemptAndGoesOutWhenThereIsRoom() {
    bench.queue(PAGE);
    List<Action> asked = new ArrayList<>();
    Notifier full =
        errand -> {
          asked.add(errand.action());
          return asked.size() <= 10
              ? new Delivery.Held("100 a minute", Duration.ofMillis(600))
              : new Delivery.Done(null, "ok");
        };
    try (OutboxSession session = bench.session(PAGER, full)) {
      for (int i = 0; i < 11; i++) {
        session.step();
        bench.nanos += Duration.ofMillis(600).toNanos();
      }
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 1");
    assertThat(bench.secondChannel.effects()).isEmpty();
  }

  @Test
  void whatTheOtherSideCallsItIsHandedToLaterActionsAlsoAfterARestart() {
    Action comment =
        Samples.action("INC-A", TICKET, COMMENT).setExternalId("from the desk").build();
    Action foreign =
        Samples.action("INC-B", TICKET, COMMENT).setExternalId("from the desk").build();
    bench.queue(Samples.action("INC-A", TICKET, CREATE).build());
    List<String> names = new ArrayList<>();
    Notifier tracker =
        errand -> {
          names.add(errand.action().getIncidentId() + " " + errand.externalId());
          return new Delivery.Done("PAY-7", "ok");
        };
    try (OutboxSession session = bench.session(TICKET, tracker)) {
      session.step();
      bench.queue(comment);
      session.step();
    }
    try (OutboxSession session = bench.session(TICKET, tracker)) {
      bench.queue(Action.newBuilder(comment).setActionId("later").build());
      bench.queue(foreign);
      session.step();
      session.step();
    }
    assertThat(names)
        .containsExactly("INC-A null", "INC-A PAY-7", "INC-A PAY-7", "INC-B from the desk");
  }

  @Test
  void aHangIsCutOffAtTheDeadlineAndTriedAgain() {
    bench.queue(PAGE);
    CountDownLatch never = new CountDownLatch(1);
    List<Action> asked = new ArrayList<>();
    Notifier hangsOnce =
        errand -> {
          asked.add(errand.action());
          if (asked.size() == 1) {
            awaitInterrupted(never);
          }
          return new Delivery.Done("PD1", "ok");
        };
    try (OutboxSession session = bench.session(PAGER, hangsOnce)) {
      session.step();
      assertThat(bench.results).isEmpty();
      bench.nanos += Duration.ofSeconds(1).toNanos();
      session.step();
    }
    assertThat(outcomes()).containsExactly("INC-A/PAGER/TRIGGER DONE 2");
  }

  @Test
  void aBugInAnAdapterIsAFailureLikeAnyOther() {
    bench.queue(PAGE);
    Notifier broken =
        action -> {
          throw new IllegalStateException("no such field");
        };
    try (OutboxSession session = bench.session(PAGER, broken)) {
      session.step();
    }
    assertThat(bench.results).isEmpty();
    assertThat(bench.committed).isZero();
  }

  @Test
  void anUnreadableActionDoesNotStopTheOthers() {
    try (OutboxSession session = bench.session(PAGER, twin)) {
      bench.consumer.setPollException(unreadable(new IllegalArgumentException("bad frame")));
      session.step();
      bench.actions.add(PAGE);
      bench.queue(PAGE);
      session.step();
    }
    assertThat(twin.effects()).containsExactly(PAGE);
    assertThat(bench.committed).isEqualTo(2);
  }

  @Test
  void settledActionsAreCountedByTargetVerbAndOutcome() {
    bench.queue(PAGE);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    bench.counts.bindTo(registry);
    try (OutboxSession session = bench.session(PAGER, twin)) {
      session.step();
    }
    assertThat(
            registry
                .get("tillwatch.actions")
                .tags("target", "pager", "verb", "trigger", "outcome", "done")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  private Notifier remembering(List<Action> asked) {
    return errand -> {
      asked.add(errand.action());
      return new Delivery.Done(null, "ok");
    };
  }

  private static void awaitInterrupted(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> outcomes() {
    return bench.results.stream()
        .map(r -> "%s %s %d".formatted(r.getActionId(), r.getOutcome(), r.getAttempts()))
        .toList();
  }
}
