package io.tillwatch.triage.library;

import java.util.Set;

/**
 * How well a passage covers what a question is about.
 *
 * <p>Each term that is not light weighs the rarer the more: {@code ln(1 + (N - n + 0.5) / (n +
 * 0.5))} with n of N passages that hold it, as in BM25, and {@link #KNOWN} at least: what many
 * passages speak of is what people ask about. A term of title or heading counts in full, one of the
 * text by {@link #OF_TEXT}, one of the page elsewhere by {@link #OF_PAGE}: a stray word in a text is
 * no subject. A term that no passage holds weighs {@link #UNKNOWN}: names and chatter alone refuse
 * no question.
 *
 * @param share of the weight that is covered, 0 to 1
 * @param covered weight that is covered
 */
record Fit(double share, double covered) {

  /** Below it a passage is about something else. These are measured: RetrievalGateTest. */
  static final double SHARE_MIN = 0.3;

  /** Below it too little was asked for to tell. */
  static final double COVERED_MIN = 3.5;

  private static final double OF_TEXT = 0.6;
  private static final double OF_PAGE = 0.4;
  private static final double KNOWN = 2.0;
  private static final double UNKNOWN = 2.0;

  static Fit of(Set<String> terms, Shelf.Entry entry, Shelf shelf, Vocabulary vocabulary) {
    double all = 0;
    double covered = 0;
    for (String term : terms) {
      if (!vocabulary.isLight(term)) {
        double weight = weight(shelf.passagesWith(term), shelf.size());
        all += weight;
        covered += weight * counted(term, entry);
      }
    }
    return new Fit(all == 0 ? 0 : covered / all, covered);
  }

  private static double counted(String term, Shelf.Entry entry) {
    if (entry.top().contains(term)) {
      return 1;
    }
    if (entry.text().contains(term)) {
      return OF_TEXT;
    }
    return entry.page().contains(term) ? OF_PAGE : 0;
  }

  private static double weight(int holding, int all) {
    double rare = Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
    return holding == 0 ? UNKNOWN : Math.max(rare, KNOWN);
  }

  /** Whether the passage speaks of what was asked. */
  boolean enough() {
    return share >= SHARE_MIN && covered >= COVERED_MIN;
  }
}
