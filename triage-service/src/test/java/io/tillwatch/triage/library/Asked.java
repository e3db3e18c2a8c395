package io.tillwatch.triage.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A question of the corpus.
 *
 * @param set {@code tune}, {@code held} or {@code oncall}
 * @param answers passages of which any answers it; none when nothing does
 */
record Asked(String set, Set<String> answers, String question) {

  static List<Asked> all() {
    try (InputStream in = Asked.class.getResourceAsStream("questions.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .map(part -> new Asked(part[0].strip(), answers(part[1].strip()), part[2].strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> answers(String ids) {
    return ids.equals("-") ? Set.of() : Set.of(ids.split(", "));
  }

  boolean answerable() {
    return !answers.isEmpty();
  }
}
