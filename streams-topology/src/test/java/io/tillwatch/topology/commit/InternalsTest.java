package io.tillwatch.topology.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One class knows internals of Kafka Streams; whatever else needs one goes through it. */
class InternalsTest {

  private static final Pattern INTERNALS =
      Pattern.compile("org\\.apache\\.kafka\\.streams[.a-z]*\\.internals\\.");

  @Test
  void onlyTheCommitHookImportsInternalsOfKafkaStreams() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<String> using =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(InternalsTest::usesInternals)
              .map(file -> file.getFileName().toString())
              .toList();
      assertThat(using)
          .as("move what needs org.apache.kafka.streams…internals into CommitHook")
          .containsExactly("CommitHook.java");
    }
  }

  private static boolean usesInternals(Path file) {
    try {
      return INTERNALS.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
