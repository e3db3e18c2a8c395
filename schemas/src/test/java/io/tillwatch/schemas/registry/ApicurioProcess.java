package io.tillwatch.schemas.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Apicurio Registry in a process of its own, which the build has unpacked. */
final class ApicurioProcess implements AutoCloseable {

  private static final Duration START_LONGEST = Duration.ofMinutes(3);

  private final Process process;
  private final URI url;
  private final Thread atExit;

  private ApicurioProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it on a free port and waits until it answers. */
  static ApicurioProcess start() throws IOException, InterruptedException {
    int port = freePort();
    String java = ProcessHandle.current().info().command().orElseThrow();
    Path home = Path.of("target", "apicurio").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx384m",
                "-Dquarkus.management.port=" + freePort(),
                "-jar",
                home.resolve("quarkus-run.jar").toString()));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(Path.of("target", "apicurio.log").toFile());
    URI url = URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(port));
    ApicurioProcess apicurio = new ApicurioProcess(builder.start(), url);
    apicurio.awaitAnswer();
    return apicurio;
  }

  URI url() {
    return url;
  }

  private void awaitAnswer() throws InterruptedException {
    long deadline = System.nanoTime() + START_LONGEST.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!answers(http)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IllegalStateException("Apicurio did not start, see target/apicurio.log");
        }
        Thread.sleep(200);
      }
    }
  }

  private boolean answers(HttpClient http) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
