package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A handful of events whose sums can be checked by eye. */
final class Traffic {

  private Traffic() {}

  /** Two PSPs, two minutes, one currency each; everything else is "none". */
  static void fill(InMemoryCube cube) {
    add(cube, "03:14", "northpay", "de", Outcome.APPROVED, null, 1_000);
    add(cube, "03:14", "northpay", "de", Outcome.APPROVED, null, 2_000);
    add(cube, "03:14", "northpay", "fr", Outcome.DECLINED, Reason.INSUFFICIENT_FUNDS, 500);
    add(cube, "03:15", "northpay", "de", Outcome.TIMEOUT, Reason.TIMEOUT, 700);
    add(cube, "03:15", "southpay", "de", Outcome.APPROVED, null, 900);
    add(cube, "03:15", "southpay", "de", Outcome.CHALLENGED, null, 900);
  }

  static void add(
      InMemoryCube cube,
      String minute,
      String psp,
      String issuerCountry,
      Outcome outcome,
      @Nullable Reason reason,
      long amountMinor) {
    Tally tally = new Tally();
    tally.add(EventKind.AUTH, outcome, reason, 1, "EUR", amountMinor, 100);
    cube.add(EventKind.AUTH, leaf(psp, issuerCountry), at(minute), tally);
  }

  static Slice leaf(String psp, String issuerCountry) {
    return Slice.leaf(null, null, null, null, null, null, null, null, null)
        .with(Dimension.PSP, psp)
        .with(Dimension.ISSUER_COUNTRY, issuerCountry);
  }

  static long at(String time) {
    return Instant.parse("2026-11-20T" + time + ":00Z").toEpochMilli();
  }
}
