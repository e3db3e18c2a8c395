package io.tillwatch.topology.detect;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A large world of payments for measurements: 8 PSPs, 2,000 BIN ranges, 12 regions, so many known
 * leaves of which traffic falls by Zipf's law; all from one seed.
 *
 * <p>Each minute is a {@link MinuteLeaves} in the order in which the leaves were first seen in it,
 * as a cube would have it.
 */
final class BusyRails {

  /** Events by leaf that had any: 200,000 a minute are some 30,000 of 60,000 leaves. */
  private static final double EVENTS_PER_KNOWN_LEAF = 200_000 / 60_000.0;

  private static final int PSPS = 8;
  private static final int BINS = 2_000;
  private static final int REGIONS = 12;
  private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF"};
  private static final Reason[] REASONS = Reason.values();

  private final SplittableRandom random;
  private final List<Slice> leaves = new ArrayList<>();
  private final double[] until;
  private final double[] failing;
  private final int eventsPerMinute;

  /** A world of so many leaves. */
  BusyRails(long seed, int known) {
    this.random = new SplittableRandom(seed);
    this.eventsPerMinute = (int) (known * EVENTS_PER_KNOWN_LEAF);
    this.until = new double[known];
    this.failing = new double[known];
    draw(known);
    double sum = 0;
    for (int leaf = 0; leaf < known; leaf++) {
      sum += 1.0 / (leaf + 1);
      until[leaf] = sum;
    }
  }

  private void draw(int known) {
    double[] psp = effects(PSPS, .25);
    double[] bin = effects(BINS, .35);
    double[] region = effects(REGIONS, .3);
    Set<Slice> seen = new LinkedHashSet<>();
    while (seen.size() < known) {
      int p = skewed(PSPS);
      int b = skewed(BINS);
      int r = skewed(REGIONS);
      Slice leaf =
          Slice.leaf(
              "psp-" + p,
              "bin-" + (400_000 + b),
              "region-" + r,
              random.nextInt(8) == 0 ? "wallet" : "card",
              b % 3 == 0 ? "mastercard" : "visa",
              "C" + b % 40,
              "merchant-" + skewed(30),
              random.nextInt(12) == 0 ? "gw-2" : "gw-1",
              random.nextBoolean() ? "yes" : "no");
      if (seen.add(leaf)) {
        failing[leaves.size()] = 1 / (1 + Math.exp(2.2 + psp[p] + bin[b] + region[r]));
        leaves.add(leaf);
      }
    }
  }

  private double[] effects(int count, double sigma) {
    double[] effects = new double[count];
    Arrays.setAll(effects, i -> sigma * random.nextGaussian());
    return effects;
  }

  private int skewed(int count) {
    return (int) (count * random.nextDouble() * random.nextDouble());
  }

  /**
   * The next minute.
   *
   * @param broken cell whose events fail nine times of ten; null for none
   */
  Columns minute(@Nullable Slice broken) {
    Columns columns = new Columns(leaves);
    for (int i = 0; i < eventsPerMinute; i++) {
      int found = Arrays.binarySearch(until, random.nextDouble() * until[until.length - 1]);
      int leaf = Math.min(found < 0 ? -found - 1 : found, until.length - 1);
      double fails = broken != null && broken.covers(leaves.get(leaf)) ? .9 : failing[leaf];
      columns.add(leaf, random.nextDouble() < fails, random);
    }
    return columns;
  }

  /** One minute. */
  static final class Columns implements MinuteLeaves {
    private final List<Slice> names;
    private final int[] rowOf;
    private int[] leaf = new int[64];
    private Counts[] counts = new Counts[64];
    private int size;

    private static final class Counts {
      int events;
      int firstAttempts;
      int failures;
      int technical;
      final int[] reasons = new int[REASONS.length];
      final long[] successes = new long[CURRENCIES.length];
      final long[] sumMinor = new long[CURRENCIES.length];
      int[] buckets = new int[4];
      int[] durations = new int[4];
      int used;
    }

    Columns(List<Slice> names) {
      this.names = names;
      this.rowOf = new int[names.size()];
    }

    private void add(int leafNumber, boolean fails, SplittableRandom random) {
      if (rowOf[leafNumber] == 0) {
        if (size == leaf.length) {
          leaf = Arrays.copyOf(leaf, size * 2);
          counts = Arrays.copyOf(counts, size * 2);
        }
        leaf[size] = leafNumber;
        counts[size] = new Counts();
        rowOf[leafNumber] = ++size;
      }
      Counts row = counts[rowOf[leafNumber] - 1];
      row.events++;
      row.firstAttempts += random.nextInt(20) == 0 ? 0 : 1;
      if (fails) {
        row.failures++;
        boolean technical = random.nextInt(4) == 0;
        row.technical += technical ? 1 : 0;
        row.reasons[technical ? 0 : 1 + random.nextInt(6)]++;
      } else {
        int currency = leafNumber % 10 == 0 ? random.nextInt(2) : leafNumber % CURRENCIES.length;
        row.successes[currency]++;
        row.sumMinor[currency] += 500 + random.nextInt(20_000);
      }
      time(row, (int) (300 + 30 * random.nextGaussian()));
    }

    private static void time(Counts row, int bucket) {
      int at = Arrays.binarySearch(row.buckets, 0, row.used, bucket);
      if (at < 0) {
        at = -at - 1;
        if (row.used == row.buckets.length) {
          row.buckets = Arrays.copyOf(row.buckets, row.used * 2);
          row.durations = Arrays.copyOf(row.durations, row.used * 2);
        }
        System.arraycopy(row.buckets, at, row.buckets, at + 1, row.used - at);
        System.arraycopy(row.durations, at, row.durations, at + 1, row.used - at);
        row.buckets[at] = bucket;
        row.durations[at] = 0;
        row.used++;
      }
      row.durations[at]++;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public int number(int row) {
      return leaf[row];
    }

    @Override
    public Slice slice(int row) {
      return names.get(leaf[row]);
    }

    @Override
    public long events(int row) {
      return counts[row].events;
    }

    @Override
    public long firstAttempts(int row) {
      return counts[row].firstAttempts;
    }

    @Override
    public long judged(int row) {
      return counts[row].events;
    }

    @Override
    public long failures(int row) {
      return counts[row].failures;
    }

    @Override
    public void facts(int row, LeafFacts facts) {
      Counts told = counts[row];
      facts.technicalFailures(told.technical);
      for (int i = 0; i < REASONS.length; i++) {
        if (told.reasons[i] > 0) {
          facts.reason(REASONS[i], told.reasons[i]);
        }
      }
      for (int i = 0; i < CURRENCIES.length; i++) {
        if (told.successes[i] > 0) {
          facts.money(CURRENCIES[i], told.successes[i], told.sumMinor[i]);
        }
      }
      for (int i = 0; i < told.used; i++) {
        facts.latency(told.buckets[i], told.durations[i]);
      }
    }
  }
}
