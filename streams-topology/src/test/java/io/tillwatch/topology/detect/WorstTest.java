package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.localise.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: the list is the same as if the evidence of all cells had been added up under every shift.
 */
class WorstTest {

  private static final int MINUTES = 61;
  private static final int LIMIT = 20;

  @Test
  void theWorstOfAllCellsAreListed() {
    for (int seed = 1; seed <= 5; seed++) {
      Memory memory = memory(seed);
      List<RootCell> expected = allCells(memory);
      List<WorstCell> listed = Worst.of(memory, LIMIT);

      assertThat(listed).as("seed %d", seed).hasSize(LIMIT);
      for (int i = 0; i < LIMIT; i++) {
        WorstCell cell = listed.get(i);
        RootCell same =
            expected.stream().filter(c -> c.slice.equals(cell.slice())).findAny().orElseThrow();
        assertThat(cell.evidence())
            .as("place %d of seed %d", i, seed)
            .isCloseTo(expected.get(i).evidence(), within(1e-9))
            .isCloseTo(same.evidence(), within(1e-9));
        assertThat(cell.events()).isEqualTo(same.judged());
      }
    }
  }

  private static Memory memory(long seed) {
    Memory memory =
        new Memory(
            WatchSettings.DEFAULT, Subject.failures("acme", EventKind.AUTH), 10_080, List.of());
    Rails rails =
        new Rails(seed, EventKind.AUTH, 400)
            .fails(Rails.cell("psp", "northpay", "region", "eu-west"), 55, 61, .4);
    Intake intake = new Intake(memory.leaves, 10_000, memory::addLeaf);
    MinuteWriter writer = new MinuteWriter();
    for (int minute = 0; minute < MINUTES; minute++) {
      MinuteLeaves leaves = new TallyLeaves(EventKind.AUTH, rails.minute(minute));
      intake.take(leaves);
      memory.ring.add(
          writer.write(Rails.at(minute), Rails.at(minute + 1), leaves, intake, memory.leaves));
      memory.last = Rails.at(minute);
      if (Memory.isLearningTime(Rails.at(minute + 1))) {
        memory.learn(Rails.at(minute + 1));
      }
    }
    return memory;
  }

  private static List<RootCell> allCells(Memory memory) {
    Layout layout = memory.layout;
    RootCell[] cells = new RootCell[layout.cells()];
    for (Minute minute : memory.ring.between(Rails.at(MINUTES - 15), Rails.at(MINUTES))) {
      for (int row = 0; row < minute.rows(); row++) {
        for (int cuboid = 0; cuboid < layout.cuboids(); cuboid++) {
          int cell = layout.column(cuboid)[minute.leaf[row]];
          if (cells[cell] == null) {
            cells[cell] = new RootCell(layout.slice(cell));
          }
          cells[cell].add(minute, row, memory);
        }
      }
    }
    List<RootCell> seen = new ArrayList<>();
    for (RootCell cell : cells) {
      if (cell != null && Integer.bitCount(cell.slice.mask()) <= 2) {
        seen.add(cell);
      }
    }
    seen.sort(Comparator.comparingDouble(RootCell::evidence).reversed());
    return seen;
  }
}
