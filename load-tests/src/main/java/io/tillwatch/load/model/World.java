package io.tillwatch.load.model;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.List;

/**
 * The tenant whose traffic is simulated: its PSPs, regions, merchant accounts and BIN ranges, with
 * what each does to success and latency. Immutable; drawn from a seed by {@link #draw}.
 */
public final class World {

  /** Default of {@link #draw}: authorisation attempts per minute of a mean working day. */
  public static final int AUTHS_PER_MINUTE = 200;

  /** Version of the connector that most attempts use. */
  public static final String STABLE = "gw-4.11.2";

  /** Version that is being rolled out. */
  public static final String CANARY = "gw-4.12.0";

  /** Share of attempts on the canary when no rollout is going on. */
  static final double CANARY_SHARE = 0.08;

  /** Attempts a payment takes on average, retries included. */
  private static final double ATTEMPTS_PER_PAYMENT = 1.03;

  final long seed;
  final double paymentsPerMinute;
  final List<Psp> psps;
  final List<Region> regions;
  final List<CardRange> ranges;
  final List<String> merchants;

  /** Effect of a PSP in a region, and of a BIN range at a PSP, on the logit of success. */
  final double[][] pspRegionEffect;

  final double[][] rangePspEffect;

  World(WorldDraw draw, double authsPerMinute) {
    this.seed = draw.seed;
    this.paymentsPerMinute = authsPerMinute / ATTEMPTS_PER_PAYMENT;
    this.psps = draw.psps();
    this.ranges = draw.ranges();
    this.merchants = WorldDraw.MERCHANTS;
    this.regions = draw.regions(ranges);
    this.pspRegionEffect = draw.effects(psps.size(), regions.size(), 0.15);
    this.rangePspEffect = draw.effects(ranges.size(), psps.size(), 0.10);
  }

  /** The world of a seed. */
  public static World draw(long seed, double authsPerMinute) {
    if (!(authsPerMinute > 0 && authsPerMinute <= 1_000_000)) {
      throw new IllegalArgumentException(
          "%s authorisations per minute, expected more than 0 and at most 1000000"
              .formatted(authsPerMinute));
    }
    return new World(new WorldDraw(seed), authsPerMinute);
  }

  /** The seed that everything about this world and its traffic follows from. */
  public long seed() {
    return seed;
  }

  /** The BIN table of this world. */
  public List<BinRange> binRanges() {
    return ranges.stream().map(CardRange::entry).toList();
  }

  /** Values of a dimension that traffic can be scoped by; empty for any other dimension. */
  public List<String> values(Dimension dimension) {
    return switch (dimension) {
      case PSP -> psps.stream().map(Psp::name).toList();
      case REGION -> regions.stream().map(Region::name).toList();
      case BIN_RANGE -> ranges.stream().map(r -> r.entry().getId()).toList();
      case MERCHANT_ACCOUNT -> merchants;
      case CONNECTOR_VERSION -> List.of(STABLE, CANARY);
      default -> List.of();
    };
  }

  /**
   * Attempts per minute to expect in a slice at a moment when nothing unusual goes on. Dimensions
   * other than PSP, region, BIN range, merchant account and connector version are ignored.
   */
  public double expectedAuthsPerMinute(Slice slice, long millis) {
    Scope scope = Scope.of(slice);
    double sum = 0;
    for (Region region : regions) {
      if (scope.allowsRegion(region.name())) {
        sum += payments(region, millis) * share(scope, region);
      }
    }
    String version = slice.get(Dimension.CONNECTOR_VERSION);
    double versionShare =
        version == null ? 1 : version.equals(CANARY) ? CANARY_SHARE : 1 - CANARY_SHARE;
    return sum * ATTEMPTS_PER_PAYMENT * versionShare;
  }

  /** Payments per minute to expect in a region. */
  double payments(Region region, long millis) {
    return paymentsPerMinute * region.share() * Season.factor(region.profile().zone(), millis);
  }

  /**
   * Share of a region's payments that a scope takes in: PSP, BIN range and merchant are drawn
   * alone.
   */
  double share(Scope scope, Region region) {
    double psp = 0;
    for (Psp each : psps) {
      psp += scope.allowsPsp(each.name()) ? region.psps().share(each.index()) : 0;
    }
    double range = 0;
    for (CardRange each : ranges) {
      range += scope.allowsRange(each) ? region.ranges().share(each.index()) : 0;
    }
    double merchant = 0;
    for (int i = 0; i < merchants.size(); i++) {
      merchant += scope.allowsMerchant(merchants.get(i)) ? region.merchants().share(i) : 0;
    }
    return psp * range * merchant;
  }

  Psp psp(String name) {
    return psps.stream().filter(psp -> psp.name().equals(name)).findFirst().orElseThrow();
  }

  CardRange range(String id) {
    return ranges.stream().filter(r -> r.entry().getId().equals(id)).findFirst().orElseThrow();
  }
}
