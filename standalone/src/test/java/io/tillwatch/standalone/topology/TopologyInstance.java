package io.tillwatch.standalone.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.command.TopologyRole;
import io.tillwatch.topology.query.QueryServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** One instance of the topology with its HTTP server, as its command starts it. */
final class TopologyInstance implements AutoCloseable {

  static final int PARTITIONS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final TopologyRole role;
  private final QueryServer server;

  private TopologyInstance(TopologyRole role, QueryServer server) {
    this.role = role;
    this.server = server;
  }

  static TopologyInstance start(KafkaConnection kafka, Topics topics, Path stateDir) {
    CompositeMeterRegistry metrics = new CompositeMeterRegistry();
    TopologyRole role =
        new TopologyRole(
            new TopologyRole.Outset(
                settings(stateDir),
                kafka,
                topics,
                RecordReaders.framed(topics.ids()),
                InstantSource.system(),
                metrics));
    QueryServer server = QueryServer.start("127.0.0.1", 0, role.beans(), metrics);
    role.start("127.0.0.1", server.port());
    return new TopologyInstance(role, server);
  }

  private static TopologySettings settings(Path stateDir) {
    TopologySettings d = TopologySettings.DEFAULT;
    return new TopologySettings(
        d.tenant(),
        "two-topologies",
        PARTITIONS,
        d.ingest(),
        d.combine(),
        d.cube(),
        d.watch(),
        new TopologySettings.Runtime(
            stateDir.toString(),
            1,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            /* commitHook= */ true,
            /* standbyReplicas= */ 1,
            (short) 1));
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String pathAndQuery, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address() + pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The answer of this instance alone, whoever owns what is asked for. */
  JsonNode own(String pathAndQuery) throws Exception {
    return JSON.readTree(get(pathAndQuery, "X-Tillwatch-Relayed-By", "test").body());
  }

  JsonNode json(String pathAndQuery) throws Exception {
    return JSON.readTree(get(pathAndQuery).body());
  }

  @Override
  public void close() {
    server.close();
    role.close();
    client.close();
  }
}
