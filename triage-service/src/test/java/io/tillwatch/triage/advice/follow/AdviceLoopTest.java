package io.tillwatch.triage.advice.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Outage;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.ScriptedModel;
import io.tillwatch.triage.publish.MemoryPublisher;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.publish.Publisher;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AdviceLoopTest {

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 1);
  private final TopicPartition incidents = new TopicPartition(topics.incidents().name(), 0);
  private final TopicPartition given = new TopicPartition(topics.advice().name(), 0);
  private final MockConsumer<String, Incident> consumer = new MockConsumer<>("earliest");
  private final MockConsumer<String, Advice> reader = new MockConsumer<>("earliest");
  private final MemoryPublisher written = new MemoryPublisher();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ScriptedModel model = new ScriptedModel(this::answer);
  private boolean silent;
  private boolean away;
  private long next;

  AdviceLoopTest() {
    consumer.assign(List.of(incidents));
    consumer.updateBeginningOffsets(Map.of(incidents, 0L));
    consumer.seek(incidents, 0);
    reader.updatePartitions(
        given.topic(), List.of(new PartitionInfo(given.topic(), 0, null, null, null)));
    reader.updateBeginningOffsets(Map.of(given, 0L));
    reader.updateEndOffsets(Map.of(given, 0L));
  }

  private String answer(Prompt prompt) {
    if (silent) {
      throw new ModelFailure(ModelFailure.Reason.DEADLINE, "20 s");
    }
    return "{\"hypotheses\": [{\"class\": \"psp_outage\", \"cause\": \"northpay fails\","
        + " \"evidence\": [\"E2\", \"E5\"], \"confidence\": 0.8}]}";
  }

  @Test
  void whatIsToldIsAskedAboutOnceAndTheAnswerWritten() {
    put(Outage.incident().build());
    steps(3);
    assertThat(model.asked()).hasSize(1);
    assertThat(advice())
        .singleElement()
        .satisfies(advice -> {
          assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.ADVISED);
          assertThat(advice.getAt()).isEqualTo(Outage.NOW);
        });
    assertThat(committed()).isEqualTo(1);
    assertThat(meters.get("tillwatch.advice").tag("outcome", "advised").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void ofManyRevisionsTheLatestIsAskedAboutAndTheWorstIncidentFirst() {
    put(Outage.incident().setSeverity(Severity.SEV3).setRevision(1).build());
    put(Outage.incident().setSeverity(Severity.SEV3).setRevision(2).build());
    put(Outage.incident().setIncidentId("INC-B").setSeverity(Severity.SEV1).build());
    put(Outage.incident().setIncidentId("INC-C").setState(IncidentState.DETECTED).build());
    steps(4);
    assertThat(model.asked()).extracting(Prompt::subject).containsExactly("INC-B/1/1", "INC-A/1/2");
  }

  @Test
  void whatIsOverBeforeItsTurnIsNotAskedAbout() {
    put(Outage.incident().setIncidentId("INC-B").setSeverity(Severity.SEV1).build());
    put(Outage.incident().setSeverity(Severity.SEV3).build());
    AdviceLoop loop = loop(written);
    GivenAdvice known = new GivenAdvice(reader, given.topic());
    loop.step(consumer, known);
    put(Outage.incident().setRevision(2).setState(IncidentState.RECOVERING).build());
    loop.step(consumer, known);
    loop.step(consumer, known);
    assertThat(model.asked()).extracting(Prompt::subject).containsExactly("INC-B/1/1");
  }

  @Test
  void afterARestartWhatHasAnAdviceIsNotAskedAgain() {
    put(Outage.incident().build());
    steps(1);
    assertThat(model.asked()).hasSize(1);
    consumer.seek(incidents, 0);
    next = 0;
    put(Outage.incident().build());
    steps(2);
    assertThat(model.asked()).hasSize(1);
  }

  @Test
  void nothingIsCommittedWhileSomethingWaits() {
    put(Outage.incident().build());
    put(Outage.incident().setIncidentId("INC-B").build());
    AdviceLoop loop = loop(written);
    GivenAdvice known = new GivenAdvice(reader, given.topic());
    loop.step(consumer, known);
    assertThat(committed()).isZero();
    loop.step(consumer, known);
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void aModelThatDoesNotAnswerIsOnRecordAndAskedAgainAtTheNextRevision() {
    silent = true;
    put(Outage.incident().build());
    steps(2);
    assertThat(advice()).extracting(Advice::getOutcome).containsExactly(AdviceOutcome.NO_ANSWER);
    silent = false;
    put(Outage.incident().setRevision(2).build());
    steps(2);
    assertThat(advice())
        .extracting(Advice::getOutcome)
        .containsExactly(AdviceOutcome.NO_ANSWER, AdviceOutcome.ADVISED);
  }

  @Test
  void adviceThatCannotBeWrittenWaits() {
    away = true;
    put(Outage.incident().build());
    AdviceLoop loop = loop(flaky());
    GivenAdvice known = new GivenAdvice(reader, given.topic());
    assertThat(loop.step(consumer, known)).isEqualTo(Duration.ofSeconds(10));
    assertThat(committed()).isZero();
    away = false;
    assertThat(loop.step(consumer, known)).isZero();
    assertThat(advice()).hasSize(1);
  }

  @Test
  void moreThanMayWaitLetTheLeastSevereGo() {
    for (int i = 0; i <= AdviceLoop.WAITING_MAX; i++) {
      put(
          Outage.incident()
              .setIncidentId("INC-" + i)
              .setSeverity(i == 7 ? Severity.SEV4 : Severity.SEV2)
              .build());
    }
    steps(AdviceLoop.WAITING_MAX + 2);
    assertThat(model.asked())
        .hasSize(AdviceLoop.WAITING_MAX)
        .noneMatch(prompt -> prompt.subject().startsWith("INC-7/"));
  }

  private void steps(int count) {
    AdviceLoop loop = loop(written);
    GivenAdvice known = new GivenAdvice(reader, given.topic());
    for (int i = 0; i < count; i++) {
      loop.step(consumer, known);
      arrive();
    }
  }

  /** What was written is on the topic. */
  private void arrive() {
    List<Advice> all = advice();
    long end = reader.endOffsets(List.of(given)).get(given);
    for (int i = (int) end; i < all.size(); i++) {
      reader.addRecord(
          new ConsumerRecord<>(given.topic(), 0, i, all.get(i).getIncidentId(), all.get(i)));
    }
    reader.updateEndOffsets(Map.of(given, (long) all.size()));
  }

  private AdviceLoop loop(Publisher publisher) {
    AdviceCounts counts = new AdviceCounts();
    counts.bindTo(meters);
    return new AdviceLoop(
        topics,
        new AdviceLoop.Desk(
            () -> consumer,
            () -> new GivenAdvice(reader, given.topic()),
            new Adviser(
                model, PromptPolicy.shipped()::disclose, RuleBook::defaults, query -> List.of()),
            () -> Surroundings.NONE,
            publisher,
            InstantSource.fixed(Outage.NOW)),
        counts);
  }

  private Publisher flaky() {
    return new Publisher() {
      @Override
      public <V extends SpecificRecord> void publish(Topic<String, V> topic, String key, V value)
          throws NotPublished {
        if (away) {
          throw new NotPublished(topic.name(), new IOException("away"));
        }
        written.publish(topic, key, value);
      }
    };
  }

  private void put(Incident incident) {
    consumer.addRecord(
        new ConsumerRecord<>(incidents.topic(), 0, next++, incident.getIncidentId(), incident));
  }

  private List<Advice> advice() {
    return written.values(Advice.class);
  }

  private long committed() {
    var offset = consumer.committed(Set.of(incidents)).get(incidents);
    return offset == null ? 0 : offset.offset();
  }
}
