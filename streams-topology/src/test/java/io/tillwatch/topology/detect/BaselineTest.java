package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.OutcomeCount;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.localise.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Goal: each leaf expects what its own past and its parents say, in proportion to what they know.
 */
class BaselineTest {

  private static final int PSP = 1;
  private static final int REGION = 4;

  private final Leaves leaves = new Leaves();
  private final Layout layout = new Layout(0, PSP, REGION);
  private final Claims claims = new Claims();
  private final Baseline baseline =
      new Baseline(Subject.failures("acme", EventKind.AUTH), new Holidays(Calendar.EMPTY));

  @Test
  void aLeafOfMuchTrafficExpectsItsOwnRate() {
    int leaf = leaf(0, 0);
    learn(60, Map.of(leaf, tally(1_000, 900)));

    assertThat(leaves.expected[leaf]).isCloseTo(.1, within(.005));
  }

  @Test
  void aLeafNeverSeenExpectsWhatItsParentsSay() {
    int goodHere = leaf(0, 0);
    int goodThere = leaf(0, 1);
    int badHere = leaf(1, 0);
    int unseen = leaf(1, 1);
    learn(
        120,
        Map.of(goodHere, tally(200, 190), goodThere, tally(200, 190), badHere, tally(200, 140)));

    assertThat(leaves.expected[unseen]).isCloseTo(.3, within(.03));
  }

  @Test
  void oneFailureOfATinyLeafSaysNothing() {
    int big = leaf(0, 0);
    int tiny = leaf(0, 1);
    learn(60, Map.of(big, tally(1_000, 900)));
    learn(1, Map.of(tiny, tally(1, 0)));

    assertThat(leaves.expected[tiny]).isCloseTo(.1, within(.03));
  }

  @Test
  void aClaimedMinuteIsNotLearned() {
    int leaf = leaf(0, 0);
    learn(60, Map.of(leaf, tally(100, 90)));
    double before = leaves.expected[leaf];
    claims.set(0, new Claims.Claim(List.of(leaves.slice(leaf)), 0, Claims.OPEN), leaves);
    learn(60, Map.of(leaf, tally(100, 0)));

    assertThat(leaves.expected[leaf]).isEqualTo(before);
  }

  @Test
  void binomialMinutesHaveTheSmallestRhoAndMinutesOfAllOrNothingTheLargest() {
    int leaf = leaf(0, 0);
    for (int i = 0; i < 40; i++) {
      learn(1, Map.of(leaf, tally(20, i % 2 == 0 ? 9 : 11)));
    }
    assertThat(baseline.rho()).isEqualTo(.002);
    assertThat(baseline.effective(1)).isEqualTo(1);

    for (int i = 0; i < 200; i++) {
      learn(1, Map.of(leaf, tally(20, i % 2 == 0 ? 0 : 20)));
    }
    assertThat(baseline.rho()).isEqualTo(.15);
    assertThat(baseline.effective(20)).isCloseTo(1 / (1 + 19 * .15), within(1e-12));
  }

  private int leaf(int psp, int region) {
    Slice slice = Rails.leaf(psp, region, 0, 0);
    int index = leaves.add(slice);
    layout.add(slice);
    baseline.expect(layout, leaves, index);
    return index;
  }

  private void learn(int minutes, Map<Integer, Tally> cells) {
    Map<Slice, Tally> named = new HashMap<>();
    cells.forEach((leaf, tally) -> named.put(leaves.slice(leaf), tally));
    MinuteLeaves rows = new TallyLeaves(EventKind.AUTH, named);
    Intake intake = new Intake(leaves, 0, leaves::add);
    intake.take(rows);
    byte[] bytes =
        new MinuteWriter().write(Rails.at(0), Rails.at(1), rows, intake, leaves).stored();
    List<Minute> same = new ArrayList<>();
    for (int i = 0; i < minutes; i++) {
      same.add(Minute.read(bytes, leaves::indexOf));
    }
    baseline.learn(same, leaves, claims);
    for (int i = 0; i < 10; i++) {
      baseline.fit(layout, leaves, claims, Rails.at(0));
    }
  }

  private static Tally tally(long attempts, long ok) {
    List<OutcomeCount> outcomes =
        List.of(
            new OutcomeCount(Outcome.APPROVED, ok),
            new OutcomeCount(Outcome.DECLINED, attempts - ok));
    return Tally.of(new CellTotals(attempts, attempts, outcomes, List.of(), List.of(), null));
  }
}
