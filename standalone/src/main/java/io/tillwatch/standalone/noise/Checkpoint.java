package io.tillwatch.standalone.noise;

import io.tillwatch.schemas.cube.EventKind;
import java.util.Map;

/**
 * What the detector knows at a moment, as production stores it: many runs can go on from there.
 *
 * @param kinds by kind of event
 */
public record Checkpoint(Map<EventKind, Of> kinds) {

  public Checkpoint {
    kinds = Map.copyOf(kinds);
  }

  /**
   * Of one kind of event.
   *
   * @param stored state of the lookout, by key
   * @param nextToClose the first minute that is not closed, epoch milliseconds
   */
  record Of(Map<String, byte[]> stored, long nextToClose) {
    Of {
      stored = Map.copyOf(stored);
    }
  }
}
