package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.Draw.between;

import io.tillwatch.load.recording.PlannedEvent.Cast;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws events in which nothing is wrong: traffic changes, the rate of each leaf does not. */
final class Traps {

  /** Attempts a minute of a leaf that one payer's retries are drawn for. */
  private static final double TINY_LEAST = 0.02;

  private static final double TINY_MOST = 0.5;

  private static final double BENIGN_CANARY_SHARE = 0.5;
  private static final double ROUTED_SHARE = 0.7;
  private static final double HOLIDAY_FACTOR = 1.4;

  private final SplittableRandom random;
  private final Places places;
  private final double attemptsPerMinute;

  Traps(Tenant tenant, SplittableRandom random, double attemptsPerMinute) {
    this.random = random;
    this.places = new Places(tenant, random);
    this.attemptsPerMinute = attemptsPerMinute;
  }

  /**
   * What happens in a trap.
   *
   * @param length of it in minutes
   */
  Cast cast(EventKind kind, int length) {
    return switch (kind) {
      case MIX_SHIFT_REGION -> busier(places.worstRegion(), 3, 6);
      case MIX_SHIFT_BIN -> busier(places.badBin(), 3, 5);
      case FLASH_SALE -> busier(Cell.ALL, 2, 3);
      case LOWVOL_BURST -> burst(length);
      case BENIGN_DEPLOY -> benignDeploy();
      case ROUTING_CHANGE -> routingChange();
      case HOLIDAY -> holiday();
      default -> throw new IllegalArgumentException(kind + " is no trap");
    };
  }

  private Cast busier(Cell cell, double least, double most) {
    double factor = between(random, least, most);
    return Cast.of(cell, Map.of("mult", factor), (minute, _, _) -> minute.multiply(cell, factor));
  }

  /** One payer who tries again and again in a leaf where hardly anybody else pays. */
  private Cast burst(int length) {
    Cell leaf = places.tinyLeaf(TINY_LEAST / attemptsPerMinute, TINY_MOST / attemptsPerMinute);
    int retries = between(random, 6, 10);
    int[] perMinute = new int[length];
    for (int i = 0; i < retries; i++) {
      perMinute[i < length ? i : random.nextInt(length)]++;
    }
    Impact impact = (minute, since, _) -> minute.retry(leaf, perMinute[since]);
    return Cast.of(leaf, Map.of("retries", retries), impact);
  }

  private Cast benignDeploy() {
    return Cast.of(
        Cell.ofCanary(),
        Map.of("share", BENIGN_CANARY_SHARE),
        (minute, _, _) -> minute.canaryShare(BENIGN_CANARY_SHARE));
  }

  private Cast routingChange() {
    Cell from = places.psp();
    int others = Cube.PSPS - 1;
    Cell to = Cell.ofPsp((from.psp() + 1 + random.nextInt(others)) % Cube.PSPS);
    return new Cast(
        List.of(from, to),
        Map.of("share", ROUTED_SHARE),
        (minute, _, _) -> minute.route(from.psp(), to.psp(), ROUTED_SHARE));
  }

  private Cast holiday() {
    return new Cast(
        List.of(),
        Map.of("mult", HOLIDAY_FACTOR),
        (minute, _, _) -> minute.multiply(Cell.ALL, HOLIDAY_FACTOR));
  }
}
