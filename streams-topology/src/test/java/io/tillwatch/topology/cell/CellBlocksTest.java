package io.tillwatch.topology.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellBlocksTest {

  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();
  private final CellBlocks blocks = new CellBlocks("cells-value", IDS);
  private final AvroSerde<CellBlock> avro = new AvroSerde<>(CellBlock.class, "cells-value", IDS);

  @Test
  void writesTheBytesThatAvroWrites() {
    byte[] bytes = blocks.write(head(), cells(300));
    assertThat(avro.toBytes(avro.fromBytes(bytes))).isEqualTo(bytes);
  }

  @Test
  void readsBackWhatWasWritten() {
    List<CellBlocks.Cell> cells = cells(300);
    CellBlocks.Block block = blocks.read(blocks.write(head(), cells));
    assertThat(block.head()).isEqualTo(head());
    assertThat(block.cells()).isEqualTo(cells);
  }

  @Test
  void emptyBlockIsAHeartbeat() {
    byte[] bytes = blocks.write(head(), List.of());
    assertThat(blocks.read(bytes).cells()).isEmpty();
    assertThat(avro.toBytes(avro.fromBytes(bytes))).isEqualTo(bytes);
  }

  private static CellBlocks.Head head() {
    return new CellBlocks.Head("acme", EventKind.AUTH, 3, 1_767_225_600_123L, true);
  }

  private static List<CellBlocks.Cell> cells(int count) {
    Random random = new Random(7);
    List<CellBlocks.Cell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String[] values = new String[Dimension.ALL.size()];
      for (int d = 0; d < values.length; d++) {
        values[d] = random.nextInt(3) == 0 ? null : "v" + random.nextInt(10);
      }
      Slice slice = random.nextBoolean() ? Slice.leaf(values) : Slice.at(values);
      long minute = 1_767_225_600_000L + 60_000L * random.nextInt(5);
      cells.add(new CellBlocks.Cell(minute, slice, TallyTest.randomTally(random, i % 40)));
    }
    return cells;
  }
}
