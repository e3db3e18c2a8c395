package io.tillwatch.triage.gateway.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: no disguise that can be thought of hides a card number, and nothing else is lost. Method:
 * lines made by families from seeds; each is redacted and looked through.
 */
class CorpusTest {

  private static final int LINES = 20;

  static Stream<Sample.Family> families() {
    return Stream.of(
            Disguises.scripts(),
            Disguises.separators(),
            Disguises.encodings(),
            Disguises.places(),
            Companions.secrets(),
            Companions.neighbours())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("families")
  void nothingIsLeftAndNothingIsLost(Sample.Family family) {
    assertThat(faults(family, LINES)).as("family %s", family).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"families", "io.tillwatch.triage.gateway.redact.HeldOutTest#families"})
  void nothingIsLeftInTheMidstOfALongText(Sample.Family family) {
    String far = "what was said before is far from it, and says nothing\n".repeat(40);
    Redactor redactor = new Redactor();
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      Sample sample = family.make().apply(random, TestCards.card(random));
      String redacted = redactor.redact(far + sample.text() + "\n" + far);
      assertThat(redacted).startsWith(far).endsWith("\n" + far);
      assertThat(sample.faults(redacted.substring(far.length(), redacted.length() - far.length())))
          .as("family %s, seed %d", family, seed)
          .isEmpty();
    }
  }

  /** Everything that is wrong with some lines of a family. */
  static List<String> faults(Sample.Family family, int lines) {
    Redactor redactor = new Redactor();
    List<String> faults = new ArrayList<>();
    for (int seed = 0; seed < lines; seed++) {
      Random random = new Random(seed);
      Sample sample = family.make().apply(random, TestCards.card(random));
      String redacted = redactor.redact(sample.text());
      for (String fault : sample.faults(redacted)) {
        faults.add("seed " + seed + ": " + fault);
      }
      if (!redactor.redact(redacted).equals(redacted)) {
        faults.add("seed " + seed + ": not stable: " + redacted);
      }
    }
    return faults;
  }
}
