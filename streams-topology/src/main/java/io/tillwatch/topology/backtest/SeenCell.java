package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Beliefs;
import io.tillwatch.topology.plot.Panel;
import io.tillwatch.topology.plot.Point;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A cell that is drawn, minute by minute. */
final class SeenCell {

  private final String name;
  private final Slice slice;
  private final BitSet held;
  private final List<Point> points = new ArrayList<>();
  private boolean hasDrift;

  /**
   * @param held numbers of its leaves in the recording
   */
  SeenCell(String name, Slice slice, BitSet held) {
    this.name = name;
    this.slice = slice;
    this.held = held;
  }

  String name() {
    return name;
  }

  void add(SeenMinute minute, Beliefs beliefs) {
    double drift = beliefs.drift(slice);
    hasDrift |= drift > 0;
    points.add(minute.of(held, drift));
  }

  /** Whether its band ever allowed for drift: that of a cell that is not tested does not. */
  boolean hasDrift() {
    return hasDrift;
  }

  Panel panel() {
    return new Panel(name, points);
  }
}
