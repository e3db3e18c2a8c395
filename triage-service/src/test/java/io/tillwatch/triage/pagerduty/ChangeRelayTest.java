package io.tillwatch.triage.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ChangeRelayTest {

  private static final TopicPartition CHANGES = new TopicPartition("changes", 0);

  private final MockConsumer<String, ChangeEvent> consumer = new MockConsumer<>("earliest");
  private final List<String> told = new ArrayList<>();
  private final Deque<Delivery> answers = new ArrayDeque<>();
  private final ChangeRelay relay =
      new ChangeRelay(
          () -> consumer,
          CHANGES.topic(),
          change -> {
            told.add(change.getEventId());
            return answers.isEmpty() ? new Delivery.Done(null, "") : answers.poll();
          },
          InstantSource.fixed(Samples.ONSET),
          () -> {});

  ChangeRelayTest() {
    consumer.assign(List.of(CHANGES));
    consumer.updateBeginningOffsets(Map.of(CHANGES, 0L));
    consumer.seek(CHANGES, 0);
  }

  @Test
  void changesAreToldInOrderAndCommittedOneByOne() {
    put(0, change("a"));
    put(1, change("b"));
    assertThat(relay.step(consumer)).isZero();
    assertThat(told).containsExactly("a", "b");
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void oneThatHasToWaitHoldsUpThoseBehindItAndIsTriedAgain() {
    put(0, change("a"));
    put(1, change("b"));
    answers.add(new Delivery.Retry("503", Duration.ofSeconds(7)));
    assertThat(relay.step(consumer)).isEqualTo(Duration.ofSeconds(7));
    assertThat(consumer.position(CHANGES)).isZero();
    put(0, change("a"));
    put(1, change("b"));
    assertThat(relay.step(consumer)).isZero();
    assertThat(told).containsExactly("a", "a", "b");
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void oneThatIsRefusedOrTooOldIsPassedOver() {
    put(0, change("a"));
    put(
        1,
        ChangeEvent.newBuilder(change("old"))
            .setEventTime(Samples.ONSET.minus(Duration.ofHours(3)))
            .build());
    put(2, null);
    put(3, change("b"));
    answers.add(new Delivery.Refused("400"));
    assertThat(relay.step(consumer)).isZero();
    assertThat(told).containsExactly("a", "b");
    assertThat(committed()).isEqualTo(4);
  }

  @Test
  void whatTheDoorWouldRefuseDoesNotGoOut() {
    put(0, ChangeEvent.newBuilder(change("a")).setTitle("card 4111 1111 1111 1111").build());
    put(1, change("b"));
    assertThat(relay.step(consumer)).isZero();
    assertThat(told).containsExactly("b");
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void oneThatComesTwiceIsToldOnce() {
    put(0, change("a"));
    put(1, change("a"));
    assertThat(relay.step(consumer)).isZero();
    assertThat(told).containsExactly("a");
  }

  @Test
  void oneThatWaitsForTheRegistryIsNotSkipped() {
    consumer.setPollException(
        new RecordDeserializationException(
            RecordDeserializationException.DeserializationExceptionOrigin.VALUE,
            CHANGES,
            0,
            0,
            TimestampType.CREATE_TIME,
            null,
            null,
            new RecordHeaders(),
            "bad frame",
            withoutRegistry()));
    assertThat(relay.step(consumer)).isPositive();
    assertThat(consumer.position(CHANGES)).isZero();
  }

  @Test
  void aChangeIsShownAsPagerDutyWantsIt() {
    try (StubServer server = StubServer.start(request -> Act.json(202, "{}"));
        PagerDuty pager = PagerDuty.open(PagerDutyTest.settings(server, 100))) {
      assertThat(pager.tell(change("deploy-7"))).isInstanceOf(Delivery.Done.class);
      StubServer.Request request = server.requests().getFirst();
      JsonNode sent = FakePagerDuty.read(request.body());
      assertThat(request.path()).isEqualTo("/v2/change/enqueue");
      assertThat(sent)
          .isEqualTo(
              FakePagerDuty.read(
                  """
                  {
                    "routing_key": "0123456789abcdef0123456789abcdef",
                    "payload": {
                      "summary": "connector 4.2 everywhere",
                      "timestamp": "2026-11-18T03:02:00Z",
                      "source": "ada",
                      "custom_details": {"psp": "northpay", "type": "deploy", "id": "deploy-7"}
                    },
                    "links": [{"href": "https://ci.example.com/7", "text": "change"}]
                  }
                  """));
    }
  }

  /** What the serde says of a change while the registry is away. */
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
    String subject = "tillwatch.changes-value";
    byte[] change = new AvroSerde<>(ChangeEvent.class, subject, known).toBytes(change("a"));
    return catchThrowableOfType(
        SerializationException.class,
        () -> new AvroSerde<>(ChangeEvent.class, subject, away).fromBytes(change));
  }

  private void put(long offset, ChangeEvent change) {
    consumer.addRecord(new ConsumerRecord<>(CHANGES.topic(), 0, offset, "", change));
  }

  private long committed() {
    return consumer.committed(Set.of(CHANGES)).get(CHANGES).offset();
  }

  private static ChangeEvent change(String id) {
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setEventTime(Samples.ONSET)
        .setType(ChangeType.DEPLOY)
        .setTitle("connector 4.2 everywhere")
        .setScope(Map.of("psp", "northpay"))
        .setAuthor("ada")
        .setLink("https://ci.example.com/7")
        .build();
  }
}
