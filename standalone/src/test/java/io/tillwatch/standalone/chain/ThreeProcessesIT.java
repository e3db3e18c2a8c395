package io.tillwatch.standalone.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.feed.Feed;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: topology twice and triage once are one installation. Method: three processes against one
 * broker; an outage half told, one topology stopped, and the rest of the story told to the other.
 */
@Execution(ExecutionMode.CONCURRENT)
class ThreeProcessesIT {

  private static final long SEED = 4;
  private static final Instant HALF_TOLD = Load.OUTAGE_STARTS.plus(Duration.ofMinutes(8));
  private static final Instant TOLD = Load.OUTAGE_ENDS.plus(Duration.ofMinutes(25));
  private static final List<String> KINDS =
      List.of("auth", "capture", "refund", "webhook", "settlement", "dispute");
  private static final String CELLS = "/api/v1/cells?kind=%s&by=psp,region&step=all&from=%s&to=%s";
  private static final String INCIDENTS = "/api/v1/incidents?state=all";

  @TempDir private Path folder;

  private final Load load = new Load(SEED);
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
  void theyShareTheWorkAnswerTheSameAndTellOneOutageOnce() throws Exception {
    Role left = cluster.topology("left");
    Role right = cluster.topology("right");
    // By today's clock there would have been no news of an outage of long ago for too long.
    Role triage = cluster.triageAt("triage", Load.START);
    bothOwnSomething(left, right);
    load.sendUntil(feed, HALF_TOLD);
    allIsCounted(left);
    allIsCounted(right);
    bothAnswerTheSame(left, right);
    JsonNode incident = theIncident(triage, i -> !i.path("pagedAt").isNull());
    assertThat(incident.path("state").asText()).isEqualTo("open");

    left.stop();
    load.sendUntil(feed, TOLD);
    allIsCounted(right);
    JsonNode over = theIncident(triage, i -> i.path("state").asText().equals("recovering"));
    assertThat(over.path("id")).isEqualTo(incident.path("id"));
    assertThat(
            cluster.read(cluster.topics.actionResults()).stream().filter(ThreeProcessesIT::isPage))
        .as("pages")
        .hasSize(1);
  }

  private static void bothOwnSomething(Role left, Role right) throws Exception {
    for (Role role : List.of(left, right)) {
      Patience.await("both to own cubes", () -> owners(role), owners -> owners.size() == 2);
    }
  }

  /** The instances that answer for at least one kind; empty while one of them cannot be asked. */
  private static Optional<Set<String>> owners(Role role) {
    Set<String> owners = new TreeSet<>();
    for (String kind : KINDS) {
      Optional<JsonNode> answer = role.get(cells(kind));
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      owners.add(answer.get().path("servedBy").asText());
    }
    return Optional.of(owners);
  }

  private static String cells(String kind) {
    return CELLS.formatted(kind, Load.START, TOLD);
  }

  /** Of every kind, not only of the most frequent: they are cells of different tasks. */
  private void allIsCounted(Role role) throws Exception {
    long records = cluster.paymentRecords();
    JsonNode received =
        Patience.await(
            "%d records to be received".formatted(records),
            () -> role.get("/api/v1/ingest"),
            t -> t.path("received").asLong() == records);
    for (String kind : KINDS) {
      long accepted = received.path("byKind").path(kind).path("accepted").asLong();
      Patience.await(
          "%d events of kind %s in the cells".formatted(accepted, kind),
          () -> role.get(cells(kind)),
          answer -> events(answer) == accepted && (accepted == 0 || hasWatermark(answer)));
    }
  }

  /** Before it has one, a kind's retention is counted from now: the answer begins with a day. */
  private static boolean hasWatermark(JsonNode answer) {
    return answer.path("staleness").path("watermark").isTextual();
  }

  private static long events(JsonNode answer) {
    long sum = 0;
    for (JsonNode cell : answer.path("cells")) {
      sum += cell.path("events").asLong();
    }
    return sum;
  }

  private static void bothAnswerTheSame(Role left, Role right) {
    assertThat(left.get("/api/v1/ingest")).isPresent().isEqualTo(right.get("/api/v1/ingest"));
    for (String kind : KINDS) {
      JsonNode one = left.get(cells(kind)).orElseThrow();
      JsonNode other = right.get(cells(kind)).orElseThrow();
      assertThat(one.path("cells")).as(kind).isEqualTo(other.path("cells"));
      assertThat(one.path("servedBy")).as(kind).isEqualTo(other.path("servedBy"));
    }
  }

  /** The only incident there is, at the root cell that failed. */
  private static JsonNode theIncident(Role triage, Predicate<JsonNode> enough) throws Exception {
    JsonNode incidents =
        Patience.await(
                "the incident",
                () -> triage.get(INCIDENTS),
                a -> a.path("incidents").size() > 0 && enough.test(a.at("/incidents/0")))
            .path("incidents");
    assertThat(incidents).hasSize(1);
    JsonNode roots = incidents.path(0).path("rootCells");
    assertThat(roots).hasSize(1);
    Load.OUTAGE
        .toMap()
        .forEach((dimension, value) ->
            assertThat(roots.path(0).path(dimension).asText()).isEqualTo(value));
    return incidents.path(0);
  }

  private static boolean isPage(ActionResult result) {
    return result.getTarget() == ActionTarget.PAGER
        && result.getVerb() == ActionVerb.TRIGGER
        && result.getOutcome() == ActionOutcome.DONE;
  }
}
