package io.tillwatch.standalone.chaos;

import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A role in a process of its own, started by the command that people start it by. */
final class Started implements AutoCloseable {

  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final int LOG_SHOWN_CHARS = 2_000;

  private final Process process;
  private final Path log;

  private Started(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts one.
   *
   * @param log where its output goes
   * @param jvm flags of its JVM
   * @param arguments as on the command line
   */
  static Started start(Path log, List<String> jvm, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) {
      command.add("-Dlogback.configurationFile=" + logging);
    }
    command.add(Tillwatch.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new Started(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** Waits until it has said so; answers the first group. */
  String await(Pattern said, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      String output = Files.readString(log);
      Matcher found = said.matcher(output);
      if (found.find()) {
        return found.group(1);
      }
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "%s did not say %s: %s"
                .formatted(
                    log.getFileName(),
                    said,
                    output.substring(Math.max(0, output.length() - LOG_SHOWN_CHARS))));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Whether it runs. */
  boolean alive() {
    return process.isAlive();
  }

  /** How it ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** What it printed. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** SIGKILL: no handler, no flush, no goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and SIGKILL when that is not enough. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }
}
