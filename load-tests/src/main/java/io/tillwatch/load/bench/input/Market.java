package io.tillwatch.load.bench.input;

import io.tillwatch.schemas.event.BinRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who is paid through whom: eight PSPs, BINs whose shares follow Zipf's law, twelve regions. Scheme
 * and issuer country follow from the BIN, currency and 3-D Secure from the region: so a leaf of the
 * cube is a PSP, a BIN and a region. Immutable.
 */
public final class Market {

  /**
   * With this exponent 200,000 events a minute live in some 35,000 cells of the seven groupings.
   */
  private static final double ZIPF = 1.25;

  private static final int FIRST_BIN = 41_000_000;
  private static final int BIN_STEP = 700;
  private static final String[] SCHEMES = {"visa", "mastercard", "amex", "maestro"};
  private static final String[] COUNTRIES = {
    "DE", "FR", "GB", "ES", "IT", "NL", "PL", "SE", "US", "BR", "JP", "AU"
  };

  static final List<String> PSPS =
      List.of(
          "northpay",
          "adriapay",
          "kestrel",
          "bluegate",
          "payforge",
          "quickset",
          "oceanic",
          "zenpay");
  private static final double[] PSP_SHARES = {.45, .25, .12, .08, .04, .03, .02, .01};

  static final List<Region> REGIONS =
      List.of(
          new Region("eu-west", "EUR", true),
          new Region("eu-central", "EUR", true),
          new Region("uk", "GBP", true),
          new Region("us-east", "USD", false),
          new Region("us-west", "USD", false),
          new Region("latam", "BRL", false),
          new Region("nordics", "SEK", true),
          new Region("eu-south", "EUR", true),
          new Region("poland", "PLN", true),
          new Region("japan", "JPY", false),
          new Region("oceania", "AUD", false),
          new Region("gulf", "AED", false));
  private static final double[] REGION_SHARES = {
    .35, .20, .13, .10, .07, .05, .03, .025, .02, .015, .007, .003
  };

  private final List<Bin> bins;
  private final Shares psps = new Shares(PSP_SHARES);
  private final Shares regions = new Shares(REGION_SHARES);
  private final Shares binShares;

  /** A market of that size. */
  public Market(MarketSize size) {
    bins = bins(size.bins());
    binShares = new Shares(zipf(size));
  }

  /** Where merchants sell. */
  public record Region(String name, String currency, boolean threeDs) {}

  /** The first eight digits of cards of one issuer. */
  public record Bin(String digits, String scheme, String country) {

    /** The range that holds this BIN only; it is called like it. */
    public BinRange range() {
      return new BinRange(
          scheme + "-" + digits, digits, digits, "issuer-" + digits, scheme, country, null);
    }
  }

  /** The range of every BIN. */
  public List<BinRange> ranges() {
    return bins.stream().map(Bin::range).toList();
  }

  /** A PSP by its share. */
  public String psp(SplittableRandom random) {
    return PSPS.get(psps.draw(random));
  }

  /** A BIN by its share. */
  public Bin bin(SplittableRandom random) {
    return bins.get(binShares.draw(random));
  }

  /** A region by its share. */
  public Region region(SplittableRandom random) {
    return REGIONS.get(regions.draw(random));
  }

  private static List<Bin> bins(int number) {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      bins.add(
          new Bin(
              Integer.toString(FIRST_BIN + BIN_STEP * i),
              SCHEMES[i % SCHEMES.length],
              COUNTRIES[i / SCHEMES.length % COUNTRIES.length]));
    }
    return bins;
  }

  private static double[] zipf(MarketSize size) {
    double[] shares = new double[size.bins()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = StrictMath.pow(i + 1, -size.zipf());
    }
    return shares;
  }

  /** Draws numbers by their shares. */
  private static final class Shares {

    private final double[] upTo;

    Shares(double[] shares) {
      upTo = shares.clone();
      for (int i = 1; i < upTo.length; i++) {
        upTo[i] += upTo[i - 1];
      }
    }

    int draw(SplittableRandom random) {
      int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
      return at >= 0 ? at : -at - 1;
    }
  }
}
