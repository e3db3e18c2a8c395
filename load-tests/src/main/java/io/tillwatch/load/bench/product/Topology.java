package io.tillwatch.load.bench.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.load.bench.machine.Child;
import io.tillwatch.load.bench.machine.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One process of the shipped topology. Used by one thread. */
public final class Topology implements AutoCloseable {

  /** The command line that {@code ./tillwatch} starts: named, not imported, as people do. */
  public static final String MAIN = "io.tillwatch.standalone.Tillwatch";

  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  /** Also of one that writes a cache in the end. */
  private static final Duration STOP_MAX = Duration.ofSeconds(180);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Child child;
  private final String url;

  private Topology(Child child, String url) {
    this.child = child;
    this.url = url;
  }

  /**
   * How a topology runs.
   *
   * @param applicationId its group, and the beginning of its internal topics
   * @param folder for its state, its settings and its log
   * @param settings further ones, as lines of YAML
   */
  public record Setup(Cluster cluster, String applicationId, Path folder, List<String> settings) {

    /** The settings file's text. */
    String yaml() {
      return """
      kafka.bootstrap-servers: %s
      topology.application-id: %s
      topology.payment-partitions: %d
      topology.state-dir: %s
      topology.port: 0
      topology.replication: 1
      # Ten thousand BINs times PSPs times regions are live in a minute: none may count as "other".
      cube.minute-cells-max: 1000000
      # The groupings that every contestant keeps; the finest is the leaf.
      cube.roll-ups: [psp, psp+region, psp+binRange, region, binRange, total]
      """
              .formatted(
                  cluster.bootstrapServers(),
                  applicationId,
                  cluster.partitions(),
                  folder.resolve("state"))
          + String.join("\n", settings)
          + "\n";
    }
  }

  /** Starts it and waits until it serves HTTP. */
  public static Topology start(Setup setup) throws IOException {
    return start(setup, List.of());
  }

  /**
   * Starts it and waits until it serves HTTP.
   *
   * @param flags further ones for its JVM
   */
  public static Topology start(Setup setup, List<String> flags) throws IOException {
    Path config = Files.writeString(setup.folder.resolve("topology.yaml"), setup.yaml());
    Child child =
        Child.start(
            setup.applicationId,
            setup.folder,
            Jvm.command(
                System.getProperty("java.class.path"),
                flags,
                MAIN,
                List.of("topology", "--config", config.toString())));
    String said = child.awaitLine("Topology at ");
    return new Topology(child, said.replaceAll("^Topology at (http://[^/]+)/.*", "$1"));
  }

  /** Its process. */
  public Child process() {
    return child;
  }

  /**
   * The answer to a query; empty when it cannot answer now. Asked and waited for by the calling
   * thread alone: what is measured is not the way between threads of the asker.
   */
  public Optional<JsonNode> get(String pathAndQuery) {
    try {
      HttpURLConnection asked =
          (HttpURLConnection) URI.create(url + pathAndQuery).toURL().openConnection();
      asked.setConnectTimeout((int) ANSWER_MAX.toMillis());
      asked.setReadTimeout((int) ANSWER_MAX.toMillis());
      boolean isAnswer = asked.getResponseCode() == HttpURLConnection.HTTP_OK;
      try (InputStream body = isAnswer ? asked.getInputStream() : asked.getErrorStream()) {
        byte[] read = body == null ? new byte[0] : body.readAllBytes();
        return isAnswer ? Optional.of(JSON.readTree(read)) : Optional.empty();
      }
    } catch (IOException notNow) {
      if (!child.isAlive()) {
        throw child.ended("while it was asked");
      }
      return Optional.empty();
    }
  }

  /** Event time up to which the cube has seen all its input; the epoch before the first event. */
  public Instant watermark() {
    return get("/api/v1/cells?kind=auth&step=all")
        .map(answer -> answer.path("staleness").path("watermark").asText(""))
        .filter(text -> !text.isEmpty() && !text.equals("null"))
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }

  /** Ends it as an operator does. */
  public void stop() throws InterruptedException {
    child.stop(STOP_MAX);
  }

  @Override
  public void close() throws InterruptedException {
    child.close();
  }
}
