package io.tillwatch.schemas.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one process, read key by key while it starts.
 *
 * <p>A key such as {@code kafka.bootstrap-servers} is looked for among the overrides (command
 * line), then as the environment variable {@code TILLWATCH_KAFKA_BOOTSTRAP_SERVERS}, then in the
 * YAML file; else the default counts. A value that is wrong is remembered and the default given
 * back, so that {@link #verify()}, called when everything has been asked for, can say all of it at
 * once. Not thread-safe: for the starting thread.
 */
public final class Settings {

  /** What the launcher and the log take from the environment. */
  private static final Set<String> OF_LAUNCHER =
      Set.of("TILLWATCH_JAVA_OPTS", "TILLWATCH_LOG", "TILLWATCH_LOG_KAFKA");

  private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
  private static final String PREFIX = "TILLWATCH_";
  private static final String FILE_SUFFIX = "-file";

  /** A secret longer than this is a wrong file. */
  private static final int SECRET_BYTES_MAX = 64 * 1024;

  private final Map<String, Sourced> fromFile;
  private final Map<String, String> fromEnvironment;
  private final Map<String, String> overrides;
  private final TreeSet<String> asked = new TreeSet<>();
  private final TreeSet<String> sections = new TreeSet<>();
  private final List<SettingsProblem> problems;

  private Settings(
      Map<String, Sourced> fromFile,
      Map<String, String> fromEnvironment,
      Map<String, String> overrides,
      List<SettingsProblem> problems) {
    this.fromFile = fromFile;
    this.fromEnvironment = fromEnvironment;
    this.overrides = overrides;
    this.problems = problems;
  }

  /**
   * Settings from a file, the environment and the command line, the last one first.
   *
   * @param yaml the file; null for none
   * @param env environment variables; those that do not begin with {@code TILLWATCH_}, or are
   *     empty, are ignored
   * @param overrides values by key
   */
  public static Settings load(
      @Nullable Path yaml, Map<String, String> env, Map<String, String> overrides) {
    List<SettingsProblem> problems = new ArrayList<>();
    Map<String, Sourced> file = yaml == null ? Map.of() : YamlFile.read(yaml, problems);
    Map<String, String> ours = new TreeMap<>(env);
    ours.keySet().removeIf(name -> !name.startsWith(PREFIX));
    ours.values().removeIf(String::isEmpty);
    return new Settings(file, ours, new TreeMap<>(overrides), problems);
  }

  /** The environment variable of a key. */
  public static String variableOf(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** A text, the default when it is not set. */
  public String text(String key, String dflt) {
    return optional(key).orElse(dflt);
  }

  /** A text that may be left out. */
  public Optional<String> optional(String key) {
    return parsed(key, "text", Optional::of);
  }

  /** A whole number within these bounds, both included. */
  public int integer(String key, int dflt, int min, int max) {
    return (int) number(key, dflt, min, max);
  }

  /** A whole number of 64 bits within these bounds, both included. */
  public long number(String key, long dflt, long min, long max) {
    String expected = "a whole number from %d to %d".formatted(min, max);
    return parsed(key, expected, text -> within(Long.valueOf(text.strip()), min, max)).orElse(dflt);
  }

  /** A decimal number within these bounds, both included. */
  public double decimal(String key, double dflt, double min, double max) {
    String expected = "a number from %s to %s".formatted(min, max);
    return parsed(key, expected, text -> within(Double.valueOf(text.strip()), min, max))
        .orElse(dflt);
  }

  /** A duration such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 72h} or {@code 7d}. */
  public Duration duration(String key, Duration dflt, Duration min, Duration max) {
    String expected =
        "a duration from %s to %s (ms, s, m, h or d)"
            .formatted(Durations.format(min), Durations.format(max));
    return parsed(key, expected, text -> Durations.parse(text).flatMap(d -> within(d, min, max)))
        .orElse(dflt);
  }

  /** Yes or no. */
  public boolean flag(String key, boolean dflt) {
    return parsed(key, "true or false", Settings::parseFlag).orElse(dflt);
  }

  /** One of the constants of an enum; hyphen or underscore, upper or lower case. */
  public <E extends Enum<E>> E choice(String key, E dflt) {
    E[] constants = dflt.getDeclaringClass().getEnumConstants();
    String expected =
        Arrays.stream(constants)
            .map(Settings::written)
            .collect(Collectors.joining(", ", "one of ", ""));
    return parsed(
            key,
            expected,
            text ->
                Arrays.stream(constants)
                    .filter(c -> c.name().equalsIgnoreCase(text.strip().replace('-', '_')))
                    .findFirst())
        .orElse(dflt);
  }

  /** A list: a YAML sequence, or one text with commas. */
  public List<String> list(String key, List<String> dflt) {
    Sourced value = find(key);
    if (value == null) {
      return dflt;
    }
    List<String> parts = value.isList() ? value.items() : List.of(value.text().split(",", -1));
    return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /**
   * A secret, or {@link Secret#NONE}.
   *
   * <p>Also from a file: {@code <key>-file}, or the variable of the key with {@code _FILE}. One
   * line break at the end of the file is not part of it.
   */
  public Secret secret(String key) {
    Sourced direct = find(key);
    Sourced file = find(key + FILE_SUFFIX);
    if (direct != null && file != null) {
      problem(file.where(), key, "given twice", "either the value or its file");
    }
    if (direct != null) {
      return Secret.of(direct.text());
    }
    return file == null ? Secret.NONE : secretIn(file, key);
  }

  /**
   * Everything below a prefix, keys without it, as text; for what is passed on to a library.
   *
   * <p>From the file and the overrides only: an environment variable cannot say where its dots are.
   */
  public Map<String, String> section(String prefix) {
    String begin = prefix + ".";
    sections.add(begin);
    Map<String, String> found = new LinkedHashMap<>();
    fromFile.forEach((key, value) -> found.put(key, value.text()));
    found.putAll(overrides);
    found.keySet().removeIf(key -> !key.startsWith(begin));
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(begin.length()), Map.Entry::getValue));
  }

  /** The keys that have been asked for so far, in order of the alphabet. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(asked);
  }

  /** Reports a value that was readable but makes no sense with the others. */
  public void reject(String key, String found, String expected) {
    Sourced value = find(key);
    problem(value == null ? "default" : value.where(), key, found, expected);
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidSettings with every wrong value and every key that nobody asked for
   */
  public void verify() {
    fromFile.forEach((key, value) -> refuseUnknown(value.where(), key));
    overrides.forEach((key, value) -> refuseUnknown("option", key));
    warnOfUnknownVariables();
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  private void refuseUnknown(String where, String key) {
    if (!asked.contains(key) && sections.stream().noneMatch(key::startsWith)) {
      String hint =
          NearestKey.to(key, asked).map("a known key, perhaps %s"::formatted).orElse("a known key");
      problem(where, key, "unknown", hint);
    }
  }

  /** Only warned of: Kubernetes sets variables of its own for a service that is named so. */
  private void warnOfUnknownVariables() {
    Map<String, String> known =
        asked.stream()
            .collect(Collectors.toMap(Settings::variableOf, Function.identity(), (a, b) -> a));
    for (String name : fromEnvironment.keySet()) {
      if (!known.containsKey(name) && !OF_LAUNCHER.contains(name)) {
        LOG.warn(
            "environment variable {} is no setting{}",
            name,
            NearestKey.to(name, known.keySet()).map(", perhaps "::concat).orElse(""));
      }
    }
  }

  private @Nullable Sourced find(String key) {
    asked.add(key);
    String override = overrides.get(key);
    if (override != null) {
      return Sourced.scalar(override, "option");
    }
    String variable = variableOf(key);
    String inEnvironment = fromEnvironment.get(variable);
    if (inEnvironment != null) {
      return Sourced.scalar(inEnvironment, variable);
    }
    return fromFile.get(key);
  }

  private <T> Optional<T> parsed(
      String key, String expected, Function<String, Optional<T>> parser) {
    Sourced value = find(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<T> result = Optional.empty();
    if (!value.isList()) {
      try {
        result = parser.apply(value.text());
      } catch (NumberFormatException e) {
        result = Optional.empty();
      }
    }
    if (result.isEmpty()) {
      problem(value.where(), key, "'" + value.text() + "'", expected);
    }
    return result;
  }

  private Secret secretIn(Sourced file, String key) {
    Path path = Path.of(file.text());
    try {
      if (Files.size(path) > SECRET_BYTES_MAX) {
        problem(file.where(), key, path + " is too long", "a file with the secret alone");
        return Secret.NONE;
      }
      return Secret.of(Files.readString(path).replaceFirst("\\R\\z", ""));
    } catch (IOException e) {
      problem(file.where(), key, path + " cannot be read", "a file with the secret alone");
      return Secret.NONE;
    }
  }

  private void problem(String where, String key, String found, String expected) {
    problems.add(new SettingsProblem(where, key, found, expected));
  }

  private static <T extends Comparable<T>> Optional<T> within(T value, T min, T max) {
    return value.compareTo(min) < 0 || value.compareTo(max) > 0
        ? Optional.empty()
        : Optional.of(value);
  }

  private static Optional<Boolean> parseFlag(String text) {
    return switch (text.strip()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
