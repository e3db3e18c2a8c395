package io.tillwatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the launcher starts what was built with a JDK 25, wherever that is, or says what is
 * missing. Method: it is copied into a folder of its own beside the packaged build, as in an image,
 * and told of no folder for JDKs outside it.
 */
class LauncherIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private Path build;

  /** What a run came to. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    Files.copy(ROOT.resolve("tillwatch"), folder.resolve("tillwatch"));
    String jdks = Files.readString(ROOT.resolve(".mvn/jdk.sh"));
    String none = jdks.replaceAll("/(usr/lib/jvm|opt|Library)/", folder + "/none/");
    assertThat(none).doesNotContain(" /usr", " /opt", " /Library");
    Files.writeString(Files.createDirectory(folder.resolve(".mvn")).resolve("jdk.sh"), none);
    Files.createDirectories(folder.resolve("standalone"));
    build =
        Files.createSymbolicLink(
            folder.resolve("standalone/target"), ROOT.resolve("standalone/target"));
  }

  @AfterEach
  void takeTheLinkAway() throws IOException {
    Files.delete(build);
  }

  @Test
  void withoutJdk25ItSaysInOneSentenceWhatToInstall() throws Exception {
    Run run = run(Map.of(), "demo");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.out).isEmpty();
    assertThat(run.err)
        .hasLineCount(1)
        .startsWith("tillwatch: needs a JDK 25, and none was found: install one");
  }

  @Test
  void anotherJdkIsNotTaken() throws Exception {
    Path old = jdk(folder.resolve("jdk-21"), "21.0.4");
    assertThat(run(Map.of("JAVA_HOME", old.toString()), "demo").exitCode).isEqualTo(2);
  }

  @Test
  void jdk25OfTheHomeFolderIsFoundAndGivenEveryArgumentAsItIs() throws Exception {
    jdk(folder.resolve(".jdks/temurin-25.0.1"), "25.0.1");
    Run run = run(Map.of("TILLWATCH_JAVA_OPTS", "-Xmx1g -Dx=y"), "query", "cells", "a b", "");
    assertThat(run.exitCode).isEqualTo(7);
    assertThat(run.out.lines())
        .containsSubsequence("-Xmx1g", "-Dx=y", "-jar")
        .endsWith("query", "cells", "a b", "");
  }

  @Test
  void whatWasBuiltStartsAndItsExitCodeIsTheLaunchers() throws Exception {
    Map<String, String> here = Map.of("JAVA_HOME", System.getProperty("java.home"));
    assertThat(run(here, "--version").out).startsWith("tillwatch ");
    Run wrong = run(here, "demo", "--no-such-option");
    assertThat(wrong.exitCode).isEqualTo(2);
    assertThat(wrong.err).contains("--no-such-option");
  }

  /** Looks like a JDK, prints what it is given, and exits with 7. */
  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    for (String name : List.of("java", "javac")) {
      Path program = home.resolve("bin").resolve(name);
      Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 7\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", folder.resolve("tillwatch").toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
