package io.tillwatch.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are not there yet, and says where one that is there differs. */
public final class TopicCreator {

  private static final Duration LEADERS_WITHIN = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private TopicCreator() {}

  /**
   * Creates what is missing and waits until it takes records; what is there is never changed.
   *
   * @param replication copies of each partition; -1 for the cluster's default
   * @throws TopicMismatch when a topic has another number of partitions than the catalogue says
   * @throws KafkaException when the cluster refuses, cannot be reached, or has no leader for a new
   *     partition within a minute
   */
  public static void createMissing(Admin admin, Collection<Topic<?, ?>> topics, short replication) {
    Set<String> existing = await(admin.listTopics().names());
    List<Topic<?, ?>> missing = new ArrayList<>();
    List<Topic<?, ?>> present = new ArrayList<>();
    for (Topic<?, ?> topic : topics) {
      (existing.contains(topic.name()) ? present : missing).add(topic);
    }
    verifyPartitions(admin, present);
    create(admin, missing, replication);
    awaitLeaders(admin, missing);
  }

  private static void create(Admin admin, List<Topic<?, ?>> topics, short replication) {
    List<NewTopic> requests = topics.stream().map(topic -> topic.toCreate(replication)).toList();
    for (KafkaFuture<Void> created : admin.createTopics(requests).values().values()) {
      try {
        await(created);
      } catch (TopicExistsException e) {
        // Another instance starts at the same moment and was faster.
      }
    }
  }

  /**
   * A topic is created before its leaders know that they are. A producer that sends meanwhile may
   * have its first batch refused and its second, already on the way, taken: an idempotent one then
   * repeats the first in vain, out of sequence, until its time is over. Only a leader tells where
   * its partition ends; the client asks again until it does, but only of topics it has heard of.
   */
  private static void awaitLeaders(Admin admin, List<Topic<?, ?>> topics) {
    List<String> names = topics.stream().<String>map(Topic::name).toList();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (Topic<?, ?> topic : topics) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
    while (true) {
      try {
        await(admin.describeTopics(names).allTopicNames());
        await(admin.listOffsets(ends).all());
        return;
      } catch (RetriableException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static void verifyPartitions(Admin admin, List<Topic<?, ?>> topics) {
    List<String> names = topics.stream().<String>map(Topic::name).toList();
    Map<String, TopicDescription> found = await(admin.describeTopics(names).allTopicNames());
    List<String> differences = new ArrayList<>();
    for (Topic<?, ?> topic : topics) {
      TopicDescription description = found.get(topic.name());
      int partitions = description == null ? 0 : description.partitions().size();
      if (partitions != topic.partitions()) {
        differences.add(
            "topic %s has %d partitions, expected %d"
                .formatted(topic.name(), partitions, topic.partitions()));
      }
    }
    if (!differences.isEmpty()) {
      throw new TopicMismatch(differences);
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
