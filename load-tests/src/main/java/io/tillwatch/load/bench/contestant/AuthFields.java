package io.tillwatch.load.bench.contestant;

/**
 * The fields of one framed authorisation event that counting needs, read by hand, straight on for
 * the one schema that the bench writes: no look at the schema id, no check of what it reads. Where
 * texts lie is remembered, they are not copied. Used by one thread.
 */
public final class AuthFields {

  private static final int HEADER_BYTES = 5;

  /** The frame that was read last. */
  public byte[] frame = new byte[0];

  /** Epoch milliseconds UTC. */
  public long eventTimeMillis;

  /** From 1. */
  public int attempt;

  /** First byte and length of the texts. */
  public int pspFrom;

  public int pspLength;
  public int binFrom;
  public int binLength;
  public int regionFrom;
  public int regionLength;
  public int currencyFrom;
  public int currencyLength;

  /** Minor units. */
  public long amountMinor;

  /** {@link io.tillwatch.load.bench.recount.Measures#NO_LATENCY} without one. */
  public int latencyMillis;

  /** Number in the schema. */
  public int outcome;

  /** Number in the schema; {@link io.tillwatch.load.bench.recount.Measures#NO_REASON} without. */
  public int reason;

  private int at;

  /** Reads one event. */
  public void read(byte[] bytes) {
    frame = bytes;
    at = HEADER_BYTES;
    skipText();
    eventTimeMillis = number();
    skipText();
    attempt = (int) number();
    pspLength = (int) number();
    pspFrom = at;
    at += pspLength;
    binLength = number() == 0 ? 0 : (int) number();
    binFrom = at;
    at += binLength;
    regionLength = (int) number();
    regionFrom = at;
    at += regionLength;
    skipOptionalText();
    skipText();
    skipOptionalText();
    currencyLength = (int) number();
    currencyFrom = at;
    at += currencyLength;
    amountMinor = number();
    skipOptionalText();
    skipOptionalText();
    if (number() != 0) {
      at++;
    }
    latencyMillis = number() == 0 ? -1 : (int) number();
    outcome = (int) number();
    reason = number() == 0 ? -1 : (int) number();
  }

  private void skipText() {
    int length = (int) number();
    at += length;
  }

  private void skipOptionalText() {
    if (number() != 0) {
      skipText();
    }
  }

  /** A zigzag varint. */
  private long number() {
    byte[] bytes = frame;
    long next = bytes[at++];
    long value = next & 0x7F;
    for (int shift = 7; next < 0; shift += 7) {
      next = bytes[at++];
      value |= (next & 0x7F) << shift;
    }
    return value >>> 1 ^ -(value & 1);
  }
}
