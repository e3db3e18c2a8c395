package io.tillwatch.topology.plot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event, or one incident: what is drawn of it, and said about it. Minutes count from the
 * beginning of the recording.
 *
 * @param file its name without folder and ending
 * @param type what happened
 * @param cells where, for people
 * @param delayMinutes from its start until it was told; null where it was not
 * @param told cells as they were named, for people; empty when none were
 * @param from first minute drawn
 * @param until minute after the last one drawn
 * @param truth when it really happened; null when nobody knows
 * @param alarms what was told of it
 * @param panels its cells
 * @param notes further remarks, a sentence each
 */
public record Picture(
    String file,
    String type,
    String cells,
    Ruling ruling,
    @Nullable Integer delayMinutes,
    String told,
    int from,
    int until,
    @Nullable Span truth,
    List<Alarm> alarms,
    List<Panel> panels,
    List<String> notes) {

  /** A stretch of time: the first minute, and the minute after the last. */
  public record Span(int from, int until) {}

  /**
   * An incident as it was told.
   *
   * @param channel the measure that told it
   * @param onset the minute in which it was then taken to have begun
   * @param opened the minute whose end brought the alarm
   * @param closed the minute whose end closed it; null when that was not recorded
   */
  public record Alarm(String channel, int onset, int opened, @Nullable Integer closed) {}

  /** What happened, as words. */
  String title() {
    return type.replace('_', ' ');
  }

  /** When it began, as far as anybody knows. */
  int start() {
    if (truth != null) {
      return truth.from();
    }
    return alarms.stream().mapToInt(Alarm::onset).min().orElse(from);
  }
}
