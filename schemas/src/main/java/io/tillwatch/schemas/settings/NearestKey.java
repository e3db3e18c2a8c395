package io.tillwatch.schemas.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known key that somebody probably meant. */
final class NearestKey {

  /** More edits than this and it is another word. */
  private static final int EDITS_MAX = 4;

  private NearestKey() {}

  static Optional<String> to(String unknown, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String key) -> edits(unknown, key)).thenComparing(k -> k))
        .filter(key -> edits(unknown, key) <= Math.min(EDITS_MAX, unknown.length() / 2));
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
