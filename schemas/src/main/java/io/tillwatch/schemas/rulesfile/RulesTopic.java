package io.tillwatch.schemas.rulesfile;

import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.kafka.Worker;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads the topic of published rules, and has somebody look every two seconds.
 *
 * <p>Nobody looks before all that was published when it started is read. A failure is logged, and
 * it starts over; what was read stays.
 */
public final class RulesTopic implements AutoCloseable {

  /** Between two looks. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RulesTopic.class);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  /** Who looks. */
  @FunctionalInterface
  public interface Follower {
    /**
     * Looks.
     *
     * @param published texts by name, a name begins with that of the topic
     */
    void look(SortedMap<String, String> published);
  }

  private final String topic;
  private final PublishedFiles published;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Follower follower;
  private final Worker worker;
  private final CountDownLatch looked = new CountDownLatch(1);
  private volatile @Nullable Consumer<String, byte[]> consumer;

  private RulesTopic(
      String thread,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      Follower follower) {
    this.topic = topic.name();
    this.published = new PublishedFiles(topic.valueSerde().deserializer());
    this.consumers = consumers;
    this.follower = follower;
    this.worker = new Worker(thread, this::run);
  }

  /**
   * Starts reading.
   *
   * @param thread name of the thread
   * @param consumers makes consumers of bytes that have no group
   */
  public static RulesTopic follow(
      String thread,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      Follower follower) {
    RulesTopic started = new RulesTopic(thread, topic, consumers, follower);
    started.worker.start();
    return started;
  }

  private void run() {
    try (Consumer<String, byte[]> made = consumers.get()) {
      consumer = made;
      read(made);
    } catch (WakeupException | InterruptException stop) {
      LOG.debug("{} was woken to stop", worker.name());
    } catch (RuntimeException failure) {
      LOG.warn("{} starts over, rules stay as they are", worker.name(), failure);
      worker.rest(REST_AFTER_FAILURE);
    } finally {
      consumer = null;
    }
  }

  private void read(Consumer<String, byte[]> made) {
    List<TopicPartition> partitions =
        made.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    made.assign(partitions);
    made.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = made.endOffsets(partitions);
    boolean loaded = looked.getCount() == 0;
    while (worker.working()) {
      made.poll(LOOK_EVERY).forEach(published::take);
      loaded = loaded || isRead(made, ends);
      if (loaded) {
        follower.look(published.texts());
        looked.countDown();
      }
    }
  }

  private static boolean isRead(Consumer<?, ?> made, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> made.position(end.getKey()) >= end.getValue());
  }

  /**
   * Waits for the first look.
   *
   * @throws IllegalStateException when it does not come in time
   */
  public void awaitFirst(Duration longest) {
    try {
      if (!looked.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "the rules on %s were not read within %s; see the log".formatted(topic, longest));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the rules were being read", stop);
    }
  }

  /** Stops looking; the rules stay as they are. */
  @Override
  public void close() {
    if (!worker.stop(this::wake, CLOSE_MAX)) {
      LOG.warn("{} is still busy after {}", worker.name(), CLOSE_MAX);
    }
  }

  private void wake() {
    Consumer<String, byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }
}
