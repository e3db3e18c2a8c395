package io.tillwatch.topology.detect;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How closely a watch looks, and what it may cost.
 *
 * @param dimensions axes that root cells may be named by
 * @param falseAlarmBudgetMinutes one false trigger in this many minutes over all cells together
 * @param failuresMin failed first attempts in the root cells below which nothing is reported
 * @param learnMinutes minutes of history before anything is judged
 * @param leavesMax leaves watched at once, about 600 bytes each and 23 more for each minute of the
 *     last three hours in which they had traffic, so at most some 4.7 KB; traffic of further ones
 *     is counted as unwatched
 * @param cellsMax cells tested at once, about 150 bytes each; cuboids that would exceed it are left
 *     out, those of three dimensions first
 * @param calendar what is known beforehand
 */
public record WatchSettings(
    Set<Dimension> dimensions,
    double falseAlarmBudgetMinutes,
    int failuresMin,
    int learnMinutes,
    int leavesMax,
    int cellsMax,
    Calendar calendar) {

  private static final int BUDGET_MIN = 60;

  /** All dimensions, one false trigger a week. */
  public static final WatchSettings DEFAULT =
      new WatchSettings(EnumSet.allOf(Dimension.class), 10_080, 12, 60, 100_000, 300_000);

  public WatchSettings {
    dimensions =
        Collections.unmodifiableSet(
            dimensions.isEmpty() ? EnumSet.noneOf(Dimension.class) : EnumSet.copyOf(dimensions));
    require(
        falseAlarmBudgetMinutes >= BUDGET_MIN,
        "falseAlarmBudgetMinutes",
        falseAlarmBudgetMinutes,
        BUDGET_MIN);
    require(failuresMin >= 1, "failuresMin", failuresMin, 1);
    require(learnMinutes >= 0, "learnMinutes", learnMinutes, 0);
    require(leavesMax >= 1, "leavesMax", leavesMax, 1);
    require(cellsMax >= 1, "cellsMax", cellsMax, 1);
  }

  /** With nothing planned. */
  public WatchSettings(
      Set<Dimension> dimensions,
      double falseAlarmBudgetMinutes,
      int failuresMin,
      int learnMinutes,
      int leavesMax,
      int cellsMax) {
    this(
        dimensions,
        falseAlarmBudgetMinutes,
        failuresMin,
        learnMinutes,
        leavesMax,
        cellsMax,
        Calendar.EMPTY);
  }

  /** Where work is planned at a time, epoch milliseconds: a minute is, when it begins in there. */
  List<Slice> planned(long millis) {
    return calendar.maintenance().isEmpty()
        ? List.of()
        : calendar.underMaintenance(Instant.ofEpochMilli(millis)).stream().map(Slice::of).toList();
  }

  /** The same with what is known beforehand. */
  public WatchSettings with(Calendar planned) {
    return new WatchSettings(
        dimensions,
        falseAlarmBudgetMinutes,
        failuresMin,
        learnMinutes,
        leavesMax,
        cellsMax,
        planned);
  }

  /** The same as sensitive as a rule says. */
  WatchSettings under(WatchRule rule) {
    return copy(dimensions, rule.falseAlarmEvery().toMinutes(), Math.max(1, rule.failuresMin()));
  }

  /** The same with another budget of false alarms. */
  WatchSettings withBudget(double minutes) {
    return copy(dimensions, minutes, failuresMin);
  }

  /** The same for cells that are named by these dimensions alone. */
  WatchSettings namedBy(Set<Dimension> named) {
    return copy(named, falseAlarmBudgetMinutes, failuresMin);
  }

  /**
   * The same for durations. The evidence alone decides, however few events it is of: one customer
   * who tries again and again does not make a PSP slow.
   *
   * @param spent how many times the budget is spent: the more, the sooner small cells are found
   */
  WatchSettings forDurations(double spent) {
    return copy(dimensions, Math.max(BUDGET_MIN, falseAlarmBudgetMinutes / spent), 1);
  }

  /** The same for one of so many watches that together have the budget, and fewer leaves. */
  WatchSettings sharedBy(int watches, int leavesAtMost) {
    return new WatchSettings(
        dimensions,
        falseAlarmBudgetMinutes * watches,
        failuresMin,
        learnMinutes,
        Math.min(leavesMax, leavesAtMost),
        cellsMax,
        calendar);
  }

  private WatchSettings copy(Set<Dimension> named, double budgetMinutes, int failures) {
    return new WatchSettings(
        named, budgetMinutes, failures, learnMinutes, leavesMax, cellsMax, calendar);
  }

  private static void require(boolean holds, String name, double value, int least) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, expected at least %d".formatted(name, value, least));
    }
  }
}
