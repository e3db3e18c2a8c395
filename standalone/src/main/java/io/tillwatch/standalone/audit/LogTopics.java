package io.tillwatch.standalone.audit;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.audit.Placed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Log and heads as they are on a cluster: what is committed when the reading begins. */
final class LogTopics {

  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, as examples/triage.yaml: how the cluster is reached.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster, several with commas (default: localhost:9092).")
  private @Nullable String bootstrapServers;

  /** Whether a cluster was named. */
  boolean named() {
    return config != null || bootstrapServers != null;
  }

  /** Takes rows of the record of model calls, each with its place and when it was written. */
  @FunctionalInterface
  interface CallTaker {
    void take(ModelCall row, String place, Instant written);
  }

  /** An open cluster. */
  record Cluster(Topics topics, KafkaConnection kafka) {

    void entries(java.util.function.Consumer<Placed> each) {
      read(
          topics.incidentLog(),
          (entry, record) ->
              each.accept(
                  new Placed(entry, place(record), Instant.ofEpochMilli(record.timestamp()))));
    }

    List<ChainHead> heads() {
      List<ChainHead> heads = new ArrayList<>();
      read(topics.chainHeads(), (head, record) -> heads.add(head));
      return heads;
    }

    /** Hands over the record of model calls; nothing of a cluster that has none yet. */
    void calls(CallTaker each) {
      if (has(topics.modelCalls())) {
        read(
            topics.modelCalls(),
            (row, record) ->
                each.take(row, place(record), Instant.ofEpochMilli(record.timestamp())));
      }
    }

    private boolean has(Topic<?, ?> topic) {
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        return admin
            .listTopics()
            .names()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .contains(topic.name());
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the cluster does not say which topics it has", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    /** How long the log is kept, as the cluster is set; empty when nothing ever expires. */
    Optional<Duration> kept() {
      ConfigResource log =
          new ConfigResource(ConfigResource.Type.TOPIC, topics.incidentLog().name());
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        Config config =
            admin
                .describeConfigs(List.of(log))
                .all()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .values()
                .iterator()
                .next();
        long millis = Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException(
            "the cluster does not say how long %s is kept, expected DescribeConfigs to be allowed,"
                    .formatted(log.name())
                + " or --kept-days",
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    private <T extends SpecificRecord> void read(
        Topic<String, T> topic, BiConsumer<T, ConsumerRecord<?, ?>> to) {
      try (Consumer<String, byte[]> consumer = Committed.bytes(kafka).get()) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
          throw new IllegalStateException(
              "there is no topic %s on this cluster".formatted(topic.name()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream()
            .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_MAX)) {
            if (record.offset() < ends.getOrDefault(partition(record), 0L)) {
              to.accept(value(topic, record), record);
            }
            deadline = System.nanoTime() + PATIENCE.toNanos();
          }
          if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException(
                "%s: nothing came for %d s, expected records up to %s"
                    .formatted(topic.name(), PATIENCE.toSeconds(), words(ends)));
          }
        }
      }
    }

    private static <T> T value(Topic<String, T> topic, ConsumerRecord<String, byte[]> record) {
      try {
        return topic.valueSerde().deserializer().deserialize(record.topic(), record.value());
      } catch (SerializationException unreadable) {
        throw new IllegalStateException(
            "%s cannot be read: %s".formatted(place(record), unreadable.getMessage()), unreadable);
      }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
      return new TopicPartition(record.topic(), record.partition());
    }

    private static String place(ConsumerRecord<?, ?> record) {
      return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }

    private static String words(Map<TopicPartition, Long> ends) {
      return ends.entrySet().stream()
          .map(end -> end.getKey() + "@" + end.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Opens the cluster.
   *
   * @throws io.tillwatch.schemas.settings.InvalidSettings with everything that is wrong
   */
  Cluster open() {
    Map<String, String> overrides = new LinkedHashMap<>();
    if (bootstrapServers != null) {
      overrides.put("kafka.bootstrap-servers", bootstrapServers);
    }
    Settings settings = Settings.load(config, System.getenv(), overrides);
    KafkaConnection kafka = KafkaConnection.from(settings);
    ConfiguredSchemas schemas = ConfiguredSchemas.from(settings, InstantSource.system());
    return new Cluster(Topics.with(schemas.ids(), 1), kafka);
  }
}
