package io.tillwatch.triage.gateway.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Goal: what a fuzzer found stays found. Method: its kept inputs, and those with bytes changed. */
class RedactorFuzzTest {

  private static final int CHANGED_COPIES = 10;

  @Test
  void keptInputsPass() throws IOException, URISyntaxException {
    List<Path> inputs = inputs();
    assertThat(inputs).hasSizeGreaterThan(20);
    for (Path input : inputs) {
      byte[] bytes = Files.readAllBytes(input);
      assertThatCode(() -> RedactorFuzz.fuzzerTestOneInput(bytes))
          .as("%s", input)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void changedInputsPass() throws IOException, URISyntaxException {
    for (Path input : inputs()) {
      for (int seed = 0; seed < CHANGED_COPIES; seed++) {
        byte[] bytes = changed(input, new Random(seed));
        assertThatCode(() -> RedactorFuzz.fuzzerTestOneInput(bytes))
            .as("%s, seed %d", input, seed)
            .doesNotThrowAnyException();
      }
    }
  }

  private static byte[] changed(Path input, Random random) {
    try {
      byte[] bytes = Files.readAllBytes(input);
      for (int i = 0; i < 1 + bytes.length / 16; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> inputs() throws IOException, URISyntaxException {
    Path folder = Path.of(RedactorFuzzTest.class.getResource("fuzz").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
