package io.tillwatch.load.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that the bench started: its lines on standard output are read, its standard error goes
 * to a file. Used by one thread.
 */
public final class Child implements AutoCloseable {

  private static final int LOG_SHOWN_CHARS = 2_000;

  private final Process process;
  private final BufferedReader lines;
  private final String name;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts a process.
   *
   * @param folder that its standard error goes to, and that it runs in
   */
  public static Child start(String name, Path folder, List<String> command) throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Child(name, builder.start(), log);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its next line; null when it has ended. */
  public @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** The next line that begins so. */
  public String awaitLine(String beginning) throws IOException {
    String line = line();
    while (line != null && !line.startsWith(beginning)) {
      line = line();
    }
    if (line == null) {
      throw ended("before it said " + beginning);
    }
    return line;
  }

  /** Writes an empty line to it. */
  public void nudge() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** What to throw when it has ended too early. */
  public IllegalStateException ended(String when) {
    return new IllegalStateException("%s ended %s: %s".formatted(name, when, logTail()));
  }

  private String logTail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - LOG_SHOWN_CHARS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended by itself with exit code 0. */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s %s: %s"
              .formatted(
                  name, ended ? "failed" : "did not end within %s".formatted(atMost), logTail()));
    }
  }

  /** SIGTERM, and SIGKILL when it has not ended after a while. */
  public void stop(Duration atMost) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** SIGKILL: no handler, no flush, no goodbye. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
