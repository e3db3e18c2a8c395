package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.triage.model.Embedder;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.view.IncidentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: meaning changes the order and nothing else, and its absence changes nothing. Method: a
 * model to which all that holds the word "twice" means the same.
 */
class ByMeaningTest {

  private static final RuleBook BOOK = RuleBook.defaults();
  private static final String QUESTION = "A PSP is down: what do we do first, not twice?";
  private static final String ELSEWHERE = "policy/paging#when-to-escalate";

  @TempDir private Path folder;
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final List<List<String>> asked = new ArrayList<>();
  private boolean away;
  private final Embedder embedder = this::vectors;
  private final ByMeaning meaning = new ByMeaning(embedder, background::add);
  private final Library byWords = Library.of(BOOK::runbooks, List.of());

  private List<float[]> vectors(List<String> texts) {
    if (away) {
      throw new ModelFailure(Reason.DEADLINE, "no");
    }
    asked.add(List.copyOf(texts));
    return texts.stream()
        .map(text -> text.contains("twice") ? new float[] {1, 0} : new float[] {0, 1})
        .toList();
  }

  private Library library(List<Path> folders) {
    return Library.of(BOOK::runbooks, folders, new IncidentView(), Optional.of(meaning));
  }

  private void learn() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  @Test
  void wordsDecideUntilTheVectorsOfAllPassagesAreKnown() {
    Library library = library(List.of());
    assertThat(library.ids(QUESTION)).isEqualTo(byWords.ids(QUESTION)).doesNotContain(ELSEWHERE);
    assertThat(meaning.counted(ByMeaning.Ranking.NOT_READY)).isEqualTo(1);
    assertThat(asked).isEmpty();

    learn();
    assertThat(asked).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(8));
    assertThat(library.ids(QUESTION)).hasSize(Library.PASSAGES_MAX).contains(ELSEWHERE);
    assertThat(meaning.counted(ByMeaning.Ranking.BOTH)).isEqualTo(1);
  }

  @Test
  void aPassageThatIsKnownIsNotAskedForAgain() throws IOException {
    Library library = library(List.of(folder));
    library.ids(QUESTION);
    learn();
    asked.clear();
    Files.writeString(folder.resolve("insurance.md"), "# Insurance\n\n## Hail\nForm B.\n");
    library.ids(QUESTION);
    learn();
    assertThat(asked).containsExactly(List.of("Insurance – Hail\nForm B."));
  }

  @Test
  void aModelThatIsAwayLeavesTheWords() {
    Library library = library(List.of());
    away = true;
    library.ids(QUESTION);
    learn();
    assertThat(library.ids(QUESTION)).isEqualTo(byWords.ids(QUESTION));
    away = false;
    learn();
    away = true;
    assertThat(library.ids(QUESTION)).isEqualTo(byWords.ids(QUESTION));
    assertThat(meaning.counted(ByMeaning.Ranking.NOT_READY)).isEqualTo(2);
    assertThat(meaning.counted(ByMeaning.Ranking.FAILED)).isEqualTo(1);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    meaning.bindTo(registry);
    assertThat(registry.get("tillwatch.questions.ranked").tag("by", "failed").functionCounter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @Test
  void whatWordsRefuseIsRefusedAndNotSent() {
    Library library = library(List.of());
    assertThat(library.ids("What is the capital of France?")).isEmpty();
    assertThat(background).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void placesInBothRankingsAddUp() {
    Passage a = new Passage("a", "", "", "");
    Passage b = new Passage("b", "", "", "");
    Passage c = new Passage("c", "", "", "");
    assertThat(Fusion.of(List.of(a, b), List.of(c, b)))
        .containsExactly(
            new Found(b, 1.0 / 62 + 1.0 / 62), new Found(a, 1.0 / 61), new Found(c, 1.0 / 61));
  }
}
