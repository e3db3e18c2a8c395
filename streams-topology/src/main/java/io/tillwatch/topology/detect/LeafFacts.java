package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;

/** Takes what one leaf counted in a minute beside its rate; zero counts need not be told. */
public interface LeafFacts {

  /** Errors and timeouts; told at most once. */
  void technicalFailures(long count);

  /** Events with a reason; each reason once, in any order. */
  void reason(Reason reason, long count);

  /**
   * Money of a currency; each currency once, in any order.
   *
   * @param currency ISO 4217 code
   * @param successes successful events
   * @param successSumMinor their amounts added up, minor units
   */
  void money(String currency, long successes, long successSumMinor);

  /**
   * Durations in one bucket of a {@link io.tillwatch.topology.cell.LatencySketch}; each bucket
   * once, in any order.
   */
  void latency(int bucket, long count);
}
