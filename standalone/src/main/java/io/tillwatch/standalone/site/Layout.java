package io.tillwatch.standalone.site;

import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.TopologySettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings that lay out the data in a folder, by key, kept beside the data: every later start
 * has the same. No other setting is kept.
 *
 * @param values by key; empty for a folder that has no layout yet
 */
record Layout(Path folder, Map<String, String> values) {

  private static final String NAME = "site.properties";

  /** The layout of a folder. */
  static Layout in(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return new Layout(folder, Map.of());
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.forEach((key, value) -> values.put((String) key, (String) value));
    return new Layout(folder, values);
  }

  /** The values of the keys that lay out data. */
  static Map<String, String> of(TopologySettings settings) {
    Map<String, String> values = new TreeMap<>();
    values.put("ingest.dedupe-horizon", written(settings.ingest().dedupe().horizon()));
    values.put("ingest.allowed-lateness", written(settings.ingest().allowedLateness()));
    values.put("cube.retention", written(settings.cube().retention()));
    values.put("cube.hours-retention", written(settings.cube().hoursRetention()));
    values.put("cube.days-retention", written(settings.cube().daysRetention()));
    values.put("cube.partitions", Integer.toString(settings.cube().partitions()));
    values.put("cube.roll-ups", written(settings.cube().rollUps()));
    values.put("topology.payment-partitions", Integer.toString(settings.paymentPartitions()));
    return values;
  }

  /** Those of its keys that file, environment or options say something about. */
  Set<String> askedFor(Settings settings) {
    return values.keySet().stream()
        .filter(key -> !settings.list(key, List.of()).isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * Refuses another layout than the folder has.
   *
   * @throws WrongInput with the first key that differs
   */
  void require(Map<String, String> wanted) {
    values.forEach((key, value) -> {
      String now = Objects.requireNonNullElse(wanted.get(key), "nothing");
      if (!now.equals(value)) {
        throw new WrongInput(
            "the data folder %s was made with %s %s, not %s; leave it out, or give another --data"
                .formatted(folder, key, value, now));
      }
    });
  }

  /** Keeps this layout in a folder that has none yet. */
  void keep(Map<String, String> wanted) {
    if (!values.isEmpty()) {
      return;
    }
    Path file = folder.resolve(NAME);
    Properties properties = new Properties();
    properties.putAll(wanted);
    try {
      Files.createDirectories(folder.toAbsolutePath());
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, "How the data beside this is laid out; not to be changed.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String written(Duration duration) {
    boolean hours = duration.equals(Duration.ofHours(duration.toHours()));
    return hours ? duration.toHours() + "h" : duration.toMillis() + "ms";
  }

  private static String written(List<Set<Dimension>> rollUps) {
    return rollUps.stream().map(Layout::written).sorted().collect(Collectors.joining(","));
  }

  private static String written(Set<Dimension> dimensions) {
    return dimensions.isEmpty()
        ? "total"
        : dimensions.stream().map(Dimension::label).sorted().collect(Collectors.joining("+"));
  }
}
