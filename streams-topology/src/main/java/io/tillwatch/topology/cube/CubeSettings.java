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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cube holds, and for how long.
 *
 * @param partitions tasks that share the kinds of event
 * @param retention how long minute cells are kept, in event time
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
    Duration grace,
    Duration silenceAfter,
    Duration sealAfter,
    List<Set<Dimension>> rollUps,
    int residentCellsMax,
    int minuteCellsMax,
    int valuesMax) {

  /** Every combination of PSP, BIN range and region; each other dimension alone and per PSP. */
  public static final List<Set<Dimension>> ROLL_UPS = defaultRollUps();

  /** Two days of minutes, ten seconds of grace, a minute in memory after that. */
  public static final CubeSettings DEFAULT =
      new CubeSettings(
          4,
          Duration.ofHours(48),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          ROLL_UPS,
          200_000,
          20_000,
          50_000);

  /** More roll-ups than this cost more than adding leaves up on reading. */
  private static final int ROLL_UPS_MAX = 64;

  public CubeSettings {
    rollUps = List.copyOf(rollUps);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "%d partitions, expected at least 1".formatted(partitions));
    }
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
    return new CubeSettings(
        settings.integer("cube.partitions", DEFAULT.partitions, 1, 64),
        settings.duration(
            "cube.retention", DEFAULT.retention, Duration.ofHours(2), Duration.ofDays(4_000)),
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
