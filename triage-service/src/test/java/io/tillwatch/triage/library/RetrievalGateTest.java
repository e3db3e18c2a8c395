package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Goal: what is asked is found, and what nothing speaks of is refused. Method: {@code
 * questions.txt}, over the shipped runbooks and documents; thresholds and synonyms were chosen by
 * the half {@code tune} alone.
 */
class RetrievalGateTest {

  private static final RuleBook BOOK = RuleBook.defaults();
  private final Library library = Library.of(BOOK::runbooks, List.of());

  /** What came of one half of the questions. */
  record Score(double recallAt1, double recallAt3, double mrr, double refused, double answered) {}

  @Test
  void print() {
    for (String half : List.of("tune", "held")) {
      System.out.println(half + " " + score(half));
    }
  }

  private Score score(String half) {
    List<Asked> asked = Asked.all().stream().filter(one -> one.half().equals(half)).toList();
    double at1 = 0;
    double at3 = 0;
    double mrr = 0;
    double refused = 0;
    double answered = 0;
    double some = 0;
    double none = 0;
    for (Asked one : asked) {
      List<Found> found = library.find(one.question(), Library.PASSAGES_MAX);
      List<String> ids = found.stream().map(hit -> hit.passage().id()).toList();
      if (!one.answerable()) {
        none++;
        answered += ids.isEmpty() ? 0 : 1;
        if (!ids.isEmpty()) {
          System.out.println("FALSE ANSWER " + one.question() + " -> " + ids.getFirst());
        }
        continue;
      }
      some++;
      int rank = ids.stream().map(one.answers()::contains).toList().indexOf(true) + 1;
      at1 += rank == 1 ? 1 : 0;
      at3 += rank > 0 && rank <= 3 ? 1 : 0;
      mrr += rank > 0 ? 1.0 / rank : 0;
      refused += ids.isEmpty() ? 1 : 0;
      if (rank != 1) {
        System.out.printf(Locale.ROOT, "%s RANK %d %s %s -> %s%n", half, rank, one.question(), one.answers(), ids.stream().limit(3).toList());
      }
    }
    return new Score(at1 / some, at3 / some, mrr / some, refused / some, answered / none);
  }
}
