package io.tillwatch.load.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the bench ran on.
 *
 * @param cpu model
 * @param cores that the JVM may use
 * @param memoryMiB of the machine
 * @param java version and vendor
 * @param system kernel
 */
public record Machine(String cpu, int cores, long memoryMiB, String java, String system) {

  private static final long GIT_SECONDS_MAX = 5;

  /** This one. */
  public static Machine here() throws IOException {
    return new Machine(
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong("0" + field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
        System.getProperty("java.vm.version") + " " + System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  private static String field(String file, String name) throws IOException {
    if (!Files.exists(Path.of(file))) {
      return "unknown";
    }
    return Files.readString(Path.of(file))
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /** The commit that is checked out around the running program; {@code unknown} outside of one. */
  public static String commit() throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.class.path").split(":")[0]).toAbsolutePath();
    Path folder = Files.isDirectory(program) ? program : program.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "unknown";
    }
    Process git;
    try {
      git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException noGit) {
      return "unknown";
    }
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean fine = git.waitFor(GIT_SECONDS_MAX, TimeUnit.SECONDS) && git.exitValue() == 0;
    return fine ? said : "unknown";
  }
}
