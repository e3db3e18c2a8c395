package io.tillwatch.rules.playbook;

import io.tillwatch.rules.playbook.Vocabulary.Movement;
import io.tillwatch.rules.playbook.Vocabulary.Pace;
import io.tillwatch.rules.playbook.Vocabulary.Part;
import io.tillwatch.rules.playbook.Vocabulary.Remainder;
import io.tillwatch.rules.playbook.Vocabulary.Size;
import io.tillwatch.rules.playbook.Vocabulary.Weight;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One thing to look for in what was observed. */
public interface Sign {

  /** Whether it is there. */
  boolean holds(Observations seen);

  /** What it rests on. */
  Ground ground();

  /** What it says, in words. */
  String text();

  /** The dimension values, reasons or kinds it is about; empty when it is about no one thing. */
  default List<String> subjects() {
    return List.of();
  }

  /** The root cell is one of these kinds of event. */
  record KindIs(List<Kind> kinds) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return kinds.contains(seen.kind());
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return "seen on " + words(kinds);
    }
  }

  /** One of these was measured. */
  record KpiIs(List<Kpi> kpis) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return kpis.contains(seen.kpi());
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return "seen in the " + words(kpis).replace('_', ' ');
    }
  }

  /** The root cell fixes all of these dimensions. */
  record Fixed(List<String> dimensions) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return dimensions.stream().allMatch(d -> fixes(seen, d));
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return "confined to one " + String.join(" and one ", dimensions);
    }
  }

  /** The root cell fixes at least one of these dimensions. */
  record FixedAny(List<String> dimensions) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return dimensions.stream().anyMatch(d -> fixes(seen, d));
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return "confined to one " + String.join(" or one ", dimensions);
    }
  }

  /** The root cell fixes none of these dimensions. */
  record RolledUp(List<String> dimensions) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return dimensions.stream().noneMatch(d -> fixes(seen, d));
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return "on every " + String.join(" and every ", dimensions);
    }
  }

  /** The share of errors and timeouts went up, or did not; what does not come at all has none. */
  record TechnicalShare(Movement movement) implements Sign {
    /** Share points that count as a rise. */
    static final double RISE_MIN = 0.05;

    @Override
    public boolean holds(Observations seen) {
      boolean up = seen.technicalSince() - seen.technicalBefore() >= RISE_MIN;
      return seen.kpi() != Kpi.VOLUME && (movement == Movement.UP ? up : !up);
    }

    @Override
    public Ground ground() {
      return Ground.TECHNICAL_SHARE;
    }

    @Override
    public String text() {
      return movement == Movement.UP
          ? "errors and timeouts went up"
          : "errors and timeouts did not go up";
    }
  }

  /** p95 of latency went up, or did not; holds for neither when it was not measured. */
  record Latency(Movement movement) implements Sign {
    /** Factor that counts as a rise. */
    static final double RISE_FACTOR = 1.5;

    @Override
    public boolean holds(Observations seen) {
      if (seen.latencyBeforeMillis() <= 0 || seen.latencySinceMillis() <= 0) {
        return false;
      }
      boolean up = seen.latencySinceMillis() >= RISE_FACTOR * seen.latencyBeforeMillis();
      return movement == Movement.UP ? up : !up;
    }

    @Override
    public Ground ground() {
      return Ground.LATENCY;
    }

    @Override
    public String text() {
      return movement == Movement.UP ? "answers got slower" : "answers are as fast as before";
    }
  }

  /** How much more is tried than in the hour before. */
  record Traffic(Movement movement) implements Sign {
    /** Factor that counts as a rise. */
    static final double RISE_FACTOR = 2;

    private static final double UNKNOWN = 1;

    @Override
    public boolean holds(Observations seen) {
      double ratio = seen.trafficRatio();
      return movement == Movement.UP
          ? ratio >= RISE_FACTOR
          : ratio != UNKNOWN && ratio < RISE_FACTOR && ratio > 1 / RISE_FACTOR;
    }

    @Override
    public Ground ground() {
      return Ground.VOLUME;
    }

    @Override
    public String text() {
      return movement == Movement.UP
          ? "far more is tried than before"
          : "about as much is tried as before";
    }

    @Override
    public List<String> subjects() {
      return List.of("traffic");
    }
  }

  /** How large what succeeds is, against the hour before. */
  record Ticket(Size size) implements Sign {
    /** Factor that counts as small. */
    static final double FALL_FACTOR = 0.5;

    private static final double UNKNOWN = 1;

    @Override
    public boolean holds(Observations seen) {
      double ratio = seen.ticketRatio();
      return size == Size.SMALL
          ? ratio <= FALL_FACTOR
          : ratio != UNKNOWN && ratio > FALL_FACTOR && ratio < 1 / FALL_FACTOR;
    }

    @Override
    public Ground ground() {
      return Ground.VOLUME;
    }

    @Override
    public String text() {
      return size == Size.SMALL
          ? "amounts are far smaller than before"
          : "amounts are about as large as before";
    }

    @Override
    public List<String> subjects() {
      return List.of("traffic");
    }
  }

  /** What retries have to do with it; holds for none when attempts were not counted. */
  record Retries(Part part) implements Sign {
    /** Share points that count as a rise. */
    static final double RISE_MIN = 0.1;

    @Override
    public boolean holds(Observations seen) {
      Observations.Move retries = seen.retries();
      if (retries == null) {
        return false;
      }
      boolean up = retries.since() - retries.before() >= RISE_MIN;
      return switch (part) {
        case UP -> up;
        case STEADY -> !up;
        case EXPLAIN -> up && seen.firstAttemptsDoAsExpected(retries.since());
      };
    }

    @Override
    public Ground ground() {
      return Ground.RETRIES;
    }

    @Override
    public String text() {
      return switch (part) {
        case UP -> "far more attempts are retries than before";
        case STEADY -> "hardly more attempts are retries than before";
        case EXPLAIN -> "the failures are retries, first attempts fail no more than usual";
      };
    }
  }

  /** How much of the expected value is left. */
  record Left(Remainder remainder) implements Sign {
    static final double ALMOST_NOTHING_MAX = 0.1;
    static final double LITTLE_MAX = 0.5;

    @Override
    public boolean holds(Observations seen) {
      double left = seen.expected() > 0 ? seen.observed() / seen.expected() : 1;
      return switch (remainder) {
        case ALMOST_NOTHING -> left <= ALMOST_NOTHING_MAX;
        case LITTLE -> left <= LITTLE_MAX;
        case MUCH -> left > LITTLE_MAX && left < 1;
        case MORE -> left > 1;
      };
    }

    @Override
    public Ground ground() {
      return Ground.VOLUME;
    }

    @Override
    public String text() {
      return switch (remainder) {
        case ALMOST_NOTHING -> "almost nothing is left of what is expected";
        case LITTLE -> "less than half is left of what is expected";
        case MUCH -> "more than half is left of what is expected";
        case MORE -> "more than expected";
      };
    }

    @Override
    public List<String> subjects() {
      return List.of("impact");
    }
  }

  /** How it began. */
  record Onset(Pace pace) implements Sign {
    /** From onset to detection; what takes longer crept in. */
    static final Duration GRADUAL_MIN = Duration.ofMinutes(12);

    @Override
    public boolean holds(Observations seen) {
      boolean gradual = seen.foundAfter().compareTo(GRADUAL_MIN) >= 0;
      return pace == Pace.GRADUAL ? gradual : !gradual;
    }

    @Override
    public Ground ground() {
      return Ground.ROOT_CELL;
    }

    @Override
    public String text() {
      return pace == Pace.GRADUAL ? "it crept in" : "it began at once";
    }
  }

  /** Whether the change of the rate is the mix's rather than any rate's. */
  record Mix(Weight weight) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      boolean dominates = Math.abs(seen.mixEffect()) > 2 * Math.abs(seen.rateEffect());
      return weight == Weight.DOMINATES ? dominates : !dominates;
    }

    @Override
    public Ground ground() {
      return Ground.VOLUME;
    }

    @Override
    public String text() {
      return weight == Weight.DOMINATES
          ? "the mix of traffic moved, the rates hardly"
          : "rates moved, not only the mix of traffic";
    }

    @Override
    public List<String> subjects() {
      return List.of("impact");
    }
  }

  /** A neighbour that differs from the root cell in one of these dimensions only does well. */
  record HealthySibling(List<String> dimensions) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return dimensions.stream()
          .anyMatch(d -> seen.healthySiblings().stream().anyMatch(s -> differsIn(d, seen, s)));
    }

    private static boolean differsIn(String dimension, Observations seen, Map<String, String> s) {
      String other = s.get(dimension);
      return other != null && !other.equals(seen.rootCell().get(dimension));
    }

    @Override
    public Ground ground() {
      return Ground.HEALTHY_SIBLING;
    }

    @Override
    public String text() {
      return "another " + String.join(" or ", dimensions) + " does well";
    }

    @Override
    public List<String> subjects() {
      return dimensions;
    }
  }

  /** Another kind of event is ill at the same time. */
  record Related(List<Kind> kinds) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return kinds.stream().anyMatch(seen.related()::contains);
    }

    @Override
    public Ground ground() {
      return Ground.RELATED_BURST;
    }

    @Override
    public String text() {
      return words(kinds) + " is ill at the same time";
    }

    @Override
    public List<String> subjects() {
      return kinds.stream().map(k -> k.name().toLowerCase(Locale.ROOT)).toList();
    }
  }

  /** We changed something there shortly before. */
  record ChangedByUs(List<String> types) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return types.stream().anyMatch(seen.changes()::contains);
    }

    @Override
    public Ground ground() {
      return Ground.CHANGE;
    }

    @Override
    public String text() {
      return "a change of ours (" + String.join(", ", types) + ") came shortly before";
    }

    @Override
    public List<String> subjects() {
      return types;
    }
  }

  /** The PSP says so itself. */
  record Notice(List<String> indicators) implements Sign {
    @Override
    public boolean holds(Observations seen) {
      return indicators.stream().anyMatch(seen.notices()::contains);
    }

    @Override
    public Ground ground() {
      return Ground.STATUS_PAGE;
    }

    @Override
    public String text() {
      return "the PSP's status page says so (" + String.join(", ", indicators) + ")";
    }

    @Override
    public List<String> subjects() {
      return indicators;
    }
  }

  private static boolean fixes(Observations seen, String dimension) {
    return seen.rootCell().containsKey(dimension);
  }

  private static String words(List<? extends Enum<?>> symbols) {
    return symbols.stream()
        .map(symbol -> symbol.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }
}
