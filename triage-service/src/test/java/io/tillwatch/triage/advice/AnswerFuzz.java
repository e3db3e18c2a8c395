package io.tillwatch.triage.advice;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold of any answer of a model, in the form a fuzzer calls: {@code .ci/fuzz-answers}
 * runs it under Jazzer, {@link AnswerFuzzTest} over the kept inputs.
 */
public final class AnswerFuzz {

  private static final Incident INCIDENT = Outage.incident().build();
  private static final Calibration CALIBRATION = Calibration.shipped();

  private AnswerFuzz() {}

  /** Called by the fuzzer at its start: the tables are made before time counts. */
  public static void fuzzerInitialize() {
    check(Outage.SOUND);
  }

  /** Called by the fuzzer, in one thread. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(new String(input, StandardCharsets.UTF_8));
  }

  /** Checks one answer; says how many hypotheses of it people would see. */
  static int check(String text) {
    Checked checked;
    try {
      checked =
          new Checks(INCIDENT, Outage.RULES, CALIBRATION, "some-model").of(AnswerReader.read(text));
    } catch (AnswerReader.Unreadable refused) {
      return 0;
    }
    Set<String> there =
        INCIDENT.getEvidence().stream().map(Evidence::getEvidenceId).collect(Collectors.toSet());
    for (Hypothesis each : checked.hypotheses()) {
      require(!each.getEvidenceFor().isEmpty(), "uncited");
      Set<String> cited = new HashSet<>(each.getEvidenceFor());
      cited.addAll(each.getEvidenceAgainst());
      require(there.containsAll(cited), "cites what is not there");
      require(each.getStatement().length() <= Checks.STATEMENT_MAX, "too long");
      require(texts(each).allMatch(Forbidden::isWords), "more than words");
      require(each.getConfidence() <= Strength.MOST, "too sure");
      require(each.getAuthor().equals("some-model"), "another author");
    }
    require(checked.hypotheses().size() <= Checks.KEPT_MAX, "too many");
    return checked.hypotheses().size();
  }

  private static Stream<String> texts(Hypothesis hypothesis) {
    return List.of(hypothesis.getStatement(), hypothesis.getCheck(), hypothesis.getNextStep())
        .stream();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
