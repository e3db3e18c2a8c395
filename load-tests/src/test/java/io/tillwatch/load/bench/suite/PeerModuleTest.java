package io.tillwatch.load.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: peers are built when they must be and not otherwise. Method: a checkout of empty files. */
class PeerModuleTest {

  private static final FileTime BEFORE = FileTime.fromMillis(1_700_000_000_000L);
  private static final FileTime BUILT = FileTime.fromMillis(1_700_000_060_000L);
  private static final FileTime AFTER = FileTime.fromMillis(1_700_000_120_000L);

  @TempDir private Path home;

  @BeforeEach
  void checkout() throws IOException {
    file("pom.xml", BEFORE);
    file("schemas/src/main/avro/Some.avsc", BEFORE);
    file("alert-rules/pom.xml", BEFORE);
    file("load-tests/src/main/java/Some.java", BEFORE);
    file("load-tests/peers/pom.xml", BEFORE);
  }

  private Path file(String path, FileTime time) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "libraries\n");
    return Files.setLastModifiedTime(file, time);
  }

  private PeerModule module() {
    return PeerModule.above(home.resolve("standalone/target/tillwatch.jar")).orElseThrow();
  }

  private void built() throws IOException {
    file("load-tests/peers/target/peers.classpath", BUILT);
  }

  @Test
  void itIsFoundFromBelow() {
    assertThat(module().home()).isEqualTo(home);
    assertThat(PeerModule.above(Path.of("/opt/tillwatch/tillwatch.jar"))).isEmpty();
  }

  @Test
  void whatWasNeverBuiltIsNotUpToDate() throws IOException {
    assertThat(module().isUpToDate()).isFalse();
  }

  @Test
  void whatWasBuiltAfterItsSourcesIsUpToDate() throws IOException {
    built();
    assertThat(module().isUpToDate()).isTrue();
  }

  @Test
  void aNewerSourceAsksForABuild() throws IOException {
    built();
    file("load-tests/src/main/java/Some.java", AFTER);
    assertThat(module().isUpToDate()).isFalse();
  }

  @Test
  void testsAndWhatWasBuiltAskForNone() throws IOException {
    built();
    file("load-tests/src/test/java/SomeTest.java", AFTER);
    file("load-tests/target/main/Some.class", AFTER);
    assertThat(module().isUpToDate()).isTrue();
  }

  @Test
  void theClassPathBeginsWithItsOwnJar() throws IOException {
    built();
    Path own = file("load-tests/peers/target/peers-1.jar", BUILT);
    assertThat(module().classPath()).isEqualTo(own + File.pathSeparator + "libraries");
  }
}
