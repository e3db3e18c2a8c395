package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.query.CubeQueries.Progress;
import io.tillwatch.topology.query.Instances.Address;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who answers when two instances share the work: two real servers, ownership by hand. */
class RouteTest {

  private final CubeOverHttp.Ownership left = new CubeOverHttp.Ownership();
  private final CubeOverHttp.Ownership right = new CubeOverHttp.Ownership();
  private CubeOverHttp leftHttp;
  private CubeOverHttp rightHttp;

  @BeforeEach
  void start() {
    leftHttp = new CubeOverHttp(left);
    rightHttp = new CubeOverHttp(right);
    left.self = leftHttp.address();
    right.self = rightHttp.address();
    for (CubeOverHttp http : List.of(leftHttp, rightHttp)) {
      Traffic.fill(http.cube);
      http.cube.progress(EventKind.AUTH, new Progress(Traffic.at("03:16"), 0, false));
    }
  }

  @AfterEach
  void stop() {
    leftHttp.close();
    rightHttp.close();
  }

  @Test
  void theOwnerAnswersForTheOther() throws Exception {
    owner(right.self);
    assertThat(servedBy(leftHttp)).isEqualTo(right.self.toString());
    assertThat(servedBy(rightHttp)).isEqualTo(right.self.toString());
  }

  @Test
  void aRelayedAnswerIsTheOwnersByteForByte() throws Exception {
    owner(right.self);
    String query = "/api/v1/cells?psp=northpay&by=issuerCountry&from=2026-11-20T04:00:00%2B01:00";
    HttpResponse<String> relayed = leftHttp.get(query);
    assertThat(relayed.statusCode()).isEqualTo(200);
    assertThat(relayed.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(relayed.body())
        .isEqualTo(rightHttp.get(query).body())
        .contains("\"from\":\"2026-11-20T03:00:00Z\"", "\"issuerCountry\":\"fr\"");
  }

  @Test
  void theOwnerIsAskedWhy() throws Exception {
    owner(right.self);
    HttpResponse<String> relayed = leftHttp.get("/api/v1/why?psp=northpay");
    assertThat(relayed.statusCode()).isEqualTo(404);
    assertThat(relayed.body()).contains("no minute of auth was closed yet");
  }

  @Test
  void theOwnersRefusalIsPassedOn() throws Exception {
    owner(right.self);
    HttpResponse<String> relayed = leftHttp.get("/api/v1/cells?step=1m&from=-9d");
    assertThat(relayed.statusCode()).isEqualTo(400);
    assertThat(relayed.body()).startsWith("{\"error\":\"range_too_large\"");
  }

  @Test
  void aRelayedQueryIsNeverRelayedAgain() throws Exception {
    // Each takes the other for the owner: without the header the query would go round for ever.
    left.holding = () -> List.of(right.self);
    right.holding = () -> List.of(left.self);
    assertThat(servedBy(leftHttp)).isEqualTo(right.self.toString());
    assertThat(servedBy(rightHttp)).isEqualTo(left.self.toString());
  }

  @Test
  void theStandbyAnswersWhenTheOwnerIsAway() throws Exception {
    Address gone = freeAddress();
    left.holding = () -> List.of(gone, left.self);
    leftHttp.cube.progress(EventKind.AUTH, new Progress(Traffic.at("03:15"), 0, true));
    assertThat(leftHttp.get("/api/v1/cells").body())
        .contains(
            "\"watermark\":\"2026-11-20T03:15:00Z\",\"behindMillis\":60000,\"standby\":true",
            "\"servedBy\":\"" + left.self + "\"");
    left.holding = () -> List.of(gone, right.self);
    assertThat(servedBy(leftHttp)).isEqualTo(right.self.toString());
  }

  @Test
  void withNobodyToAnswerTheQueryIsToBePutAgain() throws Exception {
    Address gone = freeAddress();
    left.holding = () -> List.of(gone);
    HttpResponse<String> response = leftHttp.get("/api/v1/worst");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("2");
    assertThat(response.body())
        .isEqualTo(
            """
            {"error":"rebalancing","message":"%s does not answer","expected":"the same query \
            again in a few seconds, when the work has been shared out"}\
            """
                .formatted(gone));
  }

  @Test
  void ingestTalliesOfAllInstancesAreAddedUp() throws Exception {
    leftHttp.cube.ingested(EventKind.AUTH, counts(10, 1, 2, 3));
    rightHttp.cube.ingested(EventKind.AUTH, counts(20, 0, 0, 0));
    rightHttp.cube.ingested(EventKind.WEBHOOK, counts(7, 0, 0, 1));
    shareIngest();
    String expected =
        """
        {"received":44,"accepted":37,"duplicates":1,"late":2,"deadLettered":4,"byKind":{\
        "auth":{"received":36,"accepted":30,"duplicates":1,"late":2,"deadLettered":3},\
        """;
    for (CubeOverHttp http : List.of(leftHttp, rightHttp)) {
      assertThat(http.get("/api/v1/ingest").body())
          .startsWith(expected)
          .endsWith("\"partitions\":[0,1,2]}");
    }
  }

  @Test
  void aPartitionThatMovesIsNeitherLeftOutNorCountedTwice() throws Exception {
    shareIngest();
    rightHttp.cube.partitions(Set.of(2));
    assertThat(leftHttp.get("/api/v1/ingest").body()).contains("1 ingest partitions are moving");
    rightHttp.cube.partitions(Set.of(0, 1, 2));
    HttpResponse<String> response = leftHttp.get("/api/v1/ingest");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("ingest partition 0 is moving");
  }

  @Test
  void ingestTalliesAreWholeOrNotGiven() throws Exception {
    Address gone = freeAddress();
    left.ingesting = () -> List.of(left.self, gone);
    HttpResponse<String> response = leftHttp.get("/api/v1/ingest");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains(gone + " does not answer");
  }

  private void shareIngest() {
    for (CubeOverHttp.Ownership instance : List.of(left, right)) {
      instance.ingesting = () -> List.of(left.self, right.self);
      instance.ingestPartitions = 3;
    }
    leftHttp.cube.partitions(Set.of(0));
    rightHttp.cube.partitions(Set.of(1, 2));
  }

  private void owner(Address address) {
    left.holding = () -> List.of(address);
    right.holding = () -> List.of(address);
  }

  private static String servedBy(CubeOverHttp http) throws Exception {
    String body = http.get("/api/v1/cells").body();
    return body.replaceAll(".*\"servedBy\":\"([^\"]+)\".*", "$1");
  }

  private static Address freeAddress() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Address("127.0.0.1", socket.getLocalPort());
    }
  }

  private static IngestCounts counts(long accepted, long duplicates, long late, long refused) {
    return new IngestCounts(accepted, duplicates, late, refused, 0, 0, 0);
  }
}
