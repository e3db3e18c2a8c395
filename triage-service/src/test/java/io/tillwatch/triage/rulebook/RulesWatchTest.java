package io.tillwatch.triage.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: rules change while triage works. Method: a folder, and a topic in memory. */
class RulesWatchTest {

  private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");

  private final Topic<String, RulesFile> topic = Topics.with(EmbeddedSchemaIds.load(), 1).rules();
  private final TopicPartition partition = new TopicPartition(topic.name(), 0);
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private long offset;

  @TempDir private Path folder;

  @BeforeEach
  void anEmptyTopic() {
    consumer.updatePartitions(
        topic.name(), List.of(new PartitionInfo(topic.name(), 0, Node.noNode(), null, null)));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, 0L));
  }

  @Test
  void aChangedFolderIsTakenAndABadOneRefused() throws InterruptedException {
    write("10m");
    RulesInForce rules = RulesInForce.of(RuleFile.readAll(List.of(folder)), NOW);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    new RulesMeters(rules).bindTo(metrics);
    try (RulesWatch watch = start(rules)) {
      assertThat(watch).isNotNull();
      write("20m");
      await(() -> minutes(rules) == 20);

      write("soon");
      await(() -> rules.refusal() != null);
      assertThat(minutes(rules)).isEqualTo(20);

      write("30m");
      await(() -> minutes(rules) == 30);
      assertThat(rules.refusal()).isNull();
    }
    assertThat(metrics.get("tillwatch.rules.refused").functionCounter().count()).isEqualTo(1);
    assertThat(metrics.get("tillwatch.rules.taken").functionCounter().count()).isEqualTo(2);
    assertThat(metrics.get("tillwatch.rules.version.info").gauges())
        .singleElement()
        .satisfies(
            info -> assertThat(info.getId().getTag("hash")).isEqualTo(rules.version().hash()));
    assertThat(consumer.closed()).isTrue();
  }

  /**
   * As Kubernetes changes a mounted ConfigMap: the files are links into a folder that is a link.
   */
  @Test
  void aMountedFolderWhoseLinkIsSwappedIsTaken() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..2026_12_01"));
    Path second = Files.createDirectory(folder.resolve("..2026_12_02"));
    Files.writeString(first.resolve("site.yaml"), recovery("10m"));
    Files.writeString(second.resolve("site.yaml"), recovery("20m"));
    Path data = folder.resolve("..data");
    Files.createSymbolicLink(data, first);
    Files.createSymbolicLink(folder.resolve("site.yaml"), Path.of("..data", "site.yaml"));
    RulesInForce rules = RulesInForce.of(RuleFile.readAll(List.of(folder)), NOW);
    assertThat(minutes(rules)).isEqualTo(10);
    try (RulesWatch watch = start(rules)) {
      assertThat(watch).isNotNull();
      Path swap = Files.createSymbolicLink(folder.resolve("..tmp"), second);
      Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
      await(() -> minutes(rules) == 20);
    }
  }

  @Test
  void whatIsPublishedIsLaidBesideTheFilesUntilItIsWithdrawn() throws InterruptedException {
    RulesInForce rules = RulesInForce.of(RuleFile.readAll(List.of(folder)), NOW);
    try (RulesWatch watch = start(rules)) {
      assertThat(watch).isNotNull();
      publish("recovery.yaml", recovery("20m"));
      await(() -> minutes(rules) == 20);
      assertThat(rules.version().files()).containsExactly("tillwatch.rules/recovery.yaml");

      publish("more.yaml", "nonsense: 1");
      await(() -> rules.refusal() != null);
      assertThat(minutes(rules)).isEqualTo(20);

      publish("more.yaml", "");
      await(() -> rules.refusal() == null);
      publish("recovery.yaml", "");
      await(() -> minutes(rules) == 5);
    }
  }

  /** A restart judged by the files alone for seconds, and told of all that was silenced. */
  @Test
  void whatWasPublishedBeforeTheStartIsInForceWithTheFirstLook() {
    RulesInForce rules = RulesInForce.of(RuleFile.readAll(List.of(folder)), NOW);
    consumer.updateEndOffsets(Map.of(partition, 1L));
    publish("recovery.yaml", recovery("20m"));
    try (RulesWatch watch = start(rules)) {
      watch.awaitFirst(Duration.ofMinutes(1));
      assertThat(minutes(rules)).isEqualTo(20);
    }
  }

  private RulesWatch start(RulesInForce rules) {
    return RulesWatch.start(rules, List.of(folder), topic, () -> consumer, () -> NOW);
  }

  private void publish(String name, String text) {
    RulesFile file = RulesFile.newBuilder().setName(name).setYaml(text).setAt(NOW).build();
    byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), file);
    long at = offset++;
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, at, name, bytes)));
  }

  private static long minutes(RulesInForce rules) {
    return rules.book().recovery().quietFor().toMinutes();
  }

  /** At once: this consumer does not wait, so two looks would agree on a file just emptied. */
  private void write(String quietFor) {
    try {
      Path whole = Files.writeString(folder.resolve("site.tmp"), recovery(quietFor));
      Files.move(whole, folder.resolve("site.yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String recovery(String quietFor) {
    return "recovery: {quiet-for: %s, reopen-within: 2h, forget-after: 1d}".formatted(quietFor);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
