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
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are not there yet, and says where one that is there differs. */
public final class TopicCreator {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);

  private static final Duration LEADERS_WITHIN = Duration.ofSeconds(30);
  private static final int ANSWER_MILLIS = 10_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private TopicCreator() {}

  /**
   * Creates what is missing and waits until all take records, see {@link #awaitLeaders}; what is
   * there is never changed.
   *
   * @param replication copies of each partition; -1 for the cluster's default
   * @throws TopicMismatch when a topic has another number of partitions than the catalogue says
   * @throws KafkaException when the cluster refuses or cannot be reached
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
    // Also those that were there: another instance may have created them just now, or otherwise.
    awaitLeaders(admin, topics.stream().<String>map(Topic::name).toList());
    verifyPartitions(admin, missing);
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
   * Waits until every partition of these topics has a leader that answers, or half a minute is
   * over: then whoever starts goes on with the partitions that can be worked on, and the log says
   * so.
   *
   * <p>A topic is created before its leaders know that they are. A producer that sends meanwhile
   * may have its first batch refused and its second, already on the way, taken: an idempotent one
   * then repeats the first in vain, out of sequence, until its time is over. Only a leader tells
   * where its partition ends.
   */
  public static void awaitLeaders(Admin admin, Collection<String> names) {
    long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
    while (true) {
      try {
        askLeaders(admin, names);
        return;
      } catch (RetriableException e) {
        if (System.nanoTime() - deadline > 0) {
          LOG.warn("not every partition has a leader that answers: {}", e.getMessage());
          return;
        }
      }
      pause();
    }
  }

  private static void askLeaders(Admin admin, Collection<String> names) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    var known = admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(ANSWER_MILLIS));
    await(known.allTopicNames())
        .forEach((name, topic) ->
            topic
                .partitions()
                .forEach(
                    p -> ends.put(new TopicPartition(name, p.partition()), OffsetSpec.latest())));
    await(admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(ANSWER_MILLIS)).all());
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
