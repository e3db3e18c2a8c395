package io.tillwatch.triage.library;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two rankings as one, by places alone: scores of words and of meaning cannot be compared.
 *
 * <p>Each passage has the sum of {@code 1 / (60 + place)} over the rankings it stands in, places
 * from 1: reciprocal rank fusion.
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke, Büttcher, 2009</a>
 */
final class Fusion {

  private static final int PLACES_BEFORE = 60;

  private Fusion() {}

  /** All that stand in either, the best first, with their sums. */
  static List<Found> of(List<Passage> byWords, List<Passage> byMeaning) {
    Map<Passage, Double> sums = new LinkedHashMap<>();
    Stream.of(byWords, byMeaning).forEach(ranking -> add(ranking, sums));
    return sums.entrySet().stream()
        .map(sum -> new Found(sum.getKey(), sum.getValue()))
        .sorted(Comparator.comparingDouble(Found::score).reversed())
        .toList();
  }

  private static void add(List<Passage> ranking, Map<Passage, Double> sums) {
    int place = PLACES_BEFORE;
    for (Passage passage : ranking) {
      place++;
      sums.merge(passage, 1.0 / place, Double::sum);
    }
  }
}
