package io.tillwatch.load.peers;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.RollUp;
import java.nio.charset.StandardCharsets;

/** Makes the share that an event has in a cell of a roll-up. Used by one thread. */
public final class Slicer {

  /** Slots for slices: some ten thousand are live in a minute. */
  public static final int SLICE_BITS = 16;

  /** Slots for currencies. */
  public static final int CURRENCY_BITS = 8;

  private static final int TEXT_BYTES_MAX = Byte.MAX_VALUE;

  private final Interned<Slice> slices = new Interned<>(SLICE_BITS, Slice::new);
  private final Interned<String> currencies = currencies();
  private final byte[] scratch = new byte[3 * (1 + TEXT_BYTES_MAX)];

  /** Texts of currencies. */
  public static Interned<String> currencies() {
    return new Interned<>(CURRENCY_BITS, bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Sets the share that the event has in its cell of a roll-up. */
  public void share(AuthFields event, RollUp rollUp, Share share) {
    share.slice = slice(event, rollUp);
    share.outcome = event.outcome;
    share.reason = event.reason;
    share.attempt = event.attempt;
    share.currency = currencies.of(event.frame, event.currencyFrom, event.currencyLength);
    share.amountMinor = event.amountMinor;
    share.latencyMillis = event.latencyMillis;
  }

  private Slice slice(AuthFields event, RollUp rollUp) {
    byte[] frame = event.frame;
    int end = put(0, frame, event.pspFrom, rollUp.hasPsp() ? event.pspLength : 0);
    end = put(end, frame, event.binFrom, rollUp.hasBin() ? event.binLength : 0);
    end = put(end, frame, event.regionFrom, rollUp.hasRegion() ? event.regionLength : 0);
    return slices.of(scratch, 0, end);
  }

  private int put(int at, byte[] frame, int from, int length) {
    if (length > TEXT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a dimension of %d bytes, at most %d".formatted(length, TEXT_BYTES_MAX));
    }
    scratch[at] = (byte) length;
    System.arraycopy(frame, from, scratch, at + 1, length);
    return at + 1 + length;
  }
}
