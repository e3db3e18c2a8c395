package io.tillwatch.topology.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * One cell's part of a picture.
 *
 * @param cell its name
 * @param points in order of time, none for minutes that were not recorded
 */
public record Panel(String cell, List<Point> points) {

  private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440};

  /** Minutes that have to be one point for there to be at most so many of them. */
  static int step(int minutes, int pointsMax) {
    for (int step : STEPS) {
      if (step * pointsMax >= minutes) {
        return step;
      }
    }
    return Math.ceilDiv(minutes, pointsMax);
  }

  /** The points of so many minutes each. */
  List<Point> inStepsOf(int step) {
    List<Point> merged = new ArrayList<>();
    for (Point point : points) {
      Point last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.minute() / step == point.minute() / step) {
        merged.set(merged.size() - 1, last.plus(point));
      } else {
        merged.add(point);
      }
    }
    return merged;
  }
}
