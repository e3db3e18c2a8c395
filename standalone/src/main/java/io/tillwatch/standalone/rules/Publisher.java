package io.tillwatch.standalone.rules;

import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.standalone.site.WrongInput;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes to the topic of published rules: where the cluster is, who writes, and why. */
final class Publisher {

  /** What the cluster's default number of copies is written as. */
  private static final short REPLICATION_DEFAULT = -1;

  private static final int AUTHOR_MAX = 64;
  private static final int REASON_MAX = 512;
  private static final long ANSWER_SECONDS_MAX = 30;

  @Option(
      names = "--author",
      required = true,
      paramLabel = "NAME",
      description = "Who wants it, 64 characters at most.")
  private String author = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, 512 characters at most.")
  private String reason = "";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster, several with commas (default: localhost:9092).")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that say how to reach it, as examples/triage.yaml.")
  private @Nullable Path config;

  /**
   * Writes files, and waits until the cluster has them.
   *
   * @param textByName an empty text takes a file away
   */
  void publish(Map<String, String> textByName) {
    check("--author", author, AUTHOR_MAX);
    check("--reason", reason, REASON_MAX);
    Map<String, String> given = new HashMap<>();
    if (bootstrapServers != null) {
      given.put("kafka.bootstrap-servers", bootstrapServers);
    }
    InstantSource clock = InstantSource.system();
    Settings settings = Settings.load(config, System.getenv(), given);
    KafkaConnection kafka = KafkaConnection.from(settings);
    Topics topics = Topics.with(ConfiguredSchemas.from(settings, clock).ids(), 1);
    Topic<String, RulesFile> topic = topics.rules();
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      TopicCreator.createMissing(admin, List.of(topic), REPLICATION_DEFAULT);
    }
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    try (Producer<String, RulesFile> producer =
        new KafkaProducer<>(
            properties, topic.keySerde().serializer(), topic.valueSerde().serializer())) {
      send(producer, topic, textByName, clock.instant());
    }
  }

  private static void check(String option, String value, int max) {
    if (value.isBlank() || value.length() > max) {
      throw new WrongInput(
          "%s: %d characters, expected 1 to %d".formatted(option, value.length(), max));
    }
  }

  private void send(
      Producer<String, RulesFile> producer,
      Topic<String, RulesFile> topic,
      Map<String, String> textByName,
      Instant now) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    textByName.forEach((name, text) -> {
      RulesFile file =
          RulesFile.newBuilder()
              .setName(name)
              .setYaml(text)
              .setAuthor(author)
              .setReason(reason)
              .setAt(now)
              .build();
      sent.add(producer.send(new ProducerRecord<>(topic.name(), name, file)));
    });
    for (Future<RecordMetadata> each : sent) {
      await(each, topic.name());
    }
  }

  private static void await(Future<RecordMetadata> sent, String topic) {
    try {
      sent.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(topic + " did not take the rules: " + e.getMessage(), e);
    }
  }
}
