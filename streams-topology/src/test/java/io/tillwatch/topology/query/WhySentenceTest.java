package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Explanation.Counted;
import io.tillwatch.topology.detect.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: each verdict is one plain sentence, with the figures that it rests on. */
class WhySentenceTest {

  private static final String COUNTED =
      "psp=adyen region=EU: 37 of 412 failed where 35.2 were expected; ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QUIET            | 1.2 | .1 | 9 |   | statistic 1.2 of 13.4 needed: quiet",
        "EXPLAINED        | 1.2 | .1 | 0 | b | burst b explains it",
        "EXPLAINED        | 1.2 | .1 | 0 |   | a burst explains it",
        "WITHIN_DRIFT     | 15  | .6 | 0 |   | statistic 15.0 of 13.4 needed, but the worst window"
            + " (15 min) has 700 failures for 612.5 expected and is 60 % of what its drift leaves"
            + " to be believed: within drift",
        "TOO_FEW_FAILURES | 15  | 2  | 5 |   | believed, but 5 more failed payments are needed"
            + " before anybody is told",
        "TOO_FEW_FAILURES | 15  | 2  | 0 |   | believed, but most of it is in one small leaf, as"
            + " one payer's retries would be: nobody is told",
        "NOT_LOCATED      | 15  | 2  | 0 |   | statistic 15.0 of 13.4 needed, and the worst window"
            + " (15 min) has 700 failures for 612.5 expected: believed, but another slice explains"
            + " it better",
        "FIRED            | 15  | 2  | 0 | b | statistic 15.0 of 13.4 needed, gate 2.0: told in"
            + " burst b",
        "FIRED            | 1   | 2  | 0 | b | located anew, gate 2.0: told in burst b",
        "LEARNING         | 0   | 0  | 0 |   | nothing is judged yet: 45 more minutes of history"
            + " are needed",
        "NOT_TESTED       | 0   | 0  | 0 |   | not tested: slices of these dimensions are not"
            + " looked at by themselves",
      })
  void aVerdictIsASentence(
      Verdict verdict,
      double statistic,
      double gate,
      int missing,
      @Nullable String burst,
      String sentence) {
    Explanation why = why(verdict, new Counted(412, 37, 35.2), statistic, gate, missing, burst);
    assertThat(WhySentence.of(why)).isEqualTo(COUNTED + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOT_TESTED | nothing was counted; not tested: no such traffic is known",
        "QUIET      | nothing was counted; statistic 0.0 of 13.4 needed: quiet",
        "PLANNED_WORK | work is planned there, so nothing of it is looked at",
      })
  void anEmptyMinuteSaysSo(Verdict verdict, String sentence) {
    Explanation why = why(verdict, new Counted(0, 0, 0), 0, 0, 0, null);
    assertThat(WhySentence.of(why)).isEqualTo("psp=adyen region=EU: " + sentence);
  }

  private static Explanation why(
      Verdict verdict,
      Counted minute,
      double statistic,
      double gate,
      int missing,
      @Nullable String burst) {
    return new Explanation(
        Aspect.failures(EventKind.AUTH),
        Slice.of(Map.of("psp", "adyen", "region", "EU")),
        60_000,
        verdict,
        false,
        minute,
        15,
        new Counted(7_000, 700, 612.5),
        statistic,
        13.4,
        gate,
        .1,
        .01,
        missing,
        verdict == Verdict.LEARNING ? 45 : 0,
        burst);
  }
}
