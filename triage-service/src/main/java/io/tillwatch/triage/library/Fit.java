package io.tillwatch.triage.library;

import java.util.Set;

/**
 * How well a passage covers what a question is about.
 *
 * <p>Each term that is not light weighs the rarer the more: {@code ln(1 + (N - n + 0.5) / (n +
 * 0.5))} with n of N passages that hold it, as in BM25, and {@link #KNOWN} at least: what many
 * passages speak of is what people ask about. A term of title, nickname or heading counts in full,
 * one of the text by {@link #OF_TEXT}, one of the page elsewhere by {@link #OF_PAGE}: a stray word
 * in a text is no subject. A term that no passage holds weighs {@link #UNKNOWN}, and nothing if it
 * is a number.
 *
 * @param share of the weight that is covered, 0 to 1
 * @param covered weight that is covered
 */
record Fit(double share, double covered) {

  /**
   * Share times weight, below which a passage is about something else, or too little was asked for
   * to tell. It is measured, and so are the weights: RetrievalGateTest.
   */
  static final double ENOUGH = 1.15;

  private static final double OF_TEXT = 0.6;
  private static final double OF_PAGE = 0.3;
  private static final double KNOWN = 2.3;
  private static final double UNKNOWN = 3.6;

  static Fit of(Set<String> terms, Shelf.Entry entry, Shelf shelf, Vocabulary vocabulary) {
    double all = 0;
    double covered = 0;
    for (String term : terms) {
      if (!vocabulary.isLight(term)) {
        double weight = weight(term, shelf);
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

  private static double weight(String term, Shelf shelf) {
    int holding = shelf.passagesWith(term);
    if (holding == 0) {
      return Character.isDigit(term.charAt(0)) ? 0 : UNKNOWN;
    }
    return Math.max(Math.log(1 + (shelf.size() - holding + 0.5) / (holding + 0.5)), KNOWN);
  }

  /** Whether the passage speaks of what was asked. */
  boolean enough() {
    return share * covered >= ENOUGH;
  }
}
