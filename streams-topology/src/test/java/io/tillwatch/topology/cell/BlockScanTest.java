package io.tillwatch.topology.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for a slice finds what reading everything and throwing the rest away finds. */
class BlockScanTest {

  private final CellBlocks blocks = new CellBlocks("cells-value", EmbeddedSchemaIds.load());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theCellsOfASliceAreFoundAndAllOthersPassedOver(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      List<CellBlocks.Cell> cells = cells(random, random.nextInt(200));
      byte[] block = blocks.write(head(), cells);
      Slice wanted = Slice.at(values(random, random.nextInt(4) * 3));
      List<CellBlocks.Cell> found = new ArrayList<>();
      BlockScan.Seen seen =
          new BlockScan(blocks, wanted)
              .scan(
                  block,
                  (minute, slice, tally) -> found.add(new CellBlocks.Cell(minute, slice, tally)));
      assertThat(found)
          .isEqualTo(cells.stream().filter(cell -> wanted.covers(cell.slice())).toList());
      assertThat(seen).isEqualTo(new BlockScan.Seen(cells.size(), found.size(), true));
    }
  }

  @Test
  void aReceiverThatHasEnoughEndsIt() {
    byte[] block = blocks.write(head(), cells(new Random(1), 50));
    BlockScan.Seen seen =
        new BlockScan(blocks, Slice.TOTAL).scan(block, (minute, slice, tally) -> false);
    assertThat(seen).isEqualTo(new BlockScan.Seen(1, 1, false));
  }

  @Test
  void bytesThatAreCutShortAreNoBlock() {
    byte[] block = blocks.write(head(), cells(new Random(1), 50));
    BlockScan scan = new BlockScan(blocks, Slice.TOTAL);
    for (int length = 6; length < block.length - 1; length++) {
      byte[] cut = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> scan.scan(cut, (minute, slice, tally) -> true))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static CellBlocks.Head head() {
    return new CellBlocks.Head("acme", EventKind.AUTH, 3, 1_767_225_600_123L, false);
  }

  private static List<CellBlocks.Cell> cells(Random random, int count) {
    List<CellBlocks.Cell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long minute = 1_767_225_600_000L + 60_000L * random.nextInt(5);
      Slice slice = Slice.at(values(random, 2));
      cells.add(new CellBlocks.Cell(minute, slice, TallyTest.randomTally(random, i % 9)));
    }
    return cells;
  }

  /** Values of a slice, one dimension in so many fixed; none when that is 0. */
  private static String[] values(Random random, int oneIn) {
    String[] values = new String[Dimension.ALL.size()];
    for (int d = 0; d < values.length; d++) {
      boolean fixed = oneIn != 0 && random.nextInt(oneIn) == 0;
      values[d] = fixed ? "v" + random.nextInt(3) : null;
    }
    return values;
  }
}
