package io.tillwatch.standalone.evaluate;

import io.tillwatch.rules.RuleBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cases heard and marked, at both moments.
 *
 * @param told answers as people were first told
 * @param ended answers when what happened was over
 * @param took what the desk took for each burst it heard, ascending
 */
record Evaluation(Scores told, Scores ended, List<Duration> took) {

  Evaluation {
    took = List.copyOf(took);
  }

  static Evaluation of(List<GoldenCase> cases, RuleBook rules, Author author) {
    List<Mark> told = new ArrayList<>();
    List<Mark> ended = new ArrayList<>();
    List<Duration> took = new ArrayList<>();
    for (GoldenCase golden : cases) {
      Hearing hearing = Hearing.of(golden, rules, author);
      told.add(Mark.of(golden, hearing.told()));
      ended.add(Mark.of(golden, hearing.ended()));
      took.addAll(hearing.took());
    }
    took.sort(Duration::compareTo);
    return new Evaluation(new Scores(told), new Scores(ended), took);
  }

  /** What so many in a hundred took at most. */
  Duration percentile(int percent) {
    return took.isEmpty() ? Duration.ZERO : took.get((took.size() - 1) * percent / 100);
  }
}
