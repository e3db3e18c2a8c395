package io.tillwatch.load.bench.suite;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The module that holds the peers, in the checkout this program was built in. It is built when it
 * is first asked for: what peers need is large, and nothing of it is shipped.
 *
 * @param home the checkout
 */
record PeerModule(Path home) {

  private static final Path FOLDER = Path.of("load-tests", "peers");
  private static final List<String> SOURCES =
      List.of("pom.xml", "schemas", "alert-rules", "load-tests");
  private static final int LOG_SHOWN_CHARS = 2_000;

  /** The one above the file or folder that this class is loaded from, if it is in a checkout. */
  static Optional<PeerModule> find() {
    try {
      Path code =
          Path.of(PeerModule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return above(code);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The one in the nearest folder above that has one. */
  static Optional<PeerModule> above(Path path) {
    for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(FOLDER).resolve("pom.xml"))) {
        return Optional.of(new PeerModule(at));
      }
    }
    return Optional.empty();
  }

  /** What the peers are started with. */
  String classPath() throws IOException {
    String libraries = Files.readString(libraries()).strip();
    try (Stream<Path> built = Files.list(target())) {
      Path own =
          built
              .filter(file -> file.getFileName().toString().matches("peers-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("no peers-….jar in " + target()));
      return own + File.pathSeparator + libraries;
    }
  }

  /** Builds it, unless it was built after its sources were last changed. */
  void ensureBuilt(PrintWriter out) throws IOException, InterruptedException {
    if (isUpToDate()) {
      return;
    }
    out.println("building the peers (the first time fetches Flink and Hazelcast, 100 MB) ...");
    out.flush();
    Path log = Files.createTempFile("peers", ".log");
    int exit =
        new ProcessBuilder(command())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);
    Files.delete(log);
    if (exit != 0) {
      throw new IllegalStateException(
          "the peers cannot be built, leave them out of --peers or mend it: "
              + said.substring(Math.max(0, said.length() - LOG_SHOWN_CHARS)));
    }
  }

  private List<String> command() {
    return List.of(
        home.resolve("mvnw").toString(),
        "-B",
        "-ntp",
        "-q",
        "-Dquick",
        "-DskipTests",
        "-pl",
        FOLDER.toString(),
        "-am",
        "package");
  }

  /** Whether no source is newer than what was built. */
  boolean isUpToDate() throws IOException {
    if (!Files.exists(libraries())) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(libraries());
    for (String source : SOURCES) {
      try (Stream<Path> files = Files.walk(home.resolve(source))) {
        if (files.filter(PeerModule::isSource).anyMatch(file -> isAfter(file, built))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSource(Path file) {
    boolean built = false;
    boolean main = false;
    for (Path part : file) {
      built |= part.toString().equals("target");
      main |= part.toString().equals("main");
    }
    return !built && (main || file.endsWith("pom.xml")) && Files.isRegularFile(file);
  }

  private static boolean isAfter(Path file, FileTime time) {
    try {
      return Files.getLastModifiedTime(file).compareTo(time) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path target() {
    return home.resolve(FOLDER).resolve("target");
  }

  private Path libraries() {
    return target().resolve("peers.classpath");
  }
}
