package io.tillwatch.topology.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a minute is drawn.
 *
 * @param from first minute
 * @param until minute after the last
 * @param left its left end, in pixels
 * @param width in pixels
 */
record TimeAxis(int from, int until, double left, double width) {

  private static final int TICKS_MAX = 12;
  private static final int[] STEPS = {5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440};

  double at(double minute) {
    return left + (minute - from) / (until - from) * width;
  }

  boolean has(int minute) {
    return from <= minute && minute <= until;
  }

  double right() {
    return left + width;
  }

  /** Round minutes to write below it. */
  List<Integer> ticks() {
    int step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && (until - from) / STEPS[i] <= TICKS_MAX; i--) {
      step = STEPS[i];
    }
    List<Integer> ticks = new ArrayList<>();
    for (int minute = Math.ceilDiv(from, step) * step; minute <= until; minute += step) {
      ticks.add(minute);
    }
    return ticks;
  }
}
