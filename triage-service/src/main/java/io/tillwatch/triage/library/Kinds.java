package io.tillwatch.triage.library;

import io.tillwatch.rules.runbook.Runbook;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What kind of section a question is after, by what it says besides its subject: one of a runbook's
 * five, or {@link #RULES}. Thread-safe.
 *
 * <p>The question's cues vote, each with as many votes as it has words. First moves and rules have
 * some to begin with: they are what is asked for most, and often without a word of it.
 */
final class Kinds {

  /** The kind of every section that is none of a runbook's. */
  static final String RULES = "rules";

  private static final Map<String, Double> TO_BEGIN_WITH = Map.of("First moves", 0.45, RULES, 0.45);

  private final Vocabulary vocabulary;
  private final List<Cue> cues;

  /** Words in a row that speak for a kind. */
  private record Cue(String kind, List<String> words) {}

  Kinds(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.cues = Resources.lines("cues.txt").stream().flatMap(this::cues).toList();
  }

  private Stream<Cue> cues(String line) {
    int colon = line.indexOf(':');
    String kind = line.substring(0, colon);
    return Stream.of(line.substring(colon + 1).split(","))
        .map(said -> new Cue(kind, vocabulary.words(said)));
  }

  static String of(Passage passage) {
    return Runbook.SECTIONS.contains(passage.section()) ? passage.section() : RULES;
  }

  /** The kinds a question may be after, with their shares of the votes. */
  Map<String, Double> wanted(String question) {
    List<String> words = vocabulary.words(question);
    Map<String, Double> votes = new TreeMap<>(TO_BEGIN_WITH);
    for (Cue cue : cues) {
      if (Collections.indexOfSubList(words, cue.words) >= 0) {
        votes.merge(cue.kind, (double) cue.words.size(), Double::sum);
      }
    }
    double all = votes.values().stream().mapToDouble(Double::doubleValue).sum();
    votes.replaceAll((kind, count) -> count / all);
    return votes;
  }
}
