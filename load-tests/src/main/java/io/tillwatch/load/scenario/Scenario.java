package io.tillwatch.load.scenario;

import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.World;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What goes wrong when and where, as a scenario file says it. */
public final class Scenario {

  /** Names of the scenarios that come with the product. */
  public static final List<String> SHIPPED = List.of("demo", "incidents", "quiet", "traps");

  private final String name;
  private final String description;
  private final List<Entry> entries;

  Scenario(String name, String description, List<Entry> entries) {
    this.name = name;
    this.description = description;
    this.entries = List.copyOf(entries);
  }

  /**
   * The scenario in a file.
   *
   * @throws InvalidYaml with file and line when there is a mistake in it
   */
  public static Scenario read(Path file) throws IOException {
    return ScenarioFile.parse(YamlMap.read(file));
  }

  /** One of the {@link #SHIPPED} scenarios. */
  public static Scenario shipped(String name) {
    String file = name + ".yaml";
    try (InputStream in = Scenario.class.getResourceAsStream("/scenarios/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no scenario '%s', expected one of %s".formatted(name, String.join(", ", SHIPPED)));
      }
      return ScenarioFile.parse(
          YamlMap.read(file, new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shipped scenario of that name, or else the one in the file of that name. */
  public static Scenario named(String nameOrFile) throws IOException {
    return SHIPPED.contains(nameOrFile) ? shipped(nameOrFile) : read(Path.of(nameOrFile));
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  /**
   * What happens in a world whose live traffic starts at that moment; scopes left open are chosen
   * by the world's seed.
   *
   * @throws InvalidYaml when the world has no such PSP, region, BIN range or merchant account
   */
  public Script script(World world, Instant liveStart) {
    Casting casting = new Casting(world);
    List<Disturbance> disturbances = new ArrayList<>();
    for (Entry entry : entries) {
      for (int time = 0; time < entry.times(); time++) {
        Instant start = liveStart.plus(entry.at()).plus(entry.every().multipliedBy(time));
        disturbances.add(
            new Disturbance(
                entry.type(),
                casting.scope(entry, entries.indexOf(entry), time, start),
                start.toEpochMilli(),
                start.plus(entry.length()).toEpochMilli(),
                entry.strength()));
      }
    }
    disturbances.sort(Comparator.comparingLong(Disturbance::startMillis));
    return new Script(disturbances, Truth.of(disturbances));
  }
}
