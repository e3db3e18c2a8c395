package io.tillwatch.topology.cube;

import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.slice.Dimension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the cube holds, and for how long.
 *
 * @param partitions tasks that share the kinds of event
 * @param retention how long minute cells are kept, in event time
 * @param hoursRetention how long hourly cells are kept, if longer than the finer ones; zero for no
 *     hourly cells
 * @param daysRetention how long daily cells are kept, if longer than the finer ones; zero for no
 *     daily cells
 * @param grace event time between the end of a minute and its closing
 * @param silenceAfter clock time after the end of a minute at which it is closed when all input has
 *     fallen silent
 * @param sealAfter event time after its closing for which a minute stays in memory, where late
 *     events cost least
 * @param rollUps sets of dimensions that are kept added up, besides the leaf cells
 * @param residentCellsMax leaf cells of one kind in memory, about 150 bytes each; beyond it the
 *     oldest minutes are sealed early
 * @param minuteCellsMax leaf cells of one minute; further ones keep PSP and region, and count as
 *     "other" in all other dimensions; beyond twice as many they are "other" in these too
 * @param valuesMax values of one dimension of one kind, about 100 bytes each; further ones count as
 *     "other" until one of them was not seen for the retention
 */
public record CubeSettings(
    int partitions,
    Duration retention,
    Duration hoursRetention,
    Duration daysRetention,
    Duration grace,
    Duration silenceAfter,
    Duration sealAfter,
    List<Set<Dimension>> rollUps,
    int residentCellsMax,
    int minuteCellsMax,
    int valuesMax) {

  /** Every combination of PSP, BIN range and region; each other dimension alone and per PSP. */
  public static final List<Set<Dimension>> ROLL_UPS = defaultRollUps();

  /**
   * Two days of minutes, sixty of hours, two years of days; ten seconds of grace, a minute in
   * memory after that.
   */
  public static final CubeSettings DEFAULT =
      new CubeSettings(
          4,
          Duration.ofHours(48),
          Duration.ofDays(60),
          Duration.ofDays(730),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          ROLL_UPS,
          600_000,
          100_000,
          50_000);

  private static final Duration RETENTION_MAX = Duration.ofDays(4_000);

  /** More roll-ups than this cost more than adding leaves up on reading. */
  private static final int ROLL_UPS_MAX = 64;

  public CubeSettings {
    rollUps = List.copyOf(rollUps);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "%d partitions, expected at least 1".formatted(partitions));
    }
    tooShort(retention, hoursRetention, daysRetention)
        .ifPresent(rung -> {
          throw new IllegalArgumentException(
              "cells are kept too short to make those of %s of them: %s"
                  .formatted(rung.label(), twice(rung)));
        });
  }

  /** The rung whose spans take longer than their finer cells are safely there, if there is one. */
  private static Optional<Rung> tooShort(Duration minutes, Duration hours, Duration days) {
    if (hours.isPositive() && minutes.compareTo(twice(Rung.HOUR)) < 0) {
      return Optional.of(Rung.HOUR);
    }
    Duration below = hours.isPositive() ? longer(minutes, hours) : minutes;
    boolean isTooShort = days.isPositive() && below.compareTo(twice(Rung.DAY)) < 0;
    return isTooShort ? Optional.of(Rung.DAY) : Optional.empty();
  }

  private static Duration twice(Rung rung) {
    return rung.span().multipliedBy(2);
  }

  /**
   * The rungs that are kept, the finest first, and how long each: a coarser one never shorter than
   * a finer one.
   */
  public SortedMap<Rung, Duration> rungs() {
    SortedMap<Rung, Duration> rungs = new TreeMap<>();
    rungs.put(Rung.MINUTE, retention);
    Duration longest = retention;
    if (hoursRetention.isPositive()) {
      longest = longer(longest, hoursRetention);
      rungs.put(Rung.HOUR, longest);
    }
    if (daysRetention.isPositive()) {
      rungs.put(Rung.DAY, longer(longest, daysRetention));
    }
    return rungs;
  }

  /**
   * How long the store of a rung has its cells: two spans of the next rung longer than they are
   * kept, because what kinds that share a store have of a span is not written at the same time.
   */
  Duration stored(Rung rung) {
    SortedMap<Rung, Duration> rungs = rungs();
    Duration kept = rungs.getOrDefault(rung, Duration.ZERO);
    return rungs.keySet().stream()
        .filter(above -> above.compareTo(rung) > 0)
        .findFirst()
        .map(above -> kept.plus(twice(above)))
        .orElse(kept);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** All cuboids that are stored: the leaves first, then the roll-ups, each once. */
  public List<Set<Dimension>> cuboids() {
    Set<Set<Dimension>> all = new LinkedHashSet<>();
    all.add(Collections.unmodifiableSet(EnumSet.allOf(Dimension.class)));
    all.addAll(rollUps);
    return List.copyOf(all);
  }

  /** Reads the keys below {@code cube}. */
  public static CubeSettings from(Settings settings) {
    Duration minutes =
        settings.duration("cube.retention", DEFAULT.retention, Duration.ofHours(2), RETENTION_MAX);
    Duration hours =
        settings.duration(
            "cube.hours-retention", DEFAULT.hoursRetention, Duration.ZERO, RETENTION_MAX);
    Duration days = days(settings, minutes, hours);
    return new CubeSettings(
        settings.integer("cube.partitions", DEFAULT.partitions, 1, 64),
        minutes,
        hours,
        days,
        settings.duration("cube.grace", DEFAULT.grace, Duration.ZERO, Duration.ofMinutes(10)),
        settings.duration(
            "cube.silence-after",
            DEFAULT.silenceAfter,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)),
        settings.duration("cube.seal-after", DEFAULT.sealAfter, Duration.ZERO, Duration.ofHours(1)),
        rollUps(settings),
        settings.integer("cube.resident-cells-max", DEFAULT.residentCellsMax, 100, 10_000_000),
        settings.integer("cube.minute-cells-max", DEFAULT.minuteCellsMax, 100, 1_000_000),
        settings.integer("cube.values-max", DEFAULT.valuesMax, 10, 500_000));
  }

  private static Duration days(Settings settings, Duration minutes, Duration hours) {
    Duration days =
        settings.duration(
            "cube.days-retention", DEFAULT.daysRetention, Duration.ZERO, RETENTION_MAX);
    if (tooShort(minutes, hours, days).isPresent()) {
      settings.reject(
          "cube.days-retention",
          days.toString(),
          "0 while neither cube.retention nor cube.hours-retention is at least 2d");
      return Duration.ZERO;
    }
    return days;
  }

  private static List<Set<Dimension>> rollUps(Settings settings) {
    List<String> written = settings.list("cube.roll-ups", List.of());
    if (written.isEmpty()) {
      return ROLL_UPS;
    }
    List<Set<Dimension>> rollUps = new ArrayList<>();
    for (String text : written) {
      Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
      for (String label : text.equals("total") ? new String[0] : text.split("\\+", -1)) {
        Dimension.byLabel(label.strip())
            .ifPresentOrElse(
                dimensions::add,
                () -> settings.reject("cube.roll-ups", text, "labels joined by +: " + labels()));
      }
      rollUps.add(Collections.unmodifiableSet(dimensions));
    }
    if (rollUps.size() > ROLL_UPS_MAX) {
      settings.reject(
          "cube.roll-ups",
          rollUps.size() + " roll-ups",
          String.format(Locale.ROOT, "at most %d", ROLL_UPS_MAX));
    }
    return rollUps;
  }

  private static String labels() {
    return Arrays.stream(Dimension.values())
        .map(Dimension::label)
        .collect(Collectors.joining(", "));
  }

  private static List<Set<Dimension>> defaultRollUps() {
    List<Dimension> first = List.of(Dimension.PSP, Dimension.BIN_RANGE, Dimension.REGION);
    List<Set<Dimension>> rollUps = new ArrayList<>();
    for (int subset = 0; subset < 1 << first.size(); subset++) {
      EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
      for (Dimension dimension : first) {
        if ((subset & 1 << dimension.ordinal()) != 0) {
          dimensions.add(dimension);
        }
      }
      rollUps.add(Collections.unmodifiableSet(dimensions));
    }
    for (Dimension other : Dimension.ALL) {
      if (!first.contains(other)) {
        rollUps.add(Collections.unmodifiableSet(EnumSet.of(other)));
        rollUps.add(Collections.unmodifiableSet(EnumSet.of(Dimension.PSP, other)));
      }
    }
    return List.copyOf(rollUps);
  }
}
