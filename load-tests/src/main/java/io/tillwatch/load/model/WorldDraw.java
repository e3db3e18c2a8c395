package io.tillwatch.load.model;

import io.tillwatch.load.model.Psp.Dialect;
import io.tillwatch.schemas.event.BinRange;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What a world is drawn from: fixed names and shares, effects by the seed. */
final class WorldDraw {

  static final List<String> MERCHANTS = List.of("lumen-shop", "orbit-travel", "tierra-market");

  private static final long CONCERN = 0x776f726c64L;

  private static final List<String> PSP_NAMES =
      List.of("northpay", "alpinepay", "harborpay", "solarpay");

  private static final List<Region.Profile> REGIONS =
      List.of(
          profile("eu-west", "Europe/Paris", List.of("FR", "DE", "NL", "BE"), 1.0, 0.62, 0.05),
          profile("eu-south", "Europe/Madrid", List.of("ES", "IT", "PT"), 1.1, 0.58, 0.05),
          profile("us-east", "America/New_York", List.of("US", "CA"), 1.25, 0.06, 0.004),
          profile("latam", "America/Sao_Paulo", List.of("BR", "MX", "CO"), 1.6, 0.30, 0.01));

  private static final double[] REGION_SHARES = {0.36, 0.24, 0.24, 0.16};
  private static final double[] REGION_EFFECTS = {0.20, 0.05, 0.30, -0.50};

  /** Traffic by PSP, one row per region. */
  private static final double[][] PSP_SHARES = {
    {0.34, 0.28, 0.20, 0.18}, {0.22, 0.34, 0.18, 0.26},
    {0.26, 0.16, 0.36, 0.22}, {0.20, 0.18, 0.24, 0.38}
  };

  /** Traffic by merchant account, one row per region; none is at home in one region alone. */
  private static final double[][] MERCHANT_SHARES = {
    {0.55, 0.30, 0.15}, {0.45, 0.35, 0.20}, {0.40, 0.45, 0.15}, {0.25, 0.25, 0.50}
  };

  private static final int[] RANGES_BY_REGION = {13, 9, 10, 8};
  private static final double ZIPF_EXPONENT = 0.9;

  /** Share of a region's cards that were issued elsewhere. */
  private static final double ABROAD = 0.12;

  private static final List<String> BANKS =
      List.of(
          "Meridian",
          "Kestrel",
          "Alder",
          "Beacon",
          "Granite",
          "Juniper",
          "Lagoon",
          "Summit",
          "Willow",
          "Cobalt",
          "Orchard",
          "Falcon",
          "Harvest");

  /** Weights of {@link CardRange#REASONS} for an average issuer. */
  private static final double[] REASON_WEIGHTS = {34, 26, 11, 8, 6, 6, 5, 2.5, 1.5};

  final long seed;
  private final SplittableRandom random;

  WorldDraw(long seed) {
    this.seed = seed;
    this.random = Chance.stream(seed, CONCERN, 0, 0);
  }

  private static Region.Profile profile(
      String name,
      String zone,
      List<String> countries,
      double latencyFactor,
      double threeDsShare,
      double challengeShare) {
    return new Region.Profile(
        name, ZoneId.of(zone), countries, latencyFactor, threeDsShare, challengeShare);
  }

  List<Psp> psps() {
    List<Psp> psps = new ArrayList<>();
    for (int i = 0; i < PSP_NAMES.size(); i++) {
      double latency = 280 + random.nextInt(240);
      psps.add(new Psp(i, PSP_NAMES.get(i), Dialect.values()[i], gaussian(0.25), latency));
    }
    return List.copyOf(psps);
  }

  List<CardRange> ranges() {
    List<CardRange> ranges = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Region.Profile profile : REGIONS) {
      int size = RANGES_BY_REGION[REGIONS.indexOf(profile)];
      for (int rank = 0; rank < size; rank++) {
        List<String> countries = profile.countries();
        String country = countries.get(rank % countries.size());
        BinRange entry = range(country, BANKS.get(rank) + " Bank " + country, taken);
        ranges.add(new CardRange(ranges.size(), entry, gaussian(0.35), reasons()));
      }
    }
    return List.copyOf(ranges);
  }

  /** A range of a hundred BINs that starts with a prefix of its scheme and was not drawn before. */
  private BinRange range(String country, String issuer, Set<String> taken) {
    double point = random.nextDouble();
    String scheme = point < 0.52 ? "visa" : point < 0.93 ? "mastercard" : "amex";
    String start;
    do {
      start = prefix(scheme) + "00";
    } while (!taken.add(start));
    String end = start.substring(0, 6) + "99";
    String product = random.nextDouble() < 0.45 ? "debit" : "credit";
    return new BinRange(scheme + "-" + start, start, end, issuer, scheme, country, product);
  }

  private String prefix(String scheme) {
    return switch (scheme) {
      case "visa" -> "4" + (10_000 + random.nextInt(90_000));
      case "mastercard" -> "5" + (1 + random.nextInt(5)) + (1_000 + random.nextInt(9_000));
      default -> (random.nextBoolean() ? "34" : "37") + (1_000 + random.nextInt(9_000));
    };
  }

  private Weights reasons() {
    double[] weights = REASON_WEIGHTS.clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= StrictMath.exp(gaussian(0.35));
    }
    return Weights.of(weights);
  }

  List<Region> regions(List<CardRange> ranges) {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < REGIONS.size(); i++) {
      regions.add(
          new Region(
              i,
              REGIONS.get(i),
              REGION_SHARES[i],
              REGION_EFFECTS[i] + gaussian(0.05),
              Weights.of(PSP_SHARES[i]),
              cards(REGIONS.get(i), ranges),
              Weights.of(MERCHANT_SHARES[i])));
    }
    return List.copyOf(regions);
  }

  /** Cards seen in a region: Zipf over its own ranges, and a little of every other region's. */
  private static Weights cards(Region.Profile profile, List<CardRange> ranges) {
    int home = Math.toIntExact(ranges.stream().filter(r -> isHome(profile, r)).count());
    Weights own = Weights.zipf(home, ZIPF_EXPONENT);
    double[] weights = new double[ranges.size()];
    int rank = 0;
    for (CardRange range : ranges) {
      weights[range.index()] =
          isHome(profile, range)
              ? (1 - ABROAD) * own.share(rank++)
              : ABROAD / (ranges.size() - home);
    }
    return Weights.of(weights);
  }

  private static boolean isHome(Region.Profile profile, CardRange range) {
    return profile.countries().contains(range.country());
  }

  double[][] effects(int rows, int columns, double sigma) {
    double[][] effects = new double[rows][columns];
    for (double[] row : effects) {
      for (int i = 0; i < row.length; i++) {
        row[i] = gaussian(sigma);
      }
    }
    return effects;
  }

  private double gaussian(double sigma) {
    return sigma * random.nextGaussian();
  }
}
