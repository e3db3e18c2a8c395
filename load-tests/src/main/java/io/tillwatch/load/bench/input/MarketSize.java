package io.tillwatch.load.bench.input;

import java.util.List;

/**
 * How wide a market is.
 *
 * @param bins different BINs, at most 30,000
 * @param zipf exponent of their shares
 */
public record MarketSize(int bins, double zipf) {

  /** 200,000 events a minute live in some 35,000 cells of the seven groupings. */
  public static final MarketSize USUAL = new MarketSize(2_000, 1.25);

  /** 200,000 events a minute live in about 1,000, 10,000 and 100,000 cells of the finest. */
  public static final List<MarketSize> STEPS =
      List.of(new MarketSize(12, 1.25), new MarketSize(210, 1.25), new MarketSize(20_000, .86));
}
