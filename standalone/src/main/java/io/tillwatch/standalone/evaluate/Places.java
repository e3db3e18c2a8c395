package io.tillwatch.standalone.evaluate;

import io.tillwatch.load.model.World;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places of a world that have enough traffic at a time for something to be seen in them. */
final class Places {

  private final World world;
  private final Dice dice;
  private final Instant at;

  Places(World world, Dice dice, Instant at) {
    this.world = world;
    this.dice = dice;
    this.at = at;
  }

  /** One that fixes these dimensions, among those with so many attempts a minute. */
  Slice busy(double perMinute, Dimension... dimensions) {
    return busy(Slice.TOTAL, perMinute, dimensions);
  }

  /** One within another. */
  Slice busy(Slice within, double perMinute, Dimension... dimensions) {
    List<Slice> places = List.of(within);
    for (Dimension dimension : dimensions) {
      places = refined(places, dimension);
    }
    List<Slice> busy = places.stream().filter(each -> attempts(each) >= perMinute).toList();
    return busy.isEmpty()
        ? places.stream().max(Comparator.comparingDouble(this::attempts)).orElseThrow()
        : dice.any(busy);
  }

  /** One where hardly anybody pays. */
  Slice rare(Dimension... dimensions) {
    List<Slice> places = List.of(Slice.TOTAL);
    for (Dimension dimension : dimensions) {
      places = refined(places, dimension);
    }
    List<Slice> rare = places.stream().filter(each -> attempts(each) < RARE_PER_MINUTE).toList();
    return dice.any(rare.isEmpty() ? places : rare);
  }

  private static final double RARE_PER_MINUTE = 0.3;

  private double attempts(Slice place) {
    return world.expectedAuthsPerMinute(place, at.toEpochMilli());
  }

  private List<Slice> refined(List<Slice> places, Dimension dimension) {
    List<Slice> refined = new ArrayList<>();
    for (Slice place : places) {
      for (String value : values(dimension)) {
        refined.add(place.with(dimension, value));
      }
    }
    return refined;
  }

  private List<String> values(Dimension dimension) {
    return switch (dimension) {
      case SCHEME -> world.binRanges().stream().map(r -> r.getScheme()).distinct().toList();
      case ISSUER_COUNTRY ->
          world.binRanges().stream().map(r -> r.getCountry()).distinct().toList();
      case CONNECTOR_VERSION -> List.of(World.CANARY);
      case THREE_DS -> List.of("yes");
      default -> world.values(dimension);
    };
  }
}
