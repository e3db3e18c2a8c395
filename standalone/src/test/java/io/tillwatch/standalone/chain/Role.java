package io.tillwatch.standalone.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One role as a process of its own, started by the command that people start it by. */
final class Role implements AutoCloseable {

  private static final Pattern URL = Pattern.compile(" at (http://[^/\\s]+)/");
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
  private final Process process;
  private final Path log;

  private Role(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts a role.
   *
   * @param log where its output goes
   * @param arguments as on the command line
   */
  static Role start(Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"));
    // Short lives on few cores: what starts soonest is fastest.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.add(Tillwatch.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new Role(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** SIGKILL: no handler, no flush, no goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS))
        .as("%s ends within %s of SIGTERM", log.getFileName(), STOP_MAX)
        .isTrue();
    return process.exitValue();
  }

  /** What it printed. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it serves HTTP; empty until it says so. Fails when it has ended by itself. */
  Optional<String> url() {
    Matcher said = URL.matcher(output());
    if (said.find()) {
      return Optional.of(said.group(1));
    }
    assertThat(process.isAlive()).as("%s ended: %s", log.getFileName(), output()).isTrue();
    return Optional.empty();
  }

  /** The answer to a query; empty when it cannot answer now. */
  Optional<JsonNode> get(String pathAndQuery) {
    return url().flatMap(url -> get(URI.create(url + pathAndQuery)));
  }

  private Optional<JsonNode> get(URI uri) {
    try {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build(), BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException notNow) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    client.close();
  }
}
