package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.Draw.between;

import io.tillwatch.load.recording.PlannedEvent.Cast;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws events that leave the success rate as it is and show in another measure. */
final class SideEvents {

  private static final List<Reason> OFTEN =
      List.of(Reason.INSUFFICIENT_FUNDS, Reason.DO_NOT_HONOR, Reason.SUSPECTED_FRAUD);

  private static final List<Reason> SELDOM =
      List.of(Reason.ISSUER_UNAVAILABLE, Reason.INVALID_DATA, Reason.TIMEOUT);

  private final SplittableRandom random;
  private final Places places;

  SideEvents(Tenant tenant, SplittableRandom random) {
    this.random = random;
    this.places = new Places(tenant, random);
  }

  Cast cast(EventKind kind) {
    return switch (kind) {
      case LATENCY -> latency();
      case WEBHOOK_BACKLOG -> webhookBacklog();
      case WEBHOOK_SILENCE -> webhookSilence();
      case DECLINE_SHIFT -> declineShift();
      default -> throw new IllegalArgumentException(kind + " is no event beside the success rate");
    };
  }

  private Cast latency() {
    Cell cell = places.pspOrPspRegion();
    double factor = between(random, 1.6, 4);
    return Cast.of(cell, Map.of("factor", factor), (minute, _, _) -> minute.slow(cell, factor));
  }

  private Cast webhookBacklog() {
    Cell cell = places.psp();
    double share = between(random, 0.15, 0.45);
    Impact impact = (minute, _, _) -> minute.deliver(cell.psp(), share);
    return Cast.of(cell, Map.of("delivered", share), impact);
  }

  private Cast webhookSilence() {
    Cell cell = places.psp();
    return Cast.of(cell, Map.of(), (minute, _, _) -> minute.silence(cell.psp()));
  }

  private Cast declineShift() {
    Cell cell = places.psp();
    Reason from = OFTEN.get(random.nextInt(OFTEN.size()));
    Reason to = SELDOM.get(random.nextInt(SELDOM.size()));
    double share = between(random, 0.55, 0.75);
    Minute.Moved moved = new Minute.Moved(from, to, share);
    return Cast.of(
        cell,
        Map.of("from", from.label(), "to", to.label(), "share", share),
        (minute, _, _) -> minute.moveDeclines(cell.psp(), moved));
  }
}
