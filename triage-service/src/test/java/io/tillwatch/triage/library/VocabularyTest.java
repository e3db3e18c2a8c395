package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.runbook.Runbook;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: no word means what it does not. Method: stems, since an ending may make it another. */
class VocabularyTest {

  private final Vocabulary vocabulary = Vocabulary.shipped();
  private final Kinds kinds = new Kinds(vocabulary);

  private Stream<List<String>> said(String line) {
    return Arrays.stream(line.split("[:,]")).map(vocabulary::words);
  }

  @Test
  void aWordStandsInOneLineOnly() {
    Map<List<String>, Long> lines =
        Resources.lines("words.txt").stream()
            .flatMap(line -> said(line).distinct())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(lines.keySet()).filteredOn(words -> lines.getOrDefault(words, 0L) > 1).isEmpty();
  }

  /** Each of these was another word once, for its ending: carding, accounting, personal. */
  @ParameterizedTest
  @CsvSource({"a card, card", "our account, account", "a person, person", "settings, set"})
  void aCommonWordStaysWhatItIs(String text, String term) {
    assertThat(vocabulary.terms(text)).contains(term);
  }

  @Test
  void cuesAndNicknamesAreOfWhatThereIs() {
    List<String> known = Stream.concat(Runbook.SECTIONS.stream(), Stream.of(Kinds.RULES)).toList();
    assertThat(Resources.lines("cues.txt"))
        .allSatisfy(line -> assertThat(known).contains(line.substring(0, line.indexOf(':'))));
    assertThat(Resources.lines("classes.txt")).hasSize(22);
  }

  @ParameterizedTest
  @CsvSource({
    "whom do we tell?, Call",
    "how do I tell that it is them?, Confirm",
    "when is it over?, Stop when",
    "what does it look like?, Looks like",
    "may we do that without permission?, rules",
    "our acquirer is down, First moves",
  })
  void aQuestionIsAfterOneKindMost(String question, String kind) {
    assertThat(kinds.wanted(question).entrySet().stream().max(Map.Entry.comparingByValue()))
        .map(Map.Entry::getKey)
        .contains(kind);
  }
}
