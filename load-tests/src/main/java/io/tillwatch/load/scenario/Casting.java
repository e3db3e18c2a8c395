package io.tillwatch.load.scenario;

import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.World;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses where an entry of a scenario happens.
 *
 * <p>Incidents go to a slice with enough traffic to be seen within a minute or two, a noisy cell to
 * one with next to none.
 */
final class Casting {

  /** Attempts per minute that a slice needs for an incident in it to show at once. */
  static final double BUSY_PER_MINUTE = 18;

  private static final double RARE_PER_MINUTE = 0.25;

  private final World world;

  Casting(World world) {
    this.world = world;
  }

  /** The scope of the n-th time that an entry happens. */
  Slice scope(Entry entry, int number, int time, Instant start) {
    checkValues(entry);
    if (entry.pick().isEmpty()) {
      return entry.scope();
    }
    List<Slice> candidates = List.of(entry.scope());
    for (Dimension dimension : Dimension.ALL) {
      if (entry.pick().contains(dimension)) {
        candidates = refine(candidates, dimension);
      }
    }
    SplittableRandom random =
        new SplittableRandom((world.seed() * 31 + number) * 1_000_003L + time);
    List<Slice> suitable = suitable(candidates, entry.type(), start.toEpochMilli());
    return suitable.get(random.split().nextInt(suitable.size()));
  }

  private List<Slice> refine(List<Slice> candidates, Dimension dimension) {
    List<Slice> refined = new ArrayList<>();
    for (Slice candidate : candidates) {
      for (String value : world.values(dimension)) {
        refined.add(candidate.with(dimension, value));
      }
    }
    return refined;
  }

  private List<Slice> suitable(List<Slice> candidates, DisturbanceType type, long millis) {
    boolean rare = type == DisturbanceType.NOISY_CELL;
    List<Slice> suitable =
        candidates.stream()
            .filter(slice -> rare == expected(slice, millis) < RARE_PER_MINUTE)
            .filter(slice -> rare || expected(slice, millis) >= BUSY_PER_MINUTE)
            .toList();
    if (!suitable.isEmpty()) {
      return suitable;
    }
    Comparator<Slice> byTraffic = Comparator.comparingDouble(slice -> expected(slice, millis));
    return List.of(candidates.stream().max(rare ? byTraffic.reversed() : byTraffic).orElseThrow());
  }

  private double expected(Slice slice, long millis) {
    return world.expectedAuthsPerMinute(slice, millis);
  }

  private void checkValues(Entry entry) {
    for (Dimension dimension : entry.scope().fixed()) {
      String value = entry.scope().get(dimension);
      List<String> known = world.values(dimension);
      if (!known.isEmpty() && !known.contains(value)) {
        throw new InvalidYaml(
            entry.place(),
            "%s '%s' is not in this world, expected one of %s"
                .formatted(dimension.label(), value, String.join(", ", known)));
      }
    }
  }
}
