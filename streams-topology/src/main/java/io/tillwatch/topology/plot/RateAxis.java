package io.tillwatch.topology.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a rate is drawn: just as much of 0 to 100 % as is needed.
 *
 * @param low rate at the bottom
 * @param high rate at the top
 * @param step between two ticks
 * @param top upper end, in pixels
 * @param height in pixels
 */
record RateAxis(double low, double high, double step, double top, double height) {

  private static final double[] STEPS = {.005, .01, .02, .05, .1, .2, .25};
  private static final int STEPS_MAX = 6;
  private static final double ROUNDING = 1e-9;

  /** An axis that has room for all of these, and for what was expected of them. */
  static RateAxis of(List<Point> points, double top, double height) {
    double low = 1;
    double high = 0;
    for (Point point : points) {
      if (point.hasRate()) {
        low = Math.min(low, Math.min(point.observedRate(), point.low()));
        high = Math.max(high, Math.max(point.observedRate(), point.high()));
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    }
    double step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && (high - low) / STEPS[i] <= STEPS_MAX - 1; i--) {
      step = STEPS[i];
    }
    double bottom = Math.max(0, Math.floor(low / step + ROUNDING) * step);
    double ceiling = Math.min(1, Math.ceil(high / step - ROUNDING) * step);
    if (ceiling - bottom < step) {
      bottom = Math.max(0, ceiling - step);
      ceiling = bottom + step;
    }
    return new RateAxis(bottom, ceiling, step, top, height);
  }

  double at(double rate) {
    return top + (high - Math.clamp(rate, low, high)) / (high - low) * height;
  }

  /** Rates to write beside it. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + ROUNDING; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** For example {@code 92.5 %}. */
  String label(double rate) {
    return String.format(Locale.ROOT, step < .01 ? "%.1f %%" : "%.0f %%", rate * 100);
  }
}
