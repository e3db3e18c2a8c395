package io.tillwatch.triage.gateway.redact;

import java.util.Arrays;

/**
 * Places in a view that are worth another look; what is far from all of them is not. What belongs
 * together stands near each other: on the same line, or not farther than {@link #NEAR} characters.
 */
final class Places {

  private static final int NEAR = 96;

  /** Longest line that is taken along whole, to each side. */
  private static final int LINE_MAX = 1024;

  /** Shorter views are looked at whole. */
  private static final int SHORT = 1024;

  private int[] from = new int[16];
  private int[] to = new int[16];
  private int count;

  void clear() {
    count = 0;
  }

  /** How many stretches with places there are. */
  int count() {
    return count;
  }

  /** The first place of a stretch. */
  int from(int stretch) {
    return from[stretch];
  }

  /** The last place of a stretch. */
  int to(int stretch) {
    return to[stretch];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Adds a place; places come in order. */
  void note(int at) {
    if (count > 0 && at - to[count - 1] <= NEAR) {
      to[count - 1] = at;
      return;
    }
    if (count == from.length) {
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
    }
    from[count] = at;
    to[count] = at;
    count++;
  }

  /**
   * What stands around the places of a view.
   *
   * @param view whose places these are
   * @param around takes it in, when that is much less than all
   * @return the one of both that is to be looked at
   */
  View narrow(View view, View around) {
    if (view.length() <= SHORT) {
      return view;
    }
    around.clear(view.length());
    int behind = 0;
    for (int i = 0; i < count; i++) {
      int begin = Math.max(behind, lineStart(view, from[i] - NEAR));
      int end = Math.max(behind, lineEnd(view, to[i] + NEAR));
      if (begin > behind && around.length() > 0) {
        // Nothing goes over what is left out.
        around.add(Folding.LABEL, view.start(behind), view.start(begin));
      }
      around.addAll(view, begin, end);
      behind = end;
    }
    return around.length() > view.length() / 4 * 3 ? view : around;
  }

  private static int lineStart(View view, int at) {
    int start = at;
    while (start > 0 && at - start < LINE_MAX && view.at(start - 1) != '\n') {
      start--;
    }
    return Math.max(0, start);
  }

  private static int lineEnd(View view, int at) {
    int end = at;
    while (end < view.length() && end - at < LINE_MAX && view.at(end) != '\n') {
      end++;
    }
    return Math.min(view.length(), end);
  }
}
