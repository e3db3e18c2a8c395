package io.tillwatch.standalone.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.feed.Feed;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.PaymentStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: whenever the topology is killed, every record ends in exactly one count and every cell is
 * right. Method: SIGKILL at seeded moments of a seeded load, once while it restores, once with
 * stores as a kill leaves them while they are deleted, then a recount of the payment topics
 * compared with the stored cells, minute by minute, and the bursts with each other. A recount with
 * one event too few must differ.
 */
@Execution(ExecutionMode.CONCURRENT)
class TopologyKillIT {

  private static final long SEED = 4;
  private static final int KILLS_UNDER_LOAD = 5;
  private static final int DELIVERIES_PER_LIFE = 16_000;
  private static final int DELIVERIES_AT_ONCE = 500;
  private static final long PAUSE_MILLIS = 40;

  /** More than a commit interval: kills fall on every part of a transaction. */
  private static final int JITTER_MILLIS_MAX = 1_500;

  private static final List<EventKind> KINDS =
      List.of(EventKind.AUTH, EventKind.CAPTURE, EventKind.REFUND, EventKind.WEBHOOK);
  private static final Duration CHUNK = Duration.ofMinutes(20);
  private static final String CELLS =
      "/api/v1/cells?kind=%s&by=psp,binRange,region&step=1m&from=%s&to=%s&limit=10000";

  @TempDir private Path folder;

  private final Load load = new Load(SEED);
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Recount recount = new Recount(load.binRanges());
  private PaymentStep lastAuth;
  private Cluster cluster;
  private Feed feed;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(folder);
    feed = Feed.to(cluster.connection(), cluster.topics);
    feed.publishBinRanges(load.binRanges(), Load.START);
  }

  @AfterEach
  void stop() throws Exception {
    feed.close();
    cluster.close();
  }

  @Test
  void killedAtAnyMomentItCountsEveryRecordOnce() throws Exception {
    long received = 0;
    for (int life = 1; life < KILLS_UNDER_LOAD; life++) {
      received = lifeUnderLoad(received);
    }
    lifeCutShortWhileItRestores();
    lifeUnderLoad(received);
    leaveStoresHalfDeleted();
    Role survivor = cluster.topology("topology");
    sendSome().join();
    feed.flush();
    recountTopics();

    JsonNode tallies =
        Patience.await(
            "all records to be received",
            () -> survivor.get("/api/v1/ingest"),
            t -> t.path("received").asLong() >= recount.records());
    for (EventKind kind : KINDS) {
      assertThat(Recount.Fates.of(tallies.path("byKind").path(label(kind))))
          .as("fates of %s", kind)
          .isEqualTo(recount.fates(kind));
      Patience.await("the last cells", () -> survivor.get(total(kind)), a -> complete(kind, a));
      assertThat(firstDifference(survivor, kind)).as("first wrong cell").isEmpty();
    }
    everyFateOccurs();
    aRecountWithOneEventTooFewDiffers(survivor);
    everyRevisionOfABurstIsThereOnce();
  }

  private long lifeUnderLoad(long receivedBefore) throws Exception {
    CompletableFuture<Void> sending = sendSome();
    Role role = cluster.topology("topology");
    long enough = receivedBefore + random.nextInt(1, DELIVERIES_PER_LIFE);
    long received =
        Patience.await(
                "%d records to be received".formatted(enough),
                () -> role.get("/api/v1/ingest"),
                t -> t.path("received").asLong() >= enough)
            .path("received")
            .asLong();
    Thread.sleep(random.nextInt(JITTER_MILLIS_MAX));
    role.kill();
    sending.join();
    return received;
  }

  private void lifeCutShortWhileItRestores() throws Exception {
    Role role = cluster.topology("topology");
    Patience.await("the port", () -> role.url(), url -> true);
    Thread.sleep(random.nextInt(JITTER_MILLIS_MAX));
    role.kill();
  }

  /**
   * One kind of file of each store is gone: none opens, and none can be made anew in its place.
   * Comes after a life that received records, so that the stores are there: one that is cut short
   * may have wiped them and not yet begun anew.
   */
  private void leaveStoresHalfDeleted() throws Exception {
    List<Path> deleted;
    try (Stream<Path> files = Files.walk(folder.resolve("topology"))) {
      deleted = files.filter(file -> file.endsWith("CURRENT")).toList();
    }
    assertThat(deleted).hasSizeGreaterThan(KINDS.size());
    for (Path file : deleted) {
      Files.delete(file);
    }
  }

  /** Sends the load of one life in the background, so that it lasts while the topology starts. */
  private CompletableFuture<Void> sendSome() {
    return CompletableFuture.runAsync(() -> {
      for (int sent = 0; sent < DELIVERIES_PER_LIFE; sent += DELIVERIES_AT_ONCE) {
        load.send(feed, DELIVERIES_AT_ONCE);
        pause();
      }
    });
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void recountTopics() {
    cluster.read(cluster.topics.auth(), (p, e) -> count(EventKind.AUTH, p, e));
    cluster.read(
        cluster.topics.capture(), (p, e) -> recount.take(EventKind.CAPTURE, p, e.getStep()));
    cluster.read(cluster.topics.refund(), (p, e) -> recount.take(EventKind.REFUND, p, e.getStep()));
    cluster.read(
        cluster.topics.webhook(), (p, e) -> recount.take(EventKind.WEBHOOK, p, e.getStep()));
  }

  private void count(EventKind kind, int partition, AuthEvent event) {
    if (recount.take(kind, partition, event.getStep()) == Recount.Fate.ACCEPTED) {
      lastAuth = event.getStep();
    }
  }

  private boolean complete(EventKind kind, JsonNode total) {
    return total.path("cells").path(0).path("events").asLong() >= recount.fates(kind).accepted();
  }

  private String total(EventKind kind) {
    return "/api/v1/cells?kind=%s&step=all&from=%s&to=%s"
        .formatted(
            label(kind), recount.firstMinute(kind), recount.lastMinute(kind).plusSeconds(60));
  }

  private Optional<String> firstDifference(Role role, EventKind kind) {
    Instant end = recount.lastMinute(kind).plusSeconds(60);
    Optional<String> difference = Optional.empty();
    for (Instant from = recount.firstMinute(kind);
        difference.isEmpty() && from.isBefore(end);
        from = from.plus(CHUNK)) {
      Instant to = from.plus(CHUNK);
      JsonNode answer = role.get(CELLS.formatted(label(kind), from, to)).orElseThrow();
      assertThat(answer.path("truncated").asBoolean()).isFalse();
      difference = recount.firstDifference(kind, from, to, answer);
    }
    return difference;
  }

  /** Otherwise the load was too tame to prove anything. */
  private void everyFateOccurs() {
    Recount.Fates auths = recount.fates(EventKind.AUTH);
    assertThat(List.of(auths.duplicates(), auths.late(), auths.deadLettered()))
        .allSatisfy(count -> assertThat(count).isPositive());
    assertThat(KINDS).allSatisfy(k -> assertThat(recount.fates(k).accepted()).isPositive());
    assertThat(feed.acknowledged()).isGreaterThanOrEqualTo(recount.records());
  }

  private void aRecountWithOneEventTooFewDiffers(Role role) {
    recount.add(EventKind.AUTH, lastAuth, -1);
    assertThat(firstDifference(role, EventKind.AUTH))
        .hasValueSatisfying(cell -> assertThat(cell).contains(lastAuth.getPsp()));
    recount.add(EventKind.AUTH, lastAuth, 1);
  }

  private void everyRevisionOfABurstIsThereOnce() throws Exception {
    List<Burst> bursts =
        Patience.await(
            "the outage to be found and over",
            () -> Optional.of(cluster.read(cluster.topics.bursts())),
            all -> all.stream().anyMatch(TopologyKillIT::isOutageAndOver));
    Map<String, List<Integer>> revisions =
        bursts.stream()
            .collect(
                Collectors.groupingBy(
                    Burst::getBurstId,
                    TreeMap::new,
                    Collectors.mapping(Burst::getRevision, Collectors.toList())));
    assertThat(revisions)
        .allSatisfy((id, numbers) ->
            assertThat(numbers)
                .as("revisions of burst %s", id)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
  }

  private static boolean isOutageAndOver(Burst burst) {
    return burst.getState() == BurstState.CLOSED
        && burst.getRootCells().getFirst().getSlice().equals(Load.OUTAGE.toMap());
  }

  private static String label(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
