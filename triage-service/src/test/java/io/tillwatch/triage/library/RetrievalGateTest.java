package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Goal: what is asked is found, and what nothing speaks of is refused. Method: {@code
 * questions.txt} over the shipped runbooks and documents. Words, boosts and the threshold were
 * chosen by the set {@code tune}; the sets {@code held} and {@code oncall} say what a new question
 * may expect. Each bar lies just below what was measured, which stands beside it.
 */
class RetrievalGateTest {

  private static final RuleBook BOOK = RuleBook.defaults();
  private final Library library = Library.of(BOOK::runbooks, List.of());

  /**
   * What came of one set, as shares: the first four of the answerable questions, the last one of
   * the others.
   */
  private record Score(
      double first, double firstThree, double mrr, double refused, double answered) {}

  /** A question, and the place of the first right passage among those found; 0 for none. */
  private record Tried(Asked asked, int found, int rank) {}

  @Test
  void whatWasChosenByIsFound() {
    Score score = score("tune");
    assertThat(score.first()).as("%s", score).isGreaterThanOrEqualTo(0.80); // 0.817
    assertThat(score.firstThree()).as("%s", score).isGreaterThanOrEqualTo(0.90); // 0.917
    assertThat(score.mrr()).as("%s", score).isGreaterThanOrEqualTo(0.85); // 0.864
    assertThat(score.refused()).as("%s", score).isLessThanOrEqualTo(0.06); // 10 of 180
    assertThat(score.answered()).as("%s", score).isLessThanOrEqualTo(0.12); // 6 of 54
  }

  @Test
  void whatNothingWasChosenByIsFoundLessWell() {
    Score score = score("held");
    assertThat(score.first()).as("%s", score).isGreaterThanOrEqualTo(0.52); // 0.536
    assertThat(score.firstThree()).as("%s", score).isGreaterThanOrEqualTo(0.70); // 0.714
    assertThat(score.mrr()).as("%s", score).isGreaterThanOrEqualTo(0.62); // 0.632
    assertThat(score.refused()).as("%s", score).isLessThanOrEqualTo(0.18); // 5 of 28
    assertThat(score.answered()).as("%s", score).isLessThanOrEqualTo(0.09); // 1 of 12
  }

  @Test
  void whatIsTypedAtNightIsFound() {
    Score score = score("oncall");
    assertThat(score.first()).as("%s", score).isGreaterThanOrEqualTo(0.70); // 0.725
    assertThat(score.firstThree()).as("%s", score).isGreaterThanOrEqualTo(0.87); // 0.900
    assertThat(score.mrr()).as("%s", score).isGreaterThanOrEqualTo(0.78); // 0.796
    assertThat(score.refused()).as("%s", score).isLessThanOrEqualTo(0.08); // 3 of 40
    assertThat(score.answered()).as("%s", score).isLessThanOrEqualTo(0.20); // 2 of 10
  }

  @Test
  void theQuestionsAskForPassagesThereAre() {
    List<String> ids =
        Asked.all().stream().flatMap(asked -> asked.answers().stream()).distinct().toList();
    assertThat(ids).hasSizeGreaterThan(100).allSatisfy(id -> assertThat(known(id)).isTrue());
    assertThat(Asked.all().stream().filter(Asked::answerable)).hasSizeGreaterThan(200);
    assertThat(Asked.all().stream().filter(asked -> !asked.answerable())).hasSizeGreaterThan(70);
  }

  private static boolean known(String id) {
    boolean runbook =
        BOOK.runbooks().values().stream().map(Page::of).anyMatch(page -> holds(page, id));
    return runbook || new Documents(List.of()).pages().stream().anyMatch(page -> holds(page, id));
  }

  private static boolean holds(Page page, String id) {
    return page.passages().stream().anyMatch(passage -> passage.id().equals(id));
  }

  private Score score(String set) {
    List<Tried> tried =
        Asked.all().stream().filter(asked -> asked.set().equals(set)).map(this::ask).toList();
    List<Tried> answerable = tried.stream().filter(one -> one.asked.answerable()).toList();
    List<Tried> others = tried.stream().filter(one -> !one.asked.answerable()).toList();
    return new Score(
        share(answerable, one -> one.rank == 1),
        share(answerable, one -> one.rank >= 1 && one.rank <= 3),
        answerable.stream()
            .mapToDouble(one -> one.rank == 0 ? 0 : 1.0 / one.rank)
            .average()
            .orElseThrow(),
        share(answerable, one -> one.found == 0),
        share(others, one -> one.found > 0));
  }

  private static double share(List<Tried> of, Predicate<Tried> which) {
    return (double) of.stream().filter(which).count() / of.size();
  }

  private Tried ask(Asked asked) {
    List<String> ids =
        library.search(asked.question(), Library.PASSAGES_MAX).stream().map(Passage::id).toList();
    int rank = ids.stream().map(asked.answers()::contains).toList().indexOf(true) + 1;
    return new Tried(asked, ids.size(), rank);
  }
}
