package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Verdict;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.query.CubeQueries.Progress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The served description is true of what is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionTest {

  private final CubeOverHttp.Ownership instances = new CubeOverHttp.Ownership();
  private CubeOverHttp http;
  private OpenApiInteractionValidator validator;

  @BeforeAll
  void start() throws Exception {
    http = new CubeOverHttp(instances);
    Traffic.fill(http.cube);
    http.cube.progress(EventKind.AUTH, new Progress(Traffic.at("03:16"), 0, false));
    http.cube.worst(EventKind.AUTH, List.of(new WorstCell(Slice.TOTAL, 9, 0.1, 0.9, 7.2, 30)));
    http.cube.explained(
        EventKind.AUTH,
        new Explanation(
            Aspect.failures(EventKind.AUTH),
            Slice.TOTAL,
            Traffic.at("03:14"),
            Verdict.LEARNING,
            false,
            new Explanation.Counted(0, 0, 0),
            1,
            new Explanation.Counted(9, 3, 1.5),
            0,
            0,
            0,
            0,
            .01,
            0,
            45,
            null));
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(http.get("/openapi").body())
            .withResolveCombinators(true)
            .build();
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/cells      |                                                      | 200",
        "/api/v1/cells      | kind=auth&by=psp,issuerCountry&step=5m&limit=3       | 200",
        "/api/v1/cells      | kind=dispute&from=-1h&to=now&step=all&threeDs=yes    | 200",
        "/api/v1/cells      | step=1m&from=-8d                                     | 400",
        "/api/v1/worst      | kind=auth&limit=5                                    | 200",
        "/api/v1/why        | kind=auth                                            | 200",
        "/api/v1/why        | psp=a&at=-4h                                         | 400",
        "/api/v1/why        | kind=capture                                         | 404",
        "/api/v1/dimensions | kind=auth                                            | 200",
        "/api/v1/ingest     |                                                      | 200",
      })
  void answersAreAsDescribed(String path, String query, int status) throws Exception {
    HttpResponse<String> response = http.get(query == null ? path : path + "?" + query);
    assertThat(response.statusCode()).isEqualTo(status);
    assertValid(request(path, query), response);
  }

  @Test
  void beingBusyIsDescribedToo() throws Exception {
    instances.ingesting =
        () -> {
          throw Refusal.rebalancing("tasks are nowhere");
        };
    HttpResponse<String> response = http.get("/api/v1/ingest");
    instances.ingesting = () -> List.of(instances.self);
    assertThat(response.statusCode()).isEqualTo(503);
    assertValid(request("/api/v1/ingest", null), response);
  }

  @Test
  void theDescriptionNamesEveryParameterThatIsTaken() throws Exception {
    String description = http.get("/openapi").body();
    assertThat(CellsQuery.PARAMETERS)
        .allSatisfy(name -> assertThat(description).contains("- name: " + name + "\n"));
    assertThat(WhyAnswer.PARAMETERS)
        .allSatisfy(name -> assertThat(description).contains("- name: " + name + "\n"));
    assertThat(http.get("/openapi/topology").body()).isEqualTo(description);
  }

  private void assertValid(SimpleRequest request, HttpResponse<String> response) {
    SimpleResponse.Builder described =
        SimpleResponse.Builder.status(response.statusCode()).withBody(response.body());
    response.headers().map().forEach(described::withHeader);
    ValidationReport report = validator.validate(request, described.build());
    assertThat(report.getMessages()).as(response.body()).isEmpty();
  }

  private static SimpleRequest request(String path, String query) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(Request.Method.GET, path);
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        Map.Entry<String, String> pair =
            Map.entry(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
        request.withQueryParam(pair.getKey(), pair.getValue());
      }
    }
    return request.build();
  }
}
