package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small world of payments for tests: 4 PSPs, 4 regions, 12 BIN ranges; all from one seed. */
final class Rails {

  static final long START = 1_773_100_800_000L;

  private static final String[] PSPS = {"northpay", "alpinepay", "harborpay", "solarpay"};
  private static final String[] REGIONS = {"eu-west", "eu-south", "us-east", "latam"};
  private static final String[] COUNTRIES = {"FR", "ES", "US", "BR"};
  private static final double[] PSP_SHARES = {.3, .28, .22, .2};
  private static final double[] REGION_SHARES = {.34, .26, .22, .18};
  private static final int BINS = 12;

  private static final double LATENCY_SIGMA = .45;

  private final SplittableRandom random;

  /** Draws what does not decide about success: more of it leaves the rest of a story as it is. */
  private final SplittableRandom asides;

  private final EventKind kind;
  private final double perMinute;
  private final double[] pspEffect = new double[PSPS.length];
  private final double[] regionEffect = new double[REGIONS.length];
  private final double[] binEffect = new double[BINS];
  private final List<Event> events = new ArrayList<>();

  /** What happens to a cell from one minute (since the start) until another. */
  private record Event(Type type, Slice slice, int from, int until, double strength) {
    boolean at(int minute) {
      return from <= minute && minute < until;
    }
  }

  private enum Type {
    /** Share of attempts that fail in addition. */
    FAILS,
    /** Traffic as a multiple of normal. */
    GROWS,
    /** Time it takes as a multiple of normal. */
    SLOWS,
    /** Share of the failures that give another reason than usual. */
    BLAMES,
    /** One payer's failed retries a minute, in one leaf. */
    RETRIES
  }

  Rails(long seed, EventKind kind, double perMinute) {
    this.random = new SplittableRandom(seed);
    this.asides = new SplittableRandom(seed + 1);
    this.kind = kind;
    this.perMinute = perMinute;
    draw(pspEffect, .25);
    draw(regionEffect, .3);
    draw(binEffect, .35);
  }

  private void draw(double[] effects, double sigma) {
    for (int i = 0; i < effects.length; i++) {
      effects[i] = sigma * random.nextGaussian();
    }
  }

  Rails fails(Slice slice, int from, int until, double share) {
    events.add(new Event(Type.FAILS, slice, from, until, share));
    return this;
  }

  Rails grows(Slice slice, int from, int until, double factor) {
    events.add(new Event(Type.GROWS, slice, from, until, factor));
    return this;
  }

  Rails slows(Slice slice, int from, int until, double factor) {
    events.add(new Event(Type.SLOWS, slice, from, until, factor));
    return this;
  }

  Rails blames(Slice slice, int from, int until, double share) {
    events.add(new Event(Type.BLAMES, slice, from, until, share));
    return this;
  }

  Rails retries(Slice leaf, int from, int until, int perMinute) {
    events.add(new Event(Type.RETRIES, leaf, from, until, perMinute));
    return this;
  }

  /** Start of a minute, epoch milliseconds. */
  static long at(int minute) {
    return START + minute * Watch.MINUTE_MILLIS;
  }

  static Slice cell(String... labelsAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      values.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    return Slice.of(values);
  }

  static Slice leaf(int psp, int region, int bin, int rest) {
    return Slice.leaf(
        PSPS[psp],
        "bin-%02d".formatted(bin),
        REGIONS[region],
        "card",
        bin % 3 == 0 ? "mastercard" : "visa",
        COUNTRIES[bin % COUNTRIES.length],
        rest % 3 == 0 ? "travel" : "shop",
        rest % 12 == 1 ? "gw-2" : "gw-1",
        rest % 2 == 0 ? "yes" : "no");
  }

  /** Leaf cells of a minute; minutes are to be asked for in order. */
  Map<Slice, Tally> minute(int minute) {
    return filling(minute, 1).getFirst();
  }

  /** What a minute has counted after each of so many equal parts of it; the last one has all. */
  List<Map<Slice, Tally>> filling(int minute, int parts) {
    List<Map<Slice, Tally>> filling = new ArrayList<>();
    Map<Slice, Tally> cells = new HashMap<>();
    for (int part = 0; part < parts; part++) {
      addPart(minute, parts, cells);
      Map<Slice, Tally> soFar = new HashMap<>();
      cells.forEach((leaf, tally) -> soFar.put(leaf, tally.copy()));
      filling.add(soFar);
    }
    return filling;
  }

  private void addPart(int minute, int parts, Map<Slice, Tally> cells) {
    double most = 1;
    for (Event event : events) {
      most = event.type() == Type.GROWS && event.at(minute) ? most * event.strength() : most;
      if (event.type() == Type.RETRIES && event.at(minute)) {
        for (int i = 0; i < event.strength() / parts; i++) {
          add(cells, event.slice(), false, 2, minute);
        }
      }
    }
    int tries = poisson(perMinute * Math.max(1, most) / parts);
    for (int i = 0; i < tries; i++) {
      attempt(minute, most, cells);
    }
  }

  private void attempt(int minute, double most, Map<Slice, Tally> cells) {
    int psp = pick(PSP_SHARES);
    int region = pick(REGION_SHARES);
    int bin = (int) (BINS * random.nextDouble() * random.nextDouble());
    Slice leaf = leaf(psp, region, bin, random.nextInt(24));
    double factor = 1;
    double fails = 0;
    for (Event event : events) {
      if (event.at(minute) && event.slice().covers(leaf)) {
        factor *= event.type() == Type.GROWS ? event.strength() : 1;
        fails = event.type() == Type.FAILS ? event.strength() : fails;
      }
    }
    if (random.nextDouble() >= factor / Math.max(1, most)) {
      return;
    }
    double base = kind == EventKind.AUTH ? 2 : 5;
    double logit = base + pspEffect[psp] + regionEffect[region] + binEffect[bin];
    boolean ok = random.nextDouble() < 1 / (1 + Math.exp(-logit)) && random.nextDouble() >= fails;
    add(cells, leaf, ok, 1, minute);
  }

  private void add(Map<Slice, Tally> cells, Slice leaf, boolean ok, int attempt, int minute) {
    Outcome good =
        switch (kind) {
          case AUTH -> Outcome.APPROVED;
          case WEBHOOK -> Outcome.DELIVERED;
          default -> Outcome.SUCCEEDED;
        };
    Outcome bad = kind == EventKind.AUTH ? Outcome.ERROR : Outcome.FAILED;
    double slower = 1;
    double blamed = 0;
    for (Event event : events) {
      if (event.at(minute) && event.slice().covers(leaf)) {
        slower *= event.type() == Type.SLOWS ? event.strength() : 1;
        blamed = event.type() == Type.BLAMES ? event.strength() : blamed;
      }
    }
    Reason usual = asides.nextDouble() < .6 ? Reason.GATEWAY_ERROR : Reason.INSUFFICIENT_FUNDS;
    Reason reason = ok ? null : asides.nextDouble() < blamed ? Reason.SUSPECTED_FRAUD : usual;
    double millis = (ok ? 300 : 400) * slower * Math.exp(LATENCY_SIGMA * asides.nextGaussian());
    cells
        .computeIfAbsent(leaf, l -> new Tally())
        .add(kind, ok ? good : bad, reason, attempt, "EUR", 5_000, Math.round(millis));
  }

  private int pick(double[] shares) {
    double point = random.nextDouble();
    int i = 0;
    while (i < shares.length - 1 && point >= shares[i]) {
      point -= shares[i++];
    }
    return i;
  }

  private int poisson(double mean) {
    return Math.max(0, (int) Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
  }
}
