package io.tillwatch.standalone.rulecase;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What some leaves count, minute by minute: each of them the same.
 *
 * @param kind kind of event
 * @param leaves finest cells
 * @param columns what is counted, each as long as the others
 * @param ticketMinor average amount of a success by currency, minor units
 */
record CaseSeries(
    EventKind kind, List<Slice> leaves, Columns columns, Map<String, Long> ticketMinor) {

  /**
   * Numbers by minute.
   *
   * @param attempts events
   * @param successes those that reached what their kind is for
   * @param technical errors and timeouts among the failures; null when it is not told
   * @param latencyMillis how long each took; null when it is not told
   * @param reasons failures by reason
   */
  record Columns(
      int[] attempts,
      int[] successes,
      int @Nullable [] technical,
      int @Nullable [] latencyMillis,
      Map<Reason, int[]> reasons) {}

  CaseSeries {
    leaves = List.copyOf(leaves);
    ticketMinor = Map.copyOf(ticketMinor);
  }

  int minutes() {
    return columns.attempts().length;
  }

  int attempts(int minute) {
    return minute < minutes() ? columns.attempts()[minute] : 0;
  }
}
