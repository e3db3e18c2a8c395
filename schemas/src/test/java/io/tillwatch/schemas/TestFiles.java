package io.tillwatch.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Test data on the class path. */
public final class TestFiles {

  private TestFiles() {}

  public static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(TestFiles.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that say something: no comments, no empty ones. */
  public static Stream<String> lines(String resource) {
    return text(resource).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }
}
