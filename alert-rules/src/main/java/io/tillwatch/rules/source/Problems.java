package io.tillwatch.rules.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All problems found so far: reading goes on after the first. Not thread-safe. */
public final class Problems {

  /** More than a person mends in one go; the rest shows in the next run. */
  public static final int PROBLEMS_MAX = 100;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.place().file())
          .thenComparing(p -> p.place().line())
          .thenComparing(p -> p.place().column());

  private final List<Problem> found = new ArrayList<>();

  /** Writes one down. */
  public void add(Place place, String foundText, String expected) {
    if (found.size() < PROBLEMS_MAX) {
      found.add(new Problem(place, foundText, expected));
    }
  }

  /** Ends the reading: whatever was read is good from here on. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidRules(found.stream().distinct().sorted(BY_PLACE).toList());
    }
  }
}
