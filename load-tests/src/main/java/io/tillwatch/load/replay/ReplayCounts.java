package io.tillwatch.load.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay has come; rows = events + bad rows.
 *
 * @param firstEventTime earliest event time; null before the first event
 * @param lastEventTime latest event time; null before the first event
 * @param problems the first bad rows, each with file and line, at most {@link #PROBLEMS_MAX}
 */
public record ReplayCounts(
    long rows,
    long events,
    long badRows,
    @Nullable Instant firstEventTime,
    @Nullable Instant lastEventTime,
    List<String> problems) {

  /** Bad rows beyond these are counted, not described. */
  public static final int PROBLEMS_MAX = 20;

  public ReplayCounts {
    problems = List.copyOf(problems);
  }
}
