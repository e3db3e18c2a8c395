package io.tillwatch.load.model;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people say of disturbances: our own rollouts, and PSPs that own up on their status page. */
final class Notices {

  /** Share of attempts that a rollout with a regression reaches. */
  private static final double REGRESSION_ROLLOUT = 0.4;

  /** A PSP admits an outage later than we see it. */
  private static final long STATUS_DELAY_MILLIS = 7 * 60_000L;

  private Notices() {}

  /** The notices of one disturbance; the number makes their ids unique. */
  static List<Delivery> of(Disturbance what, long seed, int number) {
    String id = Chance.letters(Chance.stream(seed, 0x6e6f74696365L, number, 0), 16);
    return switch (what.type()) {
      case BENIGN_DEPLOY, DEPLOY_REGRESSION -> List.of(rollout(what, id));
      case PSP_OUTAGE, PSP_PARTIAL_OUTAGE -> statusPage(what, id);
      default -> List.of();
    };
  }

  /** Share of attempts that a rollout brings the new version to. */
  static double rolloutShare(Disturbance rollout) {
    boolean harmless = rollout.type() == DisturbanceType.BENIGN_DEPLOY;
    return harmless ? rollout.strength() : REGRESSION_ROLLOUT;
  }

  private static Delivery rollout(Disturbance what, String id) {
    double percent = 100 * rolloutShare(what);
    String title =
        String.format(Locale.ROOT, "Connector %s rolled out to %.0f %%", World.CANARY, percent);
    ChangeEvent event =
        new ChangeEvent(
            "change-" + id,
            Instant.ofEpochMilli(what.startMillis()),
            ChangeType.DEPLOY,
            title,
            what.slice().toMap(),
            "release-bot",
            null);
    return new Delivery(what.startMillis(), event.getEventId(), event);
  }

  private static List<Delivery> statusPage(Disturbance what, String id) {
    List<Delivery> notices = new ArrayList<>();
    long admitted = what.startMillis() + STATUS_DELAY_MILLIS;
    if (admitted < what.endMillis()) {
      notices.add(status(what, id + "-1", admitted, StatusIndicator.MAJOR));
      notices.add(status(what, id + "-2", what.endMillis(), StatusIndicator.NONE));
    }
    return notices;
  }

  private static Delivery status(
      Disturbance what, String id, long millis, StatusIndicator indicator) {
    Scope scope = Scope.of(what.slice());
    String psp = String.valueOf(scope.psp());
    String component = "Card processing" + (scope.region() == null ? "" : ", " + scope.region());
    StatusEvent event =
        new StatusEvent(
            "status-" + id,
            Instant.ofEpochMilli(millis),
            psp,
            component,
            indicator,
            indicator == StatusIndicator.NONE ? "Resolved" : "Elevated error rates",
            Instant.ofEpochMilli(what.startMillis()),
            null);
    return new Delivery(millis, psp, event);
  }
}
