package io.tillwatch.topology.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A burst as it was told over time. Minutes count as in the recording.
 *
 * <p>Filled while the recording runs; not thread-safe.
 */
final class FoundIncident {

  private final String channel;
  private final int openedAt;
  private final NavigableMap<Integer, List<String>> rootCauses = new TreeMap<>();
  private @Nullable Integer closedAt;
  private int onsetAt;
  private double confidence;

  FoundIncident(String channel, int openedAt) {
    this.channel = channel;
    this.openedAt = openedAt;
  }

  /** Takes what was told of it in that minute. */
  void tell(int minute, List<String> cells, int onset, double confident) {
    List<String> before = rootCauses.isEmpty() ? List.of() : rootCauses.lastEntry().getValue();
    if (!cells.isEmpty() && !cells.equals(before)) {
      rootCauses.put(minute - openedAt, cells);
    }
    onsetAt = onset;
    confidence = confident;
  }

  void close(int minute) {
    closedAt = minute;
  }

  /** {@code success_rate}, {@code volume}, …: the KPI. */
  @JsonProperty
  String channel() {
    return channel;
  }

  /** The minute whose close opened it. */
  @JsonProperty
  int openedAt() {
    return openedAt;
  }

  /** The minute whose close closed it; null while it is open. */
  @JsonProperty
  @JsonInclude
  @Nullable Integer closedAt() {
    return closedAt;
  }

  /** The minute in which it is taken to have begun. */
  @JsonProperty
  int onsetAt() {
    return onsetAt;
  }

  /** Cells by minutes since it was opened; what is not named was said before. */
  @JsonProperty
  NavigableMap<Integer, List<String>> rootCauses() {
    return rootCauses;
  }

  /** As told last, 0 to 1. */
  @JsonProperty
  double confidence() {
    return confidence;
  }

  /** The cells as they were told so many minutes after it was opened. */
  List<String> rootCausesAfter(int minutes) {
    return rootCauses.floorEntry(minutes) == null
        ? List.of()
        : rootCauses.floorEntry(minutes).getValue();
  }
}
