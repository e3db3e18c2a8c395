package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: leaves are the same whether a minute names or numbers them, and however it orders them. */
class IntakeTest {

  private static final int MINUTES = 160;

  @Test
  void aWatchFindsTheSameByNumbersAsByNames() {
    Rails rails =
        new Rails(21, EventKind.AUTH, 60).fails(Rails.cell("psp", "northpay"), 130, 150, .9);
    Watch byName = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    Watch byNumber = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    Numbers numbers = new Numbers();
    int bursts = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      if (minute % 50 == 49) {
        numbers = numbers.startedOver();
      }
      Map<Slice, Tally> cells = rails.minute(minute);
      Findings expected = byName.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1));
      MinuteLeaves numbered = numbers.of(cells, new Random(minute));

      assertThat(byNumber.closeMinute(Rails.at(minute), numbered, Rails.at(minute + 1)))
          .isEqualTo(expected);
      bursts += expected.bursts().size();
    }
    assertThat(bursts).isPositive();
  }

  @Test
  void aForgottenLeafIsNoLongerFoundUnderItsNumber() {
    Leaves leaves = new Leaves();
    Numbers numbers = new Numbers();
    Map<Slice, Tally> cells = new HashMap<>();
    for (int leaf = 0; leaf < 10; leaf++) {
      cells.put(Rails.leaf(0, 0, leaf, 0), new Tally());
    }
    MinuteLeaves minute = numbers.of(cells, new Random(1));
    Intake intake = new Intake(leaves, 100, leaves::add);
    intake.take(minute);
    intake.take(minute);
    boolean[] kept = new boolean[10];
    kept[7] = true;
    leaves.keep(kept);

    for (int row = 0; row < minute.size(); row++) {
      int found = leaves.find(minute, row);
      assertThat(found).isEqualTo(leaves.find(minute.slice(row)));
    }
    intake.take(minute);
    assertThat(intake.size()).isEqualTo(10);
    assertThat(leaves.size()).isEqualTo(10);
  }

  @Test
  void whatFindsNoRoomIsCounted() {
    Rails rails = new Rails(3, EventKind.AUTH, 200);
    Leaves leaves = new Leaves();
    Intake intake = new Intake(leaves, 20, leaves::add);
    Map<Slice, Tally> cells = rails.minute(0);
    intake.take(new TallyLeaves(EventKind.AUTH, cells));
    long watched = 0;
    for (int i = 0; i < intake.size(); i++) {
      watched += cells.get(leaves.slice(intake.leaf(i))).events();
    }

    assertThat(intake.size()).isEqualTo(20);
    assertThat(watched + intake.unwatched())
        .isEqualTo(cells.values().stream().mapToLong(tally -> tally.events()).sum());
  }

  /** Numbers as a cube gives them: in the order in which leaves come, until it starts over. */
  private static final class Numbers {
    private final Map<Slice, Integer> numbers = new HashMap<>();
    private final long epoch;

    Numbers() {
      this(1);
    }

    private Numbers(long epoch) {
      this.epoch = epoch;
    }

    Numbers startedOver() {
      return new Numbers(epoch + 1);
    }

    MinuteLeaves of(Map<Slice, Tally> cells, Random random) {
      List<Slice> names = new ArrayList<>(cells.keySet());
      Collections.sort(names);
      Collections.shuffle(names, random);
      int[] numbered = new int[names.size()];
      Map<Slice, Integer> rows = new HashMap<>();
      TallyLeaves tallies = new TallyLeaves(EventKind.AUTH, cells);
      for (int row = 0; row < tallies.size(); row++) {
        rows.put(tallies.slice(row), row);
      }
      int[] rowOf = new int[numbered.length];
      for (int row = 0; row < numbered.length; row++) {
        numbered[row] = numbers.computeIfAbsent(names.get(row), name -> numbers.size());
        rowOf[row] = rows.get(names.get(row));
      }
      return new Numbered(tallies, numbered, rowOf, epoch);
    }
  }

  private record Numbered(TallyLeaves tallies, int[] numbers, int[] rows, long epoch)
      implements MinuteLeaves {
    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public int number(int row) {
      return numbers[row];
    }

    @Override
    public Slice slice(int row) {
      return tallies.slice(rows[row]);
    }

    @Override
    public long events(int row) {
      return tallies.events(rows[row]);
    }

    @Override
    public long firstAttempts(int row) {
      return tallies.firstAttempts(rows[row]);
    }

    @Override
    public long judged(int row) {
      return tallies.judged(rows[row]);
    }

    @Override
    public long failures(int row) {
      return tallies.failures(rows[row]);
    }

    @Override
    public void facts(int row, LeafFacts facts) {
      tallies.facts(rows[row], facts);
    }
  }
}
