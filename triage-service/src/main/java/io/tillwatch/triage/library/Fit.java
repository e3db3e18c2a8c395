package io.tillwatch.triage.library;

import java.util.Set;

/**
 * How well a passage covers what a question is about.
 *
 * <p>Each term that is not light weighs the rarer the more: {@code ln(1 + (N - n + 0.5) / (n +
 * 0.5))} with n of N passages that hold it, as in BM25. A term of the passage counts in full, one
 * that only its page holds by {@link #OF_PAGE}, and one that no passage holds weighs {@link
 * #UNKNOWN}: names and chatter do not refuse a question by themselves.
 *
 * @param share of the weight that is covered, 0 to 1
 * @param covered weight that is covered
 */
record Fit(double share, double covered) {

  /** Below it a passage is about something else; where it lies: RetrievalGateTest. */
  static final double SHARE_MIN = 0.45;

  /** Below it too little was asked for to tell. */
  static final double COVERED_MIN = 2.0;

  /** What a term of the page that is none of the passage's counts for. */
  static final double OF_PAGE = 0.6;

  /** Weight of a term that nothing here speaks of. */
  static final double UNKNOWN = 3.0;

  static Fit of(Set<String> terms, Shelf.Entry entry, Shelf shelf, Vocabulary vocabulary) {
    double all = 0;
    double covered = 0;
    for (String term : terms) {
      if (vocabulary.isLight(term)) {
        continue;
      }
      double weight = weight(shelf.passagesWith(term), shelf.size());
      all += weight;
      if (entry.own().contains(term)) {
        covered += weight;
      } else if (entry.page().contains(term)) {
        covered += weight * OF_PAGE;
      }
    }
    return new Fit(all == 0 ? 0 : covered / all, covered);
  }

  private static double weight(int holding, int all) {
    return holding == 0 ? UNKNOWN : Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
  }

  /** Whether the passage speaks of what was asked. */
  boolean enough() {
    return share >= SHARE_MIN && covered >= COVERED_MIN;
  }
}
