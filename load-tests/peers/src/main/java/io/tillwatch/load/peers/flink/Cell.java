package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.peers.Slice;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** A finished cell. */
record Cell(long minuteMillis, Slice slice, Measures measures) {

  /** Makes one of each window that closes. */
  static final class OfWindow implements WindowFunction<Measures, Cell, Slice, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(
        Slice slice, TimeWindow window, Iterable<Measures> measures, Collector<Cell> out) {
      for (Measures one : measures) {
        out.collect(new Cell(window.getStart(), slice, one));
      }
    }
  }
}
