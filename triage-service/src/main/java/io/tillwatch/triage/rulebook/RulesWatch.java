package io.tillwatch.triage.rulebook;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.Looks;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.rulesfile.RulesTopic;
import io.tillwatch.schemas.topic.Topic;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link RulesInForce} up to date with files, folders and the topic of published rules.
 *
 * <p>What is published is laid beside the files, so nothing may be defined in both. A change is
 * taken when {@link Looks} has settled: half of a change is never in force.
 */
public final class RulesWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);

  private final RulesInForce rules;
  private final List<Path> paths;
  private final InstantSource clock;
  private final Looks looks = new Looks();
  private final RulesTopic topic;

  private RulesWatch(
      RulesInForce rules,
      List<Path> paths,
      Topic<String, RulesFile> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      InstantSource clock) {
    this.rules = rules;
    this.paths = List.copyOf(paths);
    this.clock = clock;
    this.topic = RulesTopic.follow("rules-watch", topic, consumers, this::look);
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
    return new RulesWatch(rules, paths, topic, consumers, clock);
  }

  private void look(SortedMap<String, String> published) {
    List<RuleFile> now;
    try {
      now = new ArrayList<>(RuleFile.readAll(paths));
    } catch (UncheckedIOException away) {
      LOG.warn("Rules stay as they are: {}", away.getMessage());
      return;
    }
    published.forEach((name, text) -> now.add(new RuleFile(name, text)));
    if (looks.settled(now)) {
      tell(rules.offer(now, clock.instant()));
    }
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
    topic.awaitFirst(longest);
  }

  /** Stops looking; the rules stay as they are. */
  @Override
  public void close() {
    topic.close();
  }
}
