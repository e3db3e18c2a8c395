package io.tillwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicCreatorTest {

  private static final short ONE_COPY = 1;

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 6);
  private final MockAdminClient admin = MockAdminClient.create().numBrokers(1).build();

  @BeforeEach
  void everyPartitionIsEmpty() {
    admin.updateEndOffsets(partitions().collect(Collectors.toMap(p -> p, p -> 0L)));
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void everyTopicIsCreatedWithItsPartitions() throws Exception {
    TopicCreator.createMissing(admin, topics.all(), ONE_COPY);
    Map<String, TopicDescription> found = describe();
    assertThat(found).hasSize(topics.all().size());
    assertThat(found.get("payments.auth").partitions()).hasSize(6);
    assertThat(found.get("tillwatch.bursts").partitions()).hasSize(1);
  }

  @Test
  void aTopicsSettingsAreThoseOfTheCatalogue() throws Exception {
    TopicCreator.createMissing(admin, topics.all(), ONE_COPY);
    ConfigResource incidents =
        new ConfigResource(ConfigResource.Type.TOPIC, topics.incidents().name());
    var config = admin.describeConfigs(List.of(incidents)).all().get().get(incidents);
    assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
  }

  @Test
  void doingItAgainChangesNothing() throws Exception {
    TopicCreator.createMissing(admin, topics.all(), ONE_COPY);
    Map<String, TopicDescription> before = describe();
    TopicCreator.createMissing(admin, topics.all(), ONE_COPY);
    assertThat(describe()).isEqualTo(before);
  }

  @Test
  void aTopicWithOtherPartitionsStopsTheStartBeforeAnythingIsCreated() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic("payments.auth", 3, ONE_COPY),
                new NewTopic("tillwatch.bursts", 2, ONE_COPY)))
        .all()
        .get();
    assertThatExceptionOfType(TopicMismatch.class)
        .isThrownBy(() -> TopicCreator.createMissing(admin, topics.all(), ONE_COPY))
        .withMessage(
            "topic payments.auth has 3 partitions, expected 6; "
                + "topic tillwatch.bursts has 2 partitions, expected 1");
    assertThat(admin.listTopics().names().get()).hasSize(2);
  }

  @Test
  void itAsksTheLeaderOfEachPartitionUntilItAnswers() throws Exception {
    admin.createTopics(List.of(new NewTopic("payments.auth", 6, ONE_COPY))).all().get();
    AtomicInteger refusals = new AtomicInteger(2);
    Set<TopicPartition> answered = new HashSet<>();
    Admin slow =
        through((proxy, method, arguments) -> {
          if (!method.getName().equals("listOffsets")) {
            return method.invoke(admin, arguments);
          }
          if (refusals.getAndDecrement() > 0) {
            return refused(partitions().toList());
          }
          ((Map<?, ?>) arguments[0]).keySet().forEach(p -> answered.add((TopicPartition) p));
          return method.invoke(admin, arguments);
        });
    TopicCreator.createMissing(slow, topics.all(), ONE_COPY);
    assertThat(refusals).hasNegativeValue();
    assertThat(answered).containsExactlyInAnyOrderElementsOf(partitions().toList());
  }

  private static ListOffsetsResult refused(List<TopicPartition> partitions) {
    KafkaFutureImpl<ListOffsetsResultInfo> refusal = new KafkaFutureImpl<>();
    refusal.completeExceptionally(new NotLeaderOrFollowerException("not yet"));
    return new ListOffsetsResult(
        partitions.stream().collect(Collectors.toMap(p -> p, p -> refusal)));
  }

  @Test
  void aTopicTheClusterHasNotHeardOfYetIsWaitedFor() {
    String name = topics.auth().name();
    AtomicInteger looks = new AtomicInteger();
    Admin late =
        through((proxy, method, arguments) -> {
          if (method.getName().equals("describeTopics") && looks.incrementAndGet() == 3) {
            admin.createTopics(List.of(new NewTopic(name, 6, ONE_COPY))).all().get();
          }
          return method.invoke(admin, arguments);
        });
    TopicCreator.awaitLeaders(late, List.of(name));
    assertThat(looks).hasValue(3);
  }

  private static Admin through(InvocationHandler handler) {
    return (Admin)
        Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, handler);
  }

  private Stream<TopicPartition> partitions() {
    return topics.all().stream()
        .flatMap(topic ->
            IntStream.range(0, topic.partitions())
                .mapToObj(p -> new TopicPartition(topic.name(), p)));
  }

  private Map<String, TopicDescription> describe() throws Exception {
    List<String> names = List.copyOf(admin.listTopics().names().get());
    return admin.describeTopics(names).allTopicNames().get();
  }
}
