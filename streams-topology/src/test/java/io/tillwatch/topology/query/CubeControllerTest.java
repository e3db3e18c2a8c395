package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Verdict;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.query.CubeQueries.Progress;
import io.tillwatch.topology.query.Instances.Work;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Exact answers over real HTTP, from a cube whose sums can be checked by eye. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CubeControllerTest {

  private static final String STALENESS =
      """
      "staleness":{"watermark":"2026-11-20T03:15:40Z","behindMillis":20000,"standby":false}\
      """;

  /** 100 ms as the sketch remembers it. */
  private static final String HUNDRED_MILLIS =
      """
      "p50":100.49456770856492,"p90":100.49456770856492,"p95":100.49456770856492,\
      "p99":100.49456770856492,\
      "relativeError":0.01\
      """;

  private final CubeOverHttp.Ownership instances = new CubeOverHttp.Ownership();
  private CubeOverHttp http;

  @BeforeAll
  void start() {
    http = new CubeOverHttp(instances);
    Traffic.fill(http.cube);
    http.cube.worst(
        EventKind.AUTH,
        List.of(
            new WorstCell(Slice.of(Map.of("psp", "northpay")), 40, 0.5, 0.9, 16, 21.5),
            new WorstCell(Slice.TOTAL, 90, 0.8, 0.9, 9, 8)));
    http.cube.explained(EventKind.AUTH, why("03:13", Verdict.NOT_TESTED, 0));
    http.cube.explained(EventKind.AUTH, why("03:14", Verdict.QUIET, 40));
    Aspect latency = new Aspect(Kpi.LATENCY, null);
    http.cube.explained(EventKind.AUTH, why(latency, "03:14", Verdict.QUIET, 40));
    http.cube.ingested(EventKind.AUTH, counts(6, 2, 1, 3));
    http.cube.ingested(EventKind.REFUND, counts(4, 0, 0, 0));
  }

  @BeforeEach
  void progress() {
    http.cube.progress(
        EventKind.AUTH, new Progress(Traffic.at("03:15") + 40_000, Traffic.at("03:15"), false));
    instances.work = Work.RUNNING;
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void cellsOfASliceAreAddedUpByStepAndGroup() throws Exception {
    assertThat(body("/api/v1/cells?kind=auth&psp=northpay&by=issuerCountry&step=all"))
        .isEqualTo(
            """
            {"kind":"auth","slice":{"psp":"northpay"},"by":["issuerCountry"],\
            "from":"2026-11-20T03:01:00Z","to":"2026-11-20T03:16:00Z","step":"all",\
            "resolution":"1m","heldFrom":"2024-11-20T00:00:00Z","cells":[\
            {"at":"2026-11-20T03:01:00Z","slice":{"psp":"northpay","issuerCountry":"de"},\
            "events":3,"firstAttempts":3,"successes":2,"judged":3,\
            "outcomes":{"approved":2,"timeout":1},"reasons":{"timeout":1},\
            "successRate":0.6666666666666666,"technicalSuccessRate":0.6666666666666666,\
            "actionableRate":0.6666666666666666,\
            "amounts":{"EUR":{"count":3,"sumMinor":3700,"successCount":2,"successSumMinor":3000}},\
            "latencyMillis":{"count":3,%2$s}},\
            {"at":"2026-11-20T03:01:00Z","slice":{"psp":"northpay","issuerCountry":"fr"},\
            "events":1,"firstAttempts":1,"successes":0,"judged":1,\
            "outcomes":{"declined":1},"reasons":{"insufficient_funds":1},\
            "successRate":0.0,"technicalSuccessRate":1.0,"actionableRate":null,\
            "amounts":{"EUR":{"count":1,"sumMinor":500,"successCount":0,"successSumMinor":0}},\
            "latencyMillis":{"count":1,%2$s}}],\
            "provisional":true,%1$s,"truncated":false,"servedBy":"instance:8080"}\
            """
                .formatted(STALENESS, HUNDRED_MILLIS));
  }

  @Test
  void withoutParametersTheAnswerIsAllAuthsOfTheLastQuarterHourByMinute() throws Exception {
    String body = body("/api/v1/cells");
    assertThat(body)
        .startsWith("{\"kind\":\"auth\",\"slice\":{},\"by\":[],\"from\":\"2026-11-20T03:01:00Z\"")
        .contains("{\"at\":\"2026-11-20T03:14:00Z\",\"slice\":{},\"events\":3,")
        .contains("{\"at\":\"2026-11-20T03:15:00Z\",\"slice\":{},\"events\":3,");
  }

  @Test
  void aRangeThatIsSettledIsNotProvisional() throws Exception {
    assertThat(body("/api/v1/cells?from=2026-11-20T03:14:00Z&to=2026-11-20T03:15:00Z"))
        .contains("\"events\":3,", "\"provisional\":false");
    assertThat(body("/api/v1/cells?from=2026-11-20T03:14:00Z&to=2026-11-20T03:15:01Z"))
        .contains("\"to\":\"2026-11-20T03:16:00Z\"", "\"provisional\":true");
  }

  @Test
  void beforeTheFirstEventThereIsNoWatermarkAndNothingIsSettled() throws Exception {
    assertThat(body("/api/v1/cells?kind=dispute"))
        .contains(
            "\"from\":\"2026-11-20T03:02:00Z\",\"to\":\"2026-11-20T03:17:00Z\"",
            "\"cells\":[],\"provisional\":true",
            "\"staleness\":{\"watermark\":null,\"behindMillis\":null,\"standby\":false}");
  }

  @Test
  void moreCellsThanTheLimitAreCutAndSaidToBe() throws Exception {
    String body = body("/api/v1/cells?by=psp&limit=2");
    assertThat(body)
        .contains("\"truncated\":true")
        .contains("{\"at\":\"2026-11-20T03:14:00Z\",\"slice\":{\"psp\":\"northpay\"},\"events\":3")
        .contains("{\"at\":\"2026-11-20T03:15:00Z\",\"slice\":{\"psp\":\"northpay\"},\"events\":1")
        .doesNotContain("southpay");
    assertThat(body("/api/v1/cells?by=psp&limit=3")).contains("southpay", "\"truncated\":false");
  }

  @Test
  void worstSlicesComeWorstFirst() throws Exception {
    assertThat(body("/api/v1/worst?kind=auth&limit=1"))
        .isEqualTo(
            """
            {"kind":"auth","cells":[{"slice":{"psp":"northpay"},"events":40,"observed":0.5,\
            "expected":0.9,"approvalsLost":16.0,"evidence":21.5}],%s,"servedBy":"instance:8080"}\
            """
                .formatted(STALENESS));
  }

  @Test
  void whyACellFiredOrNotIsToldWithItsFigures() throws Exception {
    assertThat(body("/api/v1/why?psp=northpay"))
        .isEqualTo(
            """
            {"kind":"auth","kpi":"success_rate","reason":null,"slice":{"psp":"northpay"},\
            "at":"2026-11-20T03:14:00Z",\
            "verdict":"quiet","sentence":"psp=northpay: 4 of 40 failed where 3.0 were expected; \
            statistic 1.2 of 13.4 needed: quiet","recomputed":false,\
            "minute":{"minutes":1,"attempts":40,"failures":4,"failuresExpected":3.0,\
            "observed":0.9,"expected":0.925},\
            "window":{"minutes":5,"attempts":200,"failures":20,"failuresExpected":15.0,\
            "observed":0.9,"expected":0.925},\
            "statistic":1.2,"threshold":13.4,"gate":0.1,"drift":0.2,"overDispersion":0.01,\
            "failuresMissing":0,"historyMissingMinutes":0,"burstId":null,\
            %s,"servedBy":"instance:8080"}\
            """
                .formatted(STALENESS));
    assertThat(body("/api/v1/why?psp=northpay&at=2026-11-20T03:13:59Z"))
        .contains("\"at\":\"2026-11-20T03:13:00Z\"", "\"verdict\":\"not_tested\"")
        .contains("\"statistic\":null", "\"observed\":null");
  }

  @Test
  void aMinuteThatIsNotHeldIsRefused() throws Exception {
    HttpResponse<String> response = http.get("/api/v1/why?psp=northpay&at=-4h");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            """
            {"error":"bad_parameter","message":"at='-4h'",\
            "expected":"a closed minute of the last 3 hours"}\
            """);
    assertThat(http.get("/api/v1/why?kind=dispute").statusCode()).isEqualTo(404);
    assertThat(http.get("/api/v1/why?by=psp").body()).contains("unknown parameter 'by'");
  }

  @Test
  void whatOfAKindIsAskedAboutIsOneOfWhatIsWatched() throws Exception {
    assertThat(body("/api/v1/why?psp=northpay&kpi=latency"))
        .contains("\"kpi\":\"latency\"", "4 of 40 were slow where 3.0 were expected");
    assertThat(http.get("/api/v1/why?kpi=webhook_lag").body())
        .contains("kpi='webhook_lag'", "one of success_rate, latency, reason_mix");
    assertThat(http.get("/api/v1/why?kpi=reason_mix").body())
        .contains("\"message\":\"reason=''", "with kpi=reason_mix, else none");
    assertThat(http.get("/api/v1/why?reason=timeout").statusCode()).isEqualTo(400);
  }

  @Test
  void dimensionsListTheirValuesSorted() throws Exception {
    assertThat(body("/api/v1/dimensions?kind=auth"))
        .isEqualTo(
            """
            {"kind":"auth","dimensions":{"psp":["northpay","southpay"],"binRange":["none"],\
            "region":["none"],"method":["none"],"scheme":["none"],"issuerCountry":["de","fr"],\
            "merchantAccount":["none"],"connectorVersion":["none"],"threeDs":["none"]},\
            "truncated":false,%s,"servedBy":"instance:8080"}\
            """
                .formatted(STALENESS));
    assertThat(body("/api/v1/dimensions?limit=1"))
        .contains("\"psp\":[\"northpay\"]", "\"truncated\":true");
  }

  @Test
  void everyRecordReadIsInExactlyOneTally() throws Exception {
    assertThat(body("/api/v1/ingest"))
        .startsWith(
            """
            {"received":16,"accepted":10,"duplicates":2,"late":1,"deadLettered":3,"byKind":{\
            "auth":{"received":12,"accepted":6,"duplicates":2,"late":1,"deadLettered":3},\
            "capture":{"received":0,"accepted":0,"duplicates":0,"late":0,"deadLettered":0},\
            """);
  }

  @Test
  void anUnknownParameterIsNamedWithTheAllowedOnes() throws Exception {
    HttpResponse<String> response = http.get("/api/v1/cells?acquirer=x");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            """
            {"error":"bad_parameter","message":"unknown parameter 'acquirer'","expected":"one of \
            binRange, by, connectorVersion, from, issuerCountry, kind, limit, merchantAccount, \
            method, psp, region, scheme, step, threeDs, to"}\
            """);
  }

  @Test
  void readinessFollowsTheStreamsAndLivenessDoesNot() throws Exception {
    assertThat(http.get("/health/readiness").body()).contains("\"state\":\"RUNNING\"");
    instances.work = Work.REBALANCING;
    HttpResponse<String> readiness = http.get("/health/readiness");
    assertThat(readiness.statusCode()).isEqualTo(503);
    assertThat(readiness.body()).contains("\"state\":\"REBALANCING\"");
    assertThat(http.get("/health/liveness").statusCode()).isEqualTo(200);
    assertThat(http.get("/health").statusCode()).isEqualTo(503);
  }

  @Test
  void metricsOfTheTopologyAndTheProcessAreServed() throws Exception {
    http.metrics.counter("tillwatch.ingest.conflicts").increment();
    HttpResponse<String> response = http.get("/prometheus");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body())
        .contains("tillwatch_ingest_conflicts_total 1.0", "jvm_memory_used_bytes");
  }

  @Test
  void whatDoesNotExistIsRefusedInTheSameShape() throws Exception {
    HttpResponse<String> response = http.get("/api/v1/cubes");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            """
            {"error":"not_found","message":"GET '/api/v1/cubes': Not Found","expected":"a request \
            as /openapi describes it"}\
            """);
  }

  @Test
  void aDefectIsLoggedAndNotTold() throws Exception {
    instances.ingesting =
        () -> {
          throw new IllegalStateException("a secret of ours");
        };
    HttpResponse<String> response = http.get("/api/v1/ingest");
    instances.ingesting = () -> List.of(instances.self);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .startsWith("{\"error\":\"internal_server_error\"")
        .doesNotContain("secret");
  }

  @Test
  void answersAreNeverCached() throws Exception {
    for (String path : List.of("/api/v1/cells", "/api/v1/cells?kind=x")) {
      assertThat(http.get(path).headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  private String body(String pathAndQuery) throws Exception {
    HttpResponse<String> response = http.get(pathAndQuery);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return response.body();
  }

  private static Explanation why(String at, Verdict verdict, long attempts) {
    return why(Aspect.failures(EventKind.AUTH), at, verdict, attempts);
  }

  private static Explanation why(Aspect aspect, String at, Verdict verdict, long attempts) {
    return new Explanation(
        aspect,
        Slice.of(Map.of("psp", "northpay")),
        Traffic.at(at),
        verdict,
        false,
        new Explanation.Counted(attempts, attempts / 10, attempts * .075),
        5,
        new Explanation.Counted(attempts * 5, attempts / 2, attempts * 5 * .075),
        1.2,
        13.4,
        .1,
        .2,
        .01,
        0,
        0,
        null);
  }

  private static IngestCounts counts(long accepted, long duplicates, long late, long refused) {
    return new IngestCounts(accepted, duplicates, late, refused, 0, 0, 0);
  }
}
