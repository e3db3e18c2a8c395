package io.tillwatch.rules.watch;

import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.source.Fields;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a KPI is held to whatever its past was: a share of events that may be bad at most, over a
 * window, and what it takes to be sure that more are.
 *
 * @param badAtMost share of events that may be bad, more than 0 and less than 1
 * @param within how long an event of a duration may take; zero for all other KPIs
 * @param reason whose share it is, for a mix of reasons; else empty
 * @param each dimensions for each of whose combinations it is judged by itself
 * @param over window, whole minutes
 * @param eventsMin events in the window below which nothing is judged
 * @param falseAlarmEvery mean time between two false alarms over all slices together, at the least,
 *     while each of them only just keeps it
 */
public record Objective(
    double badAtMost,
    Duration within,
    String reason,
    Set<String> each,
    Duration over,
    int eventsMin,
    Duration falseAlarmEvery) {

  /** The longest window: what the detector has at hand. */
  public static final Duration OVER_MAX = Duration.ofHours(3);

  private static final Duration OVER_MIN = Duration.ofMinutes(1);
  private static final Duration WITHIN_MIN = Duration.ofSeconds(1);
  private static final Duration WITHIN_MAX = Duration.ofDays(30);
  private static final Duration FALSE_ALARM_MIN = Duration.ofHours(1);
  private static final Duration FALSE_ALARM_MAX = Duration.ofDays(365);
  private static final Duration FALSE_ALARM_USUAL = Duration.ofDays(7);
  private static final double SHARE_MIN = 1e-5;
  private static final int EVENTS_MAX = 1_000_000_000;

  private static final Set<Kpi> DURATIONS =
      EnumSet.of(Kpi.LATENCY, Kpi.WEBHOOK_LAG, Kpi.REFUND_SLA);

  /** KPIs whose figure is the bad share itself. */
  private static final Set<Kpi> LOW_IS_GOOD = EnumSet.of(Kpi.WEBHOOK_FAILURE, Kpi.REASON_MIX);

  /** Which KPI of which kinds may be held to an objective. */
  private static final Map<Kpi, Set<Kind>> KINDS = new EnumMap<>(Kpi.class);

  static {
    KINDS.put(Kpi.SUCCESS_RATE, EnumSet.of(Kind.AUTH, Kind.REFUND));
    KINDS.put(Kpi.TECHNICAL_SUCCESS_RATE, EnumSet.of(Kind.AUTH, Kind.CAPTURE));
    KINDS.put(Kpi.LATENCY, EnumSet.of(Kind.AUTH, Kind.CAPTURE));
    KINDS.put(Kpi.REASON_MIX, EnumSet.of(Kind.AUTH));
    KINDS.put(Kpi.CAPTURE_SUCCESS, EnumSet.of(Kind.CAPTURE));
    KINDS.put(Kpi.WEBHOOK_FAILURE, EnumSet.of(Kind.WEBHOOK));
    KINDS.put(Kpi.WEBHOOK_LAG, EnumSet.of(Kind.WEBHOOK));
    KINDS.put(Kpi.REFUND_SLA, EnumSet.of(Kind.REFUND));
  }

  public Objective {
    each = Set.copyOf(each);
  }

  /**
   * Reads the one of a watch.
   *
   * @param watch the fields around it, which say {@code each}
   * @param where dimensions of the slices it is about
   */
  static Objective read(Fields watch, Kind kind, Kpi kpi, Set<String> where) {
    Fields fields = watch.mapping("objective");
    Set<Kind> kinds = KINDS.getOrDefault(kpi, Set.of());
    if (!kinds.contains(kind)) {
      watch.problem(
          "objective",
          "one of %s of %s".formatted(label(kpi), label(kind)),
          kinds.isEmpty()
              ? "no objective: %s is judged against what is usual alone".formatted(label(kpi))
              : kinds.stream().sorted().map(Objective::label).collect(Collectors.joining(" or ")));
    }
    Set<String> each =
        watch.has("each")
            ? new TreeSet<>(watch.words("each", Vocabulary.DIMENSIONS))
            : new TreeSet<>();
    each.retainAll(Vocabulary.DIMENSIONS);
    checkDimensions(watch, "where", where, kpi);
    checkDimensions(watch, "each", each, kpi);
    List<String> reasons =
        kpi == Kpi.REASON_MIX ? fields.words("reason", Vocabulary.REASONS) : List.of("");
    if (reasons.size() > 1) {
      fields.problem("reason", reasons.size() + " reasons", "one; another watch for each");
    }
    Objective objective =
        new Objective(
            badAtMost(fields, kpi),
            isDuration(kpi) ? fields.duration("within", WITHIN_MIN, WITHIN_MAX) : Duration.ZERO,
            reasons.isEmpty() ? "" : reasons.getFirst(),
            each,
            over(fields),
            fields.integer("events-min", 1, EVENTS_MAX),
            fields.has("false-alarm-every")
                ? fields.duration("false-alarm-every", FALSE_ALARM_MIN, FALSE_ALARM_MAX)
                : FALSE_ALARM_USUAL);
    fields.end("false-alarm-every");
    return objective;
  }

  private static double badAtMost(Fields fields, Kpi kpi) {
    return LOW_IS_GOOD.contains(kpi)
        ? fields.number("at-most", SHARE_MIN, 1 - SHARE_MIN)
        : 1 - fields.number("at-least", SHARE_MIN, 1 - SHARE_MIN);
  }

  private static Duration over(Fields fields) {
    Duration over = fields.duration("over", OVER_MIN, OVER_MAX);
    if (over.toSecondsPart() != 0) {
      fields.problem("over", "'" + over.toSeconds() + "s'", "whole minutes");
    }
    return over;
  }

  /** Durations and reasons are counted by few dimensions. */
  private static void checkDimensions(Fields watch, String key, Set<String> named, Kpi kpi) {
    Set<String> known = dimensions(kpi);
    Set<String> strange = new TreeSet<>(named);
    strange.removeAll(known);
    if (!strange.isEmpty()) {
      watch.problem(
          key,
          String.join(", ", strange),
          "%s alone, by which %s is counted"
              .formatted(String.join(", ", new TreeSet<>(known)), label(kpi)));
    }
  }

  private static Set<String> dimensions(Kpi kpi) {
    if (isDuration(kpi)) {
      return Set.of("psp", "region", "method");
    }
    return kpi == Kpi.REASON_MIX ? Set.of("psp", "binRange") : Vocabulary.DIMENSIONS;
  }

  private static boolean isDuration(Kpi kpi) {
    return DURATIONS.contains(kpi);
  }

  /** For people, for example {@code at least 95 % over 15m, each psp and region}. */
  public String text(Kpi kpi) {
    StringBuilder text = new StringBuilder();
    boolean low = LOW_IS_GOOD.contains(kpi);
    text.append(low ? "at most " : "at least ").append(percent(low ? badAtMost : 1 - badAtMost));
    if (!within.isZero()) {
      text.append(" within ").append(Fields.written(within));
    }
    if (!reason.isEmpty()) {
      text.append(" ").append(reason);
    }
    text.append(" over ").append(Fields.written(over));
    text.append(", from ").append(eventsMin).append(" events");
    if (!each.isEmpty()) {
      text.append(", each ").append(String.join(" and ", new TreeSet<>(each)));
    }
    return text.toString();
  }

  private static String percent(double share) {
    double percent = Math.rint(share * 1e7) / 1e5;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f %%", percent)
        : String.valueOf(percent) + " %";
  }

  private static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
