package io.tillwatch.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.standalone.chart.Dockerfile.Copied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what the Dockerfile copies is what the build makes, and it starts. Method: the folder of
 * the image is laid out from the packaged build, and its entry point run there; no container engine
 * is needed, and so what the base images hold is not tested.
 */
class ImageIT {

  private static final String WORKDIR = "/opt/tillwatch/";

  private final Dockerfile file = Dockerfile.read();
  private final List<Path> links = new ArrayList<>();
  @TempDir private Path root;

  @BeforeEach
  void layOut() throws IOException {
    Path folder = Files.createDirectories(root.resolve(WORKDIR.substring(1)));
    for (Copied copied : file.copiedFromBuild()) {
      Path source = Chart.ROOT.resolve(copied.source());
      assertThat(source).as("COPY %s", copied).exists();
      boolean into = copied.target().endsWith("/");
      Path target = into ? folder.resolve(source.getFileName()) : folder.resolve(copied.target());
      links.add(Files.createSymbolicLink(target.normalize(), source));
    }
  }

  @AfterEach
  void takeTheLinksAway() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  @Test
  void everyLibraryTheJarAsksForIsThere() throws IOException {
    Path jar = root.resolve("opt/tillwatch/tillwatch.jar");
    try (JarFile opened = new JarFile(jar.toFile())) {
      String path = opened.getManifest().getMainAttributes().getValue("Class-Path");
      assertThat(Stream.of(path.split(" ")).map(jar::resolveSibling))
          .isNotEmpty()
          .allMatch(Files::exists);
    }
  }

  @Test
  void theEntryPointStarts() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(file.last("ENTRYPOINT").exec());
    command.set(0, ProcessHandle.current().info().command().orElseThrow());
    command.replaceAll(word -> word.startsWith(WORKDIR) ? root + word : word);
    command.add("--version");
    Path out = root.resolve("out");

    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(out)).startsWith("tillwatch ").hasLineCount(1);
  }
}
