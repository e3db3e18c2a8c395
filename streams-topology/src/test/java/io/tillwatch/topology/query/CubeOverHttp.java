package io.tillwatch.topology.query;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.query.Instances.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** An instance over HTTP whose cube is in memory and whose clock stands still. */
final class CubeOverHttp implements AutoCloseable {

  static final String NOW = "2026-11-20T03:16:00Z";

  final InMemoryCube cube = new InMemoryCube(List.of(Set.of()));
  final CompositeMeterRegistry metrics = new CompositeMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final QueryServer server;

  /** Instances as the test wants them. */
  static class Ownership implements Instances {
    Address self = new Address("instance", 8080);
    Supplier<List<Address>> holding = () -> List.of(self);
    Supplier<List<Address>> ingesting = () -> List.of(self);
    int ingestPartitions = 1;
    Work work = Work.RUNNING;

    @Override
    public Address self() {
      return self;
    }

    @Override
    public List<Address> holding(EventKind kind) {
      return holding.get();
    }

    @Override
    public List<Address> ingesting() {
      return ingesting.get();
    }

    @Override
    public int ingestPartitions() {
      return ingestPartitions;
    }

    @Override
    public Work work() {
      return work;
    }
  }

  CubeOverHttp(Instances instances) {
    InstantSource clock = InstantSource.fixed(Instant.parse(NOW));
    server =
        QueryServer.start(
            "127.0.0.1", 0, new ArrayList<>(QueryServer.beans(cube, instances, clock)), metrics);
  }

  Address address() {
    return new Address("127.0.0.1", server.port());
  }

  HttpResponse<String> get(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address() + pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
