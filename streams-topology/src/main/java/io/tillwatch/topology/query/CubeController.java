package io.tillwatch.topology.query;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.query.CubeQueries.IngestShare;
import io.tillwatch.topology.query.Instances.Address;
import io.tillwatch.topology.query.Route.Answer;
import io.tillwatch.topology.query.Route.Asked;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The cube over HTTP: cells, worst slices and why, dimension values, ingest tallies. */
@Controller("/api/v1")
@Requires(property = "tillwatch.topology.enabled", value = "true")
@ExecuteOn(TaskExecutors.BLOCKING)
class CubeController implements CubeApi {

  private final Desk desk;
  private final Route route;
  private final Instances instances;
  private final JsonMapper json;

  CubeController(Desk desk, Route route, Instances instances, JsonMapper json) {
    this.desk = desk;
    this.route = route;
    this.instances = instances;
    this.json = json;
  }

  @Override
  public HttpResponse<?> cells(HttpRequest<?> request) {
    Map<String, List<String>> values = request.getParameters().asMap();
    EventKind kind = Parameters.of(values, CellsQuery.PARAMETERS).kind();
    return written(route.answer(kind, asked(request), () -> desk.cells(values)));
  }

  @Override
  public HttpResponse<?> worst(HttpRequest<?> request) {
    Parameters parameters = kindAndLimit(request);
    EventKind kind = parameters.kind();
    int limit = parameters.integer("limit", Desk.WORST_DEFAULT, 1, Desk.WORST_MAX);
    return written(route.answer(kind, asked(request), () -> desk.worst(kind, limit)));
  }

  @Override
  public HttpResponse<?> why(HttpRequest<?> request) {
    Map<String, List<String>> values = request.getParameters().asMap();
    EventKind kind = Parameters.of(values, WhyAnswer.PARAMETERS).kind();
    return written(route.answer(kind, asked(request), () -> desk.why(values)));
  }

  @Override
  public HttpResponse<?> dimensions(HttpRequest<?> request) {
    Parameters parameters = kindAndLimit(request);
    EventKind kind = parameters.kind();
    int limit = parameters.integer("limit", Desk.MEMBERS_DEFAULT, 1, Desk.MEMBERS_MAX);
    return written(route.answer(kind, asked(request), () -> desk.dimensions(kind, limit)));
  }

  @Override
  public HttpResponse<?> ingest(HttpRequest<?> request) {
    Parameters.of(request.getParameters().asMap(), Parameters.names());
    Asked asked = asked(request);
    if (asked.relayed()) {
      return written(new Answer.Own(desk.ingest()));
    }
    IngestShare all = IngestShare.NONE;
    for (Address address : instances.ingesting()) {
      all = all.plus(ingestShare(address, asked));
    }
    int missing = instances.ingestPartitions() - all.partitions().size();
    if (missing != 0) {
      throw Refusal.rebalancing("%d ingest partitions are moving".formatted(missing));
    }
    return written(new Answer.Own(IngestAnswer.of(all)));
  }

  private IngestShare ingestShare(Address address, Asked asked) {
    if (address.equals(instances.self())) {
      return desk.ingest().share();
    }
    try {
      return json.readValue(route.share(address, asked), IngestAnswer.class).share();
    } catch (IOException e) {
      throw new IllegalStateException("%s sent no ingest tallies".formatted(address), e);
    }
  }

  private static Parameters kindAndLimit(HttpRequest<?> request) {
    return Parameters.of(request.getParameters().asMap(), Parameters.names("kind", "limit"));
  }

  private static Asked asked(HttpRequest<?> request) {
    String query = request.getUri().getRawQuery();
    String path = request.getUri().getRawPath();
    return new Asked(
        query == null ? path : path + "?" + query, request.getHeaders().contains(Relay.HEADER));
  }

  private static HttpResponse<?> written(Answer answer) {
    MutableHttpResponse<?> response =
        switch (answer) {
          case Answer.Own own -> HttpResponse.ok(own.body());
          case Answer.Theirs theirs ->
              HttpResponse.status(HttpStatus.valueOf(theirs.status()))
                  .body(theirs.body())
                  .contentType(MediaType.APPLICATION_JSON_TYPE);
        };
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
