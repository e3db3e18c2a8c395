package io.tillwatch.load.recording;

import java.util.List;
import java.util.Map;

/**
 * Something that happens in a recording.
 *
 * @param start its first minute
 * @param length in minutes
 * @param cast what happens, and where
 */
record PlannedEvent(EventKind kind, int start, int length, Cast cast) {

  /**
   * What happens, and where.
   *
   * @param causes the cells it is labelled with; the one of all leaves when it is everywhere
   * @param parameters as drawn, by name
   */
  record Cast(List<Cell> causes, Map<String, Object> parameters, Impact impact) {

    static Cast of(Cell cause, Map<String, Object> parameters, Impact impact) {
      return new Cast(List.of(cause), parameters, impact);
    }
  }

  /** The minute after its last. */
  int end() {
    return start + length;
  }

  boolean includes(int minute) {
    return minute >= start && minute < end();
  }

  void on(Minute state, int minute) {
    cast.impact().on(state, minute - start, length);
  }
}
