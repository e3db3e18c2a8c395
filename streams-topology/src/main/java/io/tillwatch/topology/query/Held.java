package io.tillwatch.topology.query;

import io.tillwatch.topology.cube.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What is held of the time a query asks for.
 *
 * @param resolution the finest cells there are from its start on: the range begins with one
 * @param coarsest the coarsest cells that may be read for it
 * @param fromMillis cells of earlier times are not held, at whatever resolution
 */
record Held(Rung resolution, Rung coarsest, long fromMillis) {

  /** How far the newest cells may be ahead of the watermark: old ones are gone by so much more. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /**
   * What is held now.
   *
   * @param rungs how finely cells are kept in time, the finest first, and how long each
   */
  record Clock(long nowMillis, SortedMap<Rung, Duration> rungs) {

    /** Of what is asked for at a step from a time on. */
    Held held(Step step, long millis) {
      List<Rung> taken = rungs.keySet().stream().filter(step::takes).toList();
      Rung coarsest = taken.getLast();
      Rung resolution =
          taken.stream().filter(rung -> millis >= heldFrom(rung)).findFirst().orElse(coarsest);
      return new Held(resolution, coarsest, heldFrom(coarsest));
    }

    /** The step as wide as the finest cells that are there from a time on and may be asked for. */
    Step finest(long fromMillis, long toMillis) {
      return rungs.keySet().stream()
          .filter(rung -> fromMillis >= heldFrom(rung))
          .map(Step::of)
          .filter(step -> toMillis - fromMillis <= step.rangeMax().toMillis())
          .findFirst()
          .orElseGet(() -> Step.of(rungs.lastKey()));
    }

    private long heldFrom(Rung rung) {
      Duration kept = Objects.requireNonNull(rungs.get(rung)).minus(AHEAD);
      return Math.max(0, rung.floor(nowMillis - kept.toMillis()));
    }
  }
}
