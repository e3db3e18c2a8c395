package io.tillwatch.triage.gateway.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the rule is caught, not the lines. Method: families that were written when the redactor
 * was; what they found then is in RATIONALE.md, and must not come back.
 */
class HeldOutTest {

  private static final int LINES = 15;

  static Stream<Sample.Family> families() {
    return Stream.of(
            HeldOut.forms(),
            HeldOut.encodings(),
            HeldOut.places(),
            HeldOut.secrets(),
            HeldOut.neighbours(),
            HeldOutLater.forms(),
            HeldOutLater.places(),
            HeldOutLater.secrets(),
            HeldOutLater.neighbours(),
            Template.families("held-out-third.txt"),
            Template.families("held-out-fourth.txt"),
            Template.families("held-out-fifth.txt"),
            Template.families("held-out-sixth.txt"),
            Template.families("held-out-seventh.txt"),
            Template.families("held-out-eighth.txt"),
            Template.families("held-out-ninth.txt"),
            Template.families("held-out-tenth.txt"),
            Template.families("held-out-eleventh.txt"),
            Template.families("held-out-twelfth.txt"),
            Template.families("held-out-thirteenth.txt"),
            Template.families("held-out-fourteenth.txt"),
            Template.families("held-out-fifteenth.txt"),
            Template.families("held-out-sixteenth.txt"),
            Template.families("held-out-seventeenth.txt"),
            Template.families("held-out-eighteenth.txt"))
        .flatMap(List::stream);
  }

  /** What is said of leaks stays true: who mends one of these moves it. */
  static Stream<Sample.Family> notSeen() {
    return Template.families("not-seen.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("notSeen")
  void whatIsKnownToBeMissedIsOnRecord(Sample.Family family) {
    assertThat(CorpusTest.faults(family, LINES)).as("family %s", family).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("families")
  void nothingIsLeftAndNothingIsLost(Sample.Family family) {
    assertThat(CorpusTest.faults(family, LINES)).as("family %s", family).isEmpty();
  }
}
