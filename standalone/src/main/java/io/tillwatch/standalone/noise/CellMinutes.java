package io.tillwatch.standalone.noise;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Minutes for which cells were not as expected, each root cell for itself: what a rule that alerts
 * on each cell in each minute would have said. Minutes of a burst that recovers are as they should
 * be.
 */
final class CellMinutes {

  private final Map<String, Known> bursts = new HashMap<>();
  private long sum;

  /** How a burst stood when it was last told of. */
  private record Known(Instant at, int cells) {}

  void add(Burst burst) {
    Known known = bursts.get(burst.getBurstId());
    int cells = burst.getRootCells().size();
    if (known == null) {
      sum += cells * minutes(burst.getOnsetAt(), burst.getUpdatedAt());
    } else {
      sum += known.cells() * minutes(known.at(), burst.getUpdatedAt());
    }
    boolean burns =
        burst.getState() != BurstState.RECOVERING && burst.getState() != BurstState.CLOSED;
    bursts.put(burst.getBurstId(), new Known(burst.getUpdatedAt(), burns ? cells : 0));
  }

  private static long minutes(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).plusSeconds(30).toMinutes());
  }

  /** Up to the latest burst. */
  long sum() {
    return sum;
  }

  /** Bursts so far. */
  int bursts() {
    return bursts.size();
  }
}
