package io.tillwatch.load.peers;

import io.tillwatch.load.bench.recount.Measures;

/** What one event adds to one cell. A holder of fields that its maker may use again. */
public final class Share {

  private static final Slice NOWHERE = new Slice(new byte[3]);

  /** The cell, its minute apart. */
  public Slice slice = NOWHERE;

  /** Number in the schema. */
  public int outcome;

  /** Number in the schema, or {@link Measures#NO_REASON}. */
  public int reason;

  /** From 1. */
  public int attempt;

  /** ISO 4217. */
  public String currency = "";

  /** Minor units. */
  public long amountMinor;

  /** Or {@link Measures#NO_LATENCY}. */
  public int latencyMillis;

  /** Counts the event. */
  public void addTo(Measures measures) {
    measures.add(outcome, reason, attempt, currency, amountMinor, latencyMillis);
  }
}
