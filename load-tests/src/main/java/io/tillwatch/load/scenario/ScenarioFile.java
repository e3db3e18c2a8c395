package io.tillwatch.load.scenario;

import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.yaml.YamlMap;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads scenario files: {@code name}, {@code description}, {@code incidents}, {@code traps}. */
final class ScenarioFile {

  private static final Set<String> KEYS = Set.of("name", "description", "incidents", "traps");
  private static final Set<String> ENTRY_KEYS =
      Set.of("type", "at", "for", "scope", "pick", "strength", "every", "times");

  /** Enough for a demo of a week; each costs a comparison per event. */
  private static final int TIMES_MAX = 200;

  private static final int ENTRIES_MAX = 100;

  /** What payments are drawn by, and so what the seed can choose and extra traffic can be of. */
  private static final Set<Dimension> DRAWN =
      EnumSet.of(Dimension.PSP, Dimension.REGION, Dimension.BIN_RANGE, Dimension.MERCHANT_ACCOUNT);

  /** What attempts differ in: a scope may name no other dimension. */
  private static final Set<Dimension> SCOPED = EnumSet.complementOf(EnumSet.of(Dimension.METHOD));

  private ScenarioFile() {}

  static Scenario parse(YamlMap root) {
    root.only(KEYS);
    List<Entry> entries = new ArrayList<>();
    root.maps("incidents").forEach(map -> entries.add(entry(map, false)));
    root.maps("traps").forEach(map -> entries.add(entry(map, true)));
    if (entries.size() > ENTRIES_MAX) {
      throw root.problem(
          "incidents",
          "%d incidents and traps, expected at most %d".formatted(entries.size(), ENTRIES_MAX));
    }
    return new Scenario(root.text("name"), root.optionalText("description").orElse(""), entries);
  }

  private static Entry entry(YamlMap map, boolean trap) {
    map.only(ENTRY_KEYS);
    DisturbanceType type = type(map, trap);
    Duration length = map.duration("for");
    if (!length.isPositive()) {
      throw map.problem("for", "for is '%s', expected more than 0".formatted(map.text("for")));
    }
    Slice scope = scope(map, type);
    Set<Dimension> pick = pick(map, scope);
    requireDimensions(map, type, scope, pick);
    int times = (int) map.number("times", 1, 1, TIMES_MAX);
    Duration every = map.has("every") ? map.duration("every") : Duration.ZERO;
    if (times > 1 && every.compareTo(length) <= 0) {
      throw map.problem("every", "every must be longer than for when times is above 1");
    }
    return new Entry(
        type,
        map.duration("at"),
        length,
        scope,
        pick,
        strength(map, type),
        every,
        times,
        map.place());
  }

  private static DisturbanceType type(YamlMap map, boolean trap) {
    String label = map.text("type");
    return DisturbanceType.byLabel(label)
        .filter(type -> type.isTrap() == trap)
        .orElseThrow(() ->
            map.problem(
                "type",
                "type '%s' is no %s, expected one of %s"
                    .formatted(label, trap ? "trap" : "incident", labels(trap))));
  }

  private static String labels(boolean trap) {
    return Arrays.stream(DisturbanceType.values())
        .filter(type -> type.isTrap() == trap)
        .map(DisturbanceType::label)
        .collect(Collectors.joining(", "));
  }

  private static double strength(YamlMap map, DisturbanceType type) {
    DisturbanceType.Strength unit = type.strength();
    return map.number("strength", type.defaultStrength(), unit.least(), unit.most());
  }

  private static Slice scope(YamlMap map, DisturbanceType type) {
    Map<String, String> labels = map.map("scope").map(YamlMap::toTexts).orElse(Map.of());
    YamlMap where = map.map("scope").orElse(map);
    Set<Dimension> allowed = type.addsTraffic() ? DRAWN : SCOPED;
    labels.keySet().forEach(label -> dimension(where, label, label, allowed));
    return Slice.of(labels);
  }

  private static Set<Dimension> pick(YamlMap map, Slice scope) {
    Set<Dimension> pick = EnumSet.noneOf(Dimension.class);
    for (String label : map.texts("pick")) {
      Dimension dimension = dimension(map, "pick", label, DRAWN);
      if (scope.get(dimension) != null) {
        throw map.problem("pick", "'%s' is fixed by the scope already".formatted(label));
      }
      pick.add(dimension);
    }
    return pick;
  }

  private static Dimension dimension(
      YamlMap map, String key, String label, Set<Dimension> allowed) {
    return Dimension.byLabel(label)
        .filter(allowed::contains)
        .orElseThrow(() ->
            map.problem(
                key,
                "'%s' is no dimension for this, expected one of %s"
                    .formatted(
                        label,
                        allowed.stream().map(Dimension::label).collect(Collectors.joining(", ")))));
  }

  private static void requireDimensions(
      YamlMap map, DisturbanceType type, Slice scope, Set<Dimension> pick) {
    for (Dimension dimension : type.requiredDimensions()) {
      if (scope.get(dimension) == null && !pick.contains(dimension)) {
        throw map.problem(
            "scope",
            "%s needs a %s, in scope or in pick".formatted(type.label(), dimension.label()));
      }
    }
  }
}
