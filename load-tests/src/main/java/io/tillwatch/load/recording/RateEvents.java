package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.Draw.between;

import io.tillwatch.load.recording.PlannedEvent.Cast;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws events that lower the success rate. Shifts are on the logit of success. */
final class RateEvents {

  private final SplittableRandom random;
  private final Places places;

  RateEvents(Tenant tenant, SplittableRandom random) {
    this.random = random;
    this.places = new Places(tenant, random);
  }

  Cast cast(EventKind kind) {
    return switch (kind) {
      case PSP_OUTAGE_FULL -> shift(places.psp(), 5, 7, Reason.TIMEOUT);
      case PSP_PARTIAL -> shift(places.psp(), 0.4, 2, Reason.TIMEOUT);
      case PSP_REGION -> shift(places.pspRegion(), 0.6, 3, Reason.TIMEOUT);
      case ISSUER_BIN_OUTAGE -> shift(places.bin(), 0.7, 4, Reason.ISSUER_UNAVAILABLE);
      case REGION_NETWORK -> shift(places.region(), 0.4, 2, Reason.TIMEOUT);
      case PSP_BIN -> shift(places.pspBin(), 1, 3.5, null);
      case DEPLOY_REGRESSION -> deployRegression();
      case SLOW_DRIFT -> slowDrift();
      case CARD_TESTING -> cardTesting();
      case MULTI -> multi();
      default -> throw new IllegalArgumentException(kind + " lowers no success rate");
    };
  }

  private Cast shift(Cell cell, double least, double most, @Nullable Reason why) {
    double logit = between(random, least, most);
    return Cast.of(cell, Map.of("logit", logit), (minute, _, _) -> minute.lower(cell, logit, why));
  }

  /** A bad version that is rolled out to more attempts than usual. */
  private Cast deployRegression() {
    Cell cell = places.canary();
    double logit = between(random, 0.5, 2.5);
    double share = between(random, 0.3, 0.5);
    Impact impact =
        (minute, _, _) -> {
          minute.canaryShare(share);
          minute.lower(cell, logit, null);
        };
    return Cast.of(cell, Map.of("logit", logit, "share", share), impact);
  }

  private Cast slowDrift() {
    Cell cell = random.nextBoolean() ? places.psp() : places.bin();
    double logit = between(random, 0.5, 1.2);
    Impact impact =
        (minute, since, length) -> minute.lower(cell, logit * (since + 1) / length, null);
    return Cast.of(cell, Map.of("logit", logit), impact);
  }

  private Cast cardTesting() {
    Cell cell = places.pspBin();
    double times = between(random, 3, 15);
    double success = between(random, 0.10, 0.25);
    Impact impact = (minute, _, _) -> minute.testCards(cell, times - 1, success);
    return Cast.of(cell, Map.of("mult", times, "sr", success), impact);
  }

  /** Two causes at once that have nothing to do with each other. */
  private Cast multi() {
    Cast psp = shift(places.pspOrPspRegion(), 0.7, 3, Reason.TIMEOUT);
    Cast bin = shift(places.bin(), 0.7, 3, Reason.ISSUER_UNAVAILABLE);
    return new Cast(
        List.of(psp.causes().getFirst(), bin.causes().getFirst()),
        Map.of("logit", List.of(logit(psp), logit(bin))),
        psp.impact().and(bin.impact()));
  }

  private static Object logit(Cast cast) {
    return Objects.requireNonNull(cast.parameters().get("logit"));
  }
}
