package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.rules.calendar.Occasion;
import io.tillwatch.rules.calendar.Planned;
import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.OutcomeCount;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.localise.Layout;
import io.tillwatch.topology.localise.Shift;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Goal: what comes back at the same hour in a region is expected at that hour, and what a burst
 * explains is not. Method: a week in which one of two regions fails more from six to nine.
 */
class SeasonTest {

  private static final double USUAL = .1;
  private static final double AT_SIX = Shift.shifted(USUAL, .5);
  private static final int DAY = 1_440;

  private final Leaves leaves = new Leaves();
  private final Layout layout = new Layout(0);
  private final Claims claims = new Claims();
  private Baseline baseline = baseline(Calendar.EMPTY);
  private final int rough = leaf(0);
  private final int even = leaf(1);

  @Test
  void theHourIsExpectedInItsRegionOnly() {
    live(0, 7 * DAY, true);
    live(7 * DAY, 7 * DAY + 7 * 60 + 15, true);

    assertThat(leaves.expected[rough]).isCloseTo(AT_SIX, within(.025));
    assertThat(leaves.expected[even]).isCloseTo(USUAL, within(.005));
    live(7 * DAY + 7 * 60 + 15, 7 * DAY + 14 * 60, true);
    assertThat(leaves.expected[rough]).isCloseTo(USUAL, within(.015));
  }

  @Test
  void nothingIsLearnedOnTheFirstDay() {
    live(0, DAY, true);

    assertThat(leaves.expected[rough]).isEqualTo(leaves.base[rough]);
  }

  @Test
  void whatABurstExplainsIsNotLearned() {
    live(0, 2 * DAY, false);
    claims.set(0, new Claims.Claim(List.of(leaves.slice(rough)), 0, Claims.OPEN), leaves);
    live(2 * DAY, 6 * DAY, true);
    live(6 * DAY, 6 * DAY + 7 * 60 + 15, true);

    assertThat(leaves.expected[rough]).isCloseTo(USUAL, within(.01));
  }

  @Test
  void whatIsStoredIsTakenBack() {
    live(0, 4 * DAY + 7 * 60 + 15, true);
    BytesOut out = new BytesOut();
    baseline.write(out, layout);
    Baseline again = baseline(Calendar.EMPTY);
    again.read(new BytesIn(out.toBytes(), 0));
    double expected = leaves.expected[rough];
    again.become(leaves, rough, leaves.base[rough]);

    assertThat(leaves.expected[rough]).isEqualTo(expected).isNotEqualTo(leaves.base[rough]);
  }

  private int leaf(int region) {
    Slice slice = Rails.leaf(0, region, 0, 0);
    int index = leaves.add(slice);
    layout.add(slice);
    baseline.expect(layout, leaves, index);
    return index;
  }

  /** Days 3 and 6 since the midnight before the start are holidays in the rough region. */
  @Test
  void aHolidayHasNoHoursAndTeachesNone() {
    String region = leaves.regionName(leaves.region[rough]);
    LocalDate first = Instant.ofEpochMilli(Rails.START).atZone(ZoneOffset.UTC).toLocalDate();
    Occasion days = new Occasion.Days(Set.of(first.plusDays(3), first.plusDays(6)), ZoneOffset.UTC);
    Planned holiday = new Planned("holiday", Map.of("region", region), days);
    baseline = baseline(new Calendar(List.of(), List.of(holiday)));
    live(0, 3 * DAY, true);
    live(3 * DAY, 4 * DAY, false);
    live(4 * DAY, 6 * DAY, true);
    live(6 * DAY, 6 * DAY + 7 * 60 + 15, false);
    assertThat(leaves.expected[rough]).as("on a holiday").isEqualTo(leaves.base[rough]);

    live(6 * DAY + 7 * 60 + 15, 7 * DAY, false);
    live(7 * DAY, 7 * DAY + 7 * 60 + 15, true);
    assertThat(leaves.expected[rough]).as("the day after").isCloseTo(AT_SIX, within(.03));
  }

  private static Baseline baseline(Calendar calendar) {
    return new Baseline(Subject.failures("acme", EventKind.AUTH), new Holidays(calendar));
  }

  /** Minutes since midnight of the first day, in quarters of an hour. */
  private void live(int from, int until, boolean roughAtSix) {
    long day = DAY * Watch.MINUTE_MILLIS;
    long midnight = Rails.START / day * day;
    for (int quarter = from; quarter < until; quarter += 15) {
      int hour = quarter / 60 % 24;
      double q = roughAtSix && hour >= 6 && hour < 9 ? AT_SIX : USUAL;
      Map<Slice, Tally> cells = new HashMap<>();
      cells.put(leaves.slice(rough), tally(1_000, q));
      cells.put(leaves.slice(even), tally(1_000, USUAL));
      MinuteLeaves rows = new TallyLeaves(EventKind.AUTH, cells);
      Intake intake = new Intake(leaves, 0, leaves::add);
      intake.take(rows);
      long at = midnight + quarter * Watch.MINUTE_MILLIS;
      Minute minute = new MinuteWriter().write(at, at, rows, intake, leaves);
      baseline.learn(Collections.nCopies(15, minute), leaves, claims);
      baseline.fit(layout, leaves, claims, at + 15 * Watch.MINUTE_MILLIS);
    }
  }

  private static Tally tally(long attempts, double failing) {
    long failures = Math.round(attempts * failing);
    List<OutcomeCount> outcomes =
        List.of(
            new OutcomeCount(Outcome.APPROVED, attempts - failures),
            new OutcomeCount(Outcome.DECLINED, failures));
    return Tally.of(new CellTotals(attempts, attempts, outcomes, List.of(), List.of(), null));
  }
}
