package io.tillwatch.standalone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.standalone.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: two instances answer as one, and one goes on alone. Method: a real broker, two roles with
 * their HTTP servers, a standby copy of everything, one of them stopped.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoTopologiesIT {

  private static final int EVENTS = 600;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ALL = "/api/v1/cells?by=psp&step=all&from=-1h";

  @TempDir private Path folder;

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), TopologyInstance.PARTITIONS);
  private EmbeddedBroker broker;
  private TopologyInstance left;
  private TopologyInstance right;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
    left = TopologyInstance.start(kafka, topics, folder.resolve("left"));
    right = TopologyInstance.start(kafka, topics, folder.resolve("right"));
  }

  @AfterEach
  void stop() {
    left.close();
    right.close();
    broker.close();
  }

  @Test
  void twoInstancesAnswerAsOneAndOneGoesOnAlone() throws Exception {
    send();
    for (TopologyInstance instance : Set.of(left, right)) {
      await(() -> instance.json("/api/v1/ingest"), tallies -> count(tallies, "accepted") == EVENTS);
      await(() -> instance.json(ALL), answer -> events(answer) == EVENTS);
    }
    assertThat(left.json(ALL).path("cells")).isEqualTo(right.json(ALL).path("cells"));
    assertThat(left.json(ALL).path("servedBy")).isEqualTo(right.json(ALL).path("servedBy"));

    boolean leftOwns = left.json(ALL).path("servedBy").asText().equals(left.address());
    TopologyInstance owner = leftOwns ? left : right;
    TopologyInstance other = leftOwns ? right : left;
    metricsOfTheDashboardAreServed(owner);
    JsonNode copy =
        await(
            () -> other.own(ALL),
            answer -> events(answer) == EVENTS && answer.at("/staleness/standby").asBoolean());
    assertThat(copy.path("provisional").asBoolean()).isTrue();

    owner.close();
    JsonNode alone = await(() -> other.json(ALL), answer -> events(answer) == EVENTS);
    assertThat(alone.path("servedBy").asText()).isEqualTo(other.address());
    await(() -> other.json("/api/v1/ingest"), tallies -> count(tallies, "accepted") == EVENTS);
    await(
        () -> other.json(ALL),
        answer -> events(answer) == EVENTS && !answer.at("/staleness/standby").asBoolean());
  }

  /** What triage counts is not served here: incidents and actions. */
  private static void metricsOfTheDashboardAreServed(TopologyInstance owner) throws Exception {
    String dashboard = Files.readString(Path.of("../helm/dashboards/tillwatch.json"));
    Matcher names =
        Pattern.compile("\\b(tillwatch_(?!incidents|actions)|kafka_|jvm_)[a-z_]+")
            .matcher(dashboard);
    Set<String> wanted = new TreeSet<>();
    while (names.find()) {
      wanted.add(names.group());
    }
    assertThat(wanted).contains("tillwatch_success_rate", "kafka_stream_thread_process_rate");
    await(
        () -> owner.get("/prometheus").body(),
        text -> text.contains("tillwatch_success_rate{kind=\"auth\",psp=\"northpay\"}"));
    String served = owner.get("/prometheus").body();
    assertThat(wanted)
        .allSatisfy(name -> assertThat(served).containsPattern("(?m)^" + name + "[ {]"));
  }

  /** Ten minutes of two PSPs, the last event a minute old. */
  private void send() {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(11));
    try (KafkaProducer<String, AuthEvent> producer =
        new KafkaProducer<>(
            KafkaConnection.plain(broker.bootstrapServers()).clientProperties(),
            topics.auth().keySerde().serializer(),
            topics.auth().valueSerde().serializer())) {
      for (int i = 0; i < EVENTS; i++) {
        AuthEvent event = new AuthEvent(step(i, start.plusSeconds(i)));
        producer.send(
            new ProducerRecord<>(topics.auth().name(), event.getStep().getPaymentId(), event));
      }
      producer.flush();
    }
  }

  private static PaymentStep step(int i, Instant at) {
    return PaymentStep.newBuilder()
        .setEventId("event-" + i)
        .setEventTime(at)
        .setPaymentId("payment-" + i)
        .setPsp(i % 3 == 0 ? "southpay" : "northpay")
        .setRegion("eu-west")
        .setCurrency("EUR")
        .setAmountMinor(1_000 + i)
        .setOutcome(i % 10 == 0 ? Outcome.DECLINED : Outcome.APPROVED)
        .build();
  }

  private static long events(JsonNode answer) {
    long sum = 0;
    for (JsonNode cell : answer.path("cells")) {
      sum += count(cell, "events");
    }
    return sum;
  }

  private static long count(JsonNode node, String field) {
    return node.path(field).asLong();
  }

  private static <T> T await(Callable<T> look, Predicate<T> enough) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T seen = look.call();
    while (!enough.test(seen)) {
      assertThat(System.nanoTime()).as("in vain: %s", seen).isLessThan(deadline);
      Thread.sleep(200);
      seen = look.call();
    }
    return seen;
  }
}
