package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.cell.LatencySketch;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is told about a burst beside its rate: technical failures, reasons, tickets, latency. */
final class Facts {

  private static final Reason[] REASONS = Reason.values();

  long technical;
  final long[] reasons = new long[REASONS.length];

  /** By currency: successful events, and their amounts added up in minor units. */
  final SortedMap<String, long[]> tickets = new TreeMap<>();

  LatencySketch latency = new LatencySketch();

  /** Adds successful events of a currency, and their amounts added up in minor units. */
  void add(String currency, long successes, long successSumMinor) {
    long[] ticket = tickets.computeIfAbsent(currency, c -> new long[2]);
    ticket[0] += successes;
    ticket[1] = saturatedSum(ticket[1], successSumMinor);
  }

  /** All facts, to be read back with {@link #read}. */
  void write(BytesOut out) {
    out.number(technical).numbers(reasons).number(tickets.size());
    tickets.forEach((currency, ticket) -> out.text(currency).number(ticket[0]).number(ticket[1]));
    out.block(latency.toBytes());
  }

  static Facts read(BytesIn in) {
    Facts facts = new Facts();
    facts.technical = in.number();
    long[] reasons = in.numbers();
    System.arraycopy(reasons, 0, facts.reasons, 0, reasons.length);
    for (int left = in.count(); left > 0; left--) {
      facts.tickets.put(in.text(), new long[] {in.number(), in.number()});
    }
    facts.latency = LatencySketch.of(in.block());
    return facts;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
