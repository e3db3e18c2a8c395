package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what a leaf counted beside its rate, and packs it; used again for each leaf. */
final class PackedFacts implements LeafFacts {

  private static final byte SKETCH_FORMAT = 1;
  private static final int ZERO_BUCKET = -1;

  private final long[] reasons = new long[Reason.values().length];
  private final SortedMap<String, long[]> tickets = new TreeMap<>();
  private long technical;
  private int[] buckets = new int[16];
  private long[] durations = new long[16];
  private int used;

  @Override
  public void technicalFailures(long count) {
    technical = count;
  }

  @Override
  public void reason(Reason reason, long count) {
    reasons[reason.ordinal()] = count;
  }

  @Override
  public void money(String currency, long successes, long successSumMinor) {
    tickets.put(currency, new long[] {successes, successSumMinor});
  }

  @Override
  public void latency(int bucket, long count) {
    if (used == buckets.length) {
      buckets = Arrays.copyOf(buckets, used * 2);
      durations = Arrays.copyOf(durations, used * 2);
    }
    int at = used++;
    while (at > 0 && buckets[at - 1] > bucket) {
      buckets[at] = buckets[at - 1];
      durations[at] = durations[at - 1];
      at--;
    }
    buckets[at] = bucket;
    durations[at] = count;
  }

  /** Writes what one row of a minute says, to be read with {@link Facts#add}. */
  void write(MinuteLeaves leaves, int row, BytesOut out) {
    technical = 0;
    Arrays.fill(reasons, 0);
    tickets.clear();
    used = 0;
    leaves.facts(row, this);
    out.number(technical);
    int kinds = 0;
    for (long count : reasons) {
      kinds += count > 0 ? 1 : 0;
    }
    out.number(kinds);
    for (int reason = 0; reason < reasons.length; reason++) {
      if (reasons[reason] > 0) {
        out.u8(reason).number(reasons[reason]);
      }
    }
    out.number(tickets.size());
    tickets.forEach((currency, ticket) -> out.text(currency).number(ticket[0]).number(ticket[1]));
    out.block(sketch());
  }

  private byte[] sketch() {
    if (used == 0) {
      return new byte[0];
    }
    BytesOut out = new BytesOut().u8(SKETCH_FORMAT).number(used);
    int before = ZERO_BUCKET;
    for (int i = 0; i < used; i++) {
      out.number(buckets[i] - before).number(durations[i]);
      before = buckets[i];
    }
    return out.toBytes();
  }
}
