package io.tillwatch.topology.combine;

import io.tillwatch.schemas.settings.Settings;
import java.time.Duration;

/**
 * How much a task combines before it forwards.
 *
 * @param cellsMax partial cells held between commits, about 150 bytes each; at the limit they are
 *     forwarded at once
 * @param bytesMax memory of these cells; at the limit they are forwarded at once
 * @param idleAfter time without events after which a task says that nobody need wait for it, and
 *     says it again
 */
public record CombineSettings(int cellsMax, long bytesMax, Duration idleAfter) {

  /** Some eight megabytes as a rule, 32 at most; five seconds. */
  public static final CombineSettings DEFAULT =
      new CombineSettings(50_000, 32L << 20, Duration.ofSeconds(5));

  /** Slices that keep their number from commit to commit, for each cell that may be held. */
  private static final int SLICES_PER_CELL = 4;

  private static final int MIB = 1 << 20;

  /** Reads the keys below {@code combine}. */
  public static CombineSettings from(Settings settings) {
    return new CombineSettings(
        settings.integer("combine.cells-max", DEFAULT.cellsMax, 100, 1_000_000),
        (long) MIB
            * settings.integer("combine.mebibytes-max", (int) (DEFAULT.bytesMax / MIB), 4, 4_096),
        settings.duration(
            "combine.idle-after",
            DEFAULT.idleAfter,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10)));
  }

  int slicesMax() {
    return cellsMax * SLICES_PER_CELL;
  }
}
