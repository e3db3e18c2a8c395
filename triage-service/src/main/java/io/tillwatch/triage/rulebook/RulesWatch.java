package io.tillwatch.triage.rulebook;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.Looks;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.topic.Topic;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * The thread that keeps {@link RulesInForce} up to date: looks at files and folders, and reads the
 * topic of published rules without a group.
 *
 * <p>What is published is laid beside the files, so nothing may be defined in both. A change is
 * taken when {@link Looks} has settled: half of a change is never in force.
 */
public final class RulesWatch implements AutoCloseable {

  /** Between two looks at the files. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  private final RulesInForce rules;
  private final List<Path> paths;
  private final String topic;
  private final PublishedRules published;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final InstantSource clock;
  private final Thread thread =
      Thread.ofPlatform().name("rules-watch").daemon().unstarted(this::run);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch looked = new CountDownLatch(1);
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private final Looks looks = new Looks();
  private boolean loaded;

  private RulesWatch(
      RulesInForce rules,
      List<Path> paths,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      InstantSource clock) {
    this.rules = rules;
    this.paths = List.copyOf(paths);
    this.topic = topic.name();
    this.published = new PublishedRules(topic.valueSerde().deserializer());
    this.consumers = consumers;
    this.clock = clock;
  }

  /**
   * Starts looking.
   *
   * @param paths files and folders
   * @param consumers makes consumers of bytes that have no group
   */
  public static RulesWatch start(
      RulesInForce rules,
      List<Path> paths,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      InstantSource clock) {
    RulesWatch watch = new RulesWatch(rules, paths, topic, consumers, clock);
    watch.thread.start();
    return watch;
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<String, byte[]> made = consumers.get()) {
        consumer = made;
        follow(made);
      } catch (WakeupException | InterruptException stop) {
        LOG.debug("The rules' watch was woken to stop");
      } catch (RuntimeException failure) {
        LOG.warn("The rules' watch starts over", failure);
        rest();
      } finally {
        consumer = null;
      }
    }
  }

  private void follow(Consumer<String, byte[]> made) {
    List<TopicPartition> partitions =
        made.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    made.assign(partitions);
    made.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = made.endOffsets(partitions);
    while (closing.getCount() > 0) {
      made.poll(LOOK_EVERY).forEach(published::take);
      loaded =
          loaded
              || ends.entrySet().stream()
                  .allMatch(end -> made.position(end.getKey()) >= end.getValue());
      if (loaded) {
        look();
      }
    }
  }

  private void look() {
    List<RuleFile> now;
    try {
      now = new ArrayList<>(RuleFile.readAll(paths));
    } catch (UncheckedIOException away) {
      LOG.warn("Rules stay as they are: {}", away.getMessage());
      return;
    }
    now.addAll(published.files());
    if (looks.settled(now)) {
      tell(rules.offer(now, clock.instant()));
    }
    looked.countDown();
  }

  private void tell(RulesInForce.Verdict verdict) {
    RulesInForce.Version version = rules.version();
    RulesInForce.Refusal refusal = rules.refusal();
    if (verdict == RulesInForce.Verdict.TAKEN) {
      LOG.info("Rules {} are in force: {}", version.hash(), version.files());
    } else if (verdict == RulesInForce.Verdict.REFUSED && refusal != null) {
      LOG.error(
          "Rules {} are refused, {} stay in force:\n{}",
          refusal.hash(),
          version.hash(),
          String.join("\n", refusal.problems()));
    }
  }

  /**
   * Waits for the first look, so that nothing is judged without what was published before the
   * start: a silence that is not known yet would be taken for one that has ended.
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

  private void rest() {
    try {
      boolean closed = closing.await(REST_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("Rested, closing: {}", closed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops looking; the rules stay as they are. */
  @Override
  public void close() {
    closing.countDown();
    Consumer<String, byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      if (!thread.join(CLOSE_MAX)) {
        LOG.warn("The rules' watch is still busy after {}", CLOSE_MAX);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
