package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.peers.Share;
import org.apache.flink.api.common.functions.AggregateFunction;

/** How a window counts: shares one by one, or partials as a whole. */
final class Counting {

  private Counting() {}

  /** Counts shares. */
  static final class OfShares extends Windowed<Share> {
    private static final long serialVersionUID = 1L;

    @Override
    public Measures add(Share share, Measures measures) {
      share.addTo(measures);
      return measures;
    }
  }

  /** Merges partials. */
  static final class OfPartials extends Windowed<Partial> {
    private static final long serialVersionUID = 1L;

    @Override
    public Measures add(Partial partial, Measures measures) {
      measures.merge(partial.measures());
      return measures;
    }
  }

  /** What both have in common. */
  abstract static class Windowed<T> implements AggregateFunction<T, Measures, Measures> {
    private static final long serialVersionUID = 1L;

    @Override
    public Measures createAccumulator() {
      return new Measures();
    }

    @Override
    public Measures getResult(Measures measures) {
      return measures;
    }

    @Override
    public Measures merge(Measures one, Measures other) {
      one.merge(other);
      return one;
    }
  }
}
