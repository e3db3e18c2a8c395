package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.hypothesis.Merge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a drill.
 *
 * @param incident as people see it in the end; empty when none was opened
 * @param firstTold hypotheses when it was opened
 * @param actions all that was done about it, in order
 * @param shown what people read, by where
 * @param runbook the page of the runbook that the site has for it
 * @param talk what was said between us and the model
 * @param times how long things took
 */
record Drilled(
    Optional<Incident> incident,
    List<Hypothesis> firstTold,
    List<Action> actions,
    Map<Shown, String> shown,
    String runbook,
    Talk talk,
    Times times) {

  Drilled {
    firstTold = List.copyOf(firstTold);
    actions = List.copyOf(actions);
    shown = Map.copyOf(shown);
  }

  /**
   * What was said between us and the model.
   *
   * @param advice what came of asking; empty when nobody asked
   * @param requests what the model heard about this incident, and later ones
   * @param later those about another incident afterwards
   * @param calls the record of calls, oldest first
   */
  record Talk(
      Optional<Advice> advice,
      List<ModelStub.Request> requests,
      List<ModelStub.Request> later,
      List<ModelCall> calls) {

    static final Talk NONE = new Talk(Optional.empty(), List.of(), List.of(), List.of());

    Talk {
      requests = List.copyOf(requests);
      later = List.copyOf(later);
      calls = List.copyOf(calls);
    }
  }

  /**
   * How long things took.
   *
   * @param page from the burst until the pager had it
   * @param pageMeanwhile the same of another burst, while the model was asked about the first
   * @param asked from asking until there was an advice, of whatever kind
   * @param deadline how long a model may take for one answer
   */
  record Times(Duration page, Duration pageMeanwhile, Duration asked, Duration deadline) {}

  /** What a model wrote of what people see, one text after the other. */
  List<String> writtenByModel() {
    List<String> texts = new ArrayList<>();
    incident
        .map(Incident::getHypotheses)
        .orElse(List.of())
        .forEach(each -> {
          if (each.getAuthor().equals(Merge.PLAYBOOK)) {
            texts.add(each.getRemark());
          } else {
            texts.addAll(List.of(each.getStatement(), each.getCheck(), each.getNextStep()));
          }
        });
    texts.removeIf(String::isEmpty);
    return texts;
  }

  /** Hypotheses that only a model has. */
  List<Hypothesis> ofModel() {
    return incident.map(Incident::getHypotheses).orElse(List.of()).stream()
        .filter(each -> !each.getAuthor().equals(Merge.PLAYBOOK))
        .toList();
  }

  String shown(Shown where) {
    return shown.getOrDefault(where, "");
  }
}
