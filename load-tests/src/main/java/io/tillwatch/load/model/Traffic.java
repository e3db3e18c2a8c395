package io.tillwatch.load.model;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The events of a world in the order they are delivered, without end.
 *
 * <p>Written minute by minute: all payments that start in a minute with everything that comes of
 * them, far futures included, because what goes wrong when is known beforehand. The same world,
 * disturbances and start give the same bytes. Used by one thread.
 */
public final class Traffic {

  private static final long MINUTE_MILLIS = 60_000;
  private static final long VOLUME_CONCERN = 10;
  private static final long NOISE_CONCERN = 11;
  private static final long PAYMENT_CONCERN = 12;
  private static final long SURGE_CONCERN = 100;
  private static final double VOLUME_DRIFT = 0.05;
  private static final double VOLUME_NOISE = 0.10;

  private final World world;
  private final Climate climate;
  private final Courier courier;
  private final Authorisations authorisations;
  private final List<Conditions.Active> surges;
  private final Drift volumeDrift;

  /** Next minute to write; everything that happens before it has been written. */
  private long minute;

  /**
   * @param from first moment a payment may start at, rounded up to the minute
   */
  public Traffic(World world, List<Disturbance> disturbances, Instant from) {
    Conditions conditions = new Conditions(disturbances);
    this.world = world;
    this.climate = new Climate(world);
    this.courier = new Courier(conditions);
    this.authorisations = new Authorisations(climate, conditions, courier);
    this.surges = conditions.surges();
    this.volumeDrift = new Drift(world.seed, VOLUME_CONCERN, VOLUME_DRIFT);
    this.minute = Math.ceilDiv(from.toEpochMilli(), MINUTE_MILLIS);
    int number = 0;
    for (Disturbance disturbance : disturbances) {
      for (Delivery notice : Notices.of(disturbance, world.seed, number++)) {
        if (notice.atMillis() >= from.toEpochMilli()) {
          courier.add(notice);
        }
      }
    }
  }

  /** The next delivery. */
  public Delivery next() {
    ready();
    return courier.take();
  }

  /** When the next delivery is due, epoch milliseconds UTC. */
  public long nextAtMillis() {
    ready();
    return courier.look().atMillis();
  }

  private void ready() {
    while (!courier.arrivesBefore(minute * MINUTE_MILLIS)) {
      write(minute);
      minute++;
    }
  }

  private void write(long minute) {
    climate.enter(minute);
    for (Region region : world.regions) {
      double mean = world.payments(region, minute * MINUTE_MILLIS) * volume(minute, region);
      int payments = poisson(mean, NOISE_CONCERN + 1, minute, region.index());
      for (int i = 0; i < payments; i++) {
        SplittableRandom random = payment(PAYMENT_CONCERN, minute, region, i);
        Attempt attempt = attempt(random, region, null);
        authorisations.customerPays(random, attempt, moment(random, minute));
      }
    }
    for (int i = 0; i < surges.size(); i++) {
      surge(surges.get(i), SURGE_CONCERN + 2L * i, minute);
    }
  }

  /** How much busier a minute is than its season says. */
  private double volume(long minute, Region region) {
    double noise = Chance.stream(world.seed, NOISE_CONCERN, minute, region.index()).nextGaussian();
    double logarithm = volumeDrift.at(minute, region.index()) + VOLUME_NOISE * noise;
    return StrictMath.exp(logarithm - VOLUME_NOISE * VOLUME_NOISE / 2);
  }

  private void surge(Conditions.Active surge, long concern, long minute) {
    Disturbance what = surge.what();
    long start = minute * MINUTE_MILLIS;
    if (what.startMillis() >= start + MINUTE_MILLIS || what.endMillis() <= start) {
      return;
    }
    if (what.type() == DisturbanceType.NOISY_CELL) {
      if (what.startMillis() >= start) {
        SplittableRandom random = Chance.stream(world.seed, concern, minute, 0);
        authorisations.payerFails(random, attempt(random, regionOf(surge), surge.scope()), what);
      }
      return;
    }
    for (Region region : world.regions) {
      if (surge.scope().allowsRegion(region.name())) {
        surge(surge, concern, minute, region);
      }
    }
  }

  private void surge(Conditions.Active surge, long concern, long minute, Region region) {
    Disturbance what = surge.what();
    boolean testing = what.type() == DisturbanceType.CARD_TESTING_ATTACK;
    double factor = testing ? what.strength() : what.strength() - 1;
    double mean =
        factor
            * world.payments(region, minute * MINUTE_MILLIS)
            * world.share(surge.scope(), region);
    int payments = poisson(mean, concern, minute, region.index());
    for (int i = 0; i < payments; i++) {
      SplittableRandom random = payment(concern + 1, minute, region, i);
      Attempt attempt = attempt(random, region, surge.scope());
      long millis = moment(random, minute);
      if (!what.isActive(millis)) {
        continue;
      }
      if (testing) {
        authorisations.cardIsTested(random, attempt, millis);
      } else {
        authorisations.customerPays(random, attempt, millis);
      }
    }
  }

  private Region regionOf(Conditions.Active surge) {
    return world.regions.stream()
        .filter(region -> surge.scope().allowsRegion(region.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Who pays where; what the scope names is as it says. */
  private Attempt attempt(SplittableRandom random, Region region, @Nullable Scope scope) {
    Psp psp = world.psps.get(region.psps().draw(random));
    CardRange range = world.ranges.get(region.ranges().draw(random));
    String merchant = world.merchants.get(region.merchants().draw(random));
    if (scope != null) {
      psp = scope.psp() == null ? psp : world.psp(scope.psp());
      range = scope.binRange() == null ? range : world.range(scope.binRange());
      merchant = scope.merchantAccount() == null ? merchant : scope.merchantAccount();
    }
    return new Attempt(psp, region, range, merchant);
  }

  private int poisson(double mean, long concern, long minute, long subject) {
    return Chance.poisson(Chance.stream(world.seed, -concern, minute, subject), mean);
  }

  private SplittableRandom payment(long concern, long minute, Region region, int number) {
    return Chance.stream(world.seed, concern, minute, ((long) region.index() << 32) | number);
  }

  private static long moment(SplittableRandom random, long minute) {
    return minute * MINUTE_MILLIS + random.nextInt((int) MINUTE_MILLIS);
  }
}
