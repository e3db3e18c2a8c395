package io.tillwatch.topology.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: columns hold and carry exactly what tallies do. Method: seeded events and cells go both
 * ways; cell by cell the tallies must be equal.
 */
class CellTableTest {

  private static final long MINUTE = 1_767_225_600_000L;
  private static final String[] CURRENCIES = {"EUR", "USD", "GBP"};
  private static final Outcome[] OUTCOMES = {
    Outcome.APPROVED, Outcome.DECLINED, Outcome.ERROR, Outcome.TIMEOUT, Outcome.CHALLENGED
  };

  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();
  private final CellBlocks blocks = new CellBlocks("cells-value", IDS);
  private final Random random = new Random(11);

  @Test
  void countsWhatTalliesCount() {
    SliceIndex index = new SliceIndex();
    CellTable table = new CellTable();
    Map<Slice, Tally> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      addEvent(index, table, expected);
    }
    assertThat(cellsOf(table, index)).isEqualTo(expected);
    expected.forEach((slice, tally) -> {
      int row = table.find(index.find(slice));
      assertThat(table.successes(row, EventKind.AUTH)).isEqualTo(tally.successes(EventKind.AUTH));
      assertThat(table.successes(row, EventKind.AUTH) + table.failures(row, EventKind.AUTH))
          .isEqualTo(tally.judged(EventKind.AUTH));
      assertThat(table.technicalFailures(row)).isEqualTo(tally.technicalFailures());
      assertThat(table.reason(row, Reason.DO_NOT_HONOR))
          .isEqualTo(tally.reason(Reason.DO_NOT_HONOR));
    });
  }

  @Test
  void aTableIsEmptyAndWholeAfterItWasCleared() {
    SliceIndex index = new SliceIndex();
    CellTable table = new CellTable();
    for (int round = 0; round < 4; round++) {
      table.clear();
      Map<Slice, Tally> expected = new HashMap<>();
      for (int i = 0; i < 3_000; i++) {
        addEvent(index, table, expected);
      }
      assertThat(cellsOf(table, index)).isEqualTo(expected);
    }
  }

  @Test
  void rollsUpToWhatSlicesRollUpTo() {
    SliceIndex index = new SliceIndex();
    CellTable leaves = new CellTable();
    Map<Slice, Tally> expected = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      addEvent(index, leaves, expected);
    }
    int mask = 1 << Dimension.PSP.ordinal() | 1 << Dimension.MERCHANT_ACCOUNT.ordinal();
    CellTable rolledUp = new CellTable();
    for (int row = 0; row < leaves.size(); row++) {
      rolledUp.merge(rolledUp.row(index.rolledUp(leaves.sliceAt(row), mask)), leaves, row);
    }
    Map<Slice, Tally> sums = new HashMap<>();
    expected.forEach(
        (slice, tally) -> sums.computeIfAbsent(slice.keep(mask), s -> new Tally()).merge(tally));
    assertThat(cellsOf(rolledUp, index)).isEqualTo(sums);
  }

  @Test
  void writesTheBytesThatAvroWrites() {
    byte[] bytes = block(new SliceIndex(), new CellTable());
    AvroSerde<CellBlock> avro = new AvroSerde<>(CellBlock.class, "cells-value", IDS);
    assertThat(avro.toBytes(avro.fromBytes(bytes))).isEqualTo(bytes);
  }

  @Test
  void blocksMergeIntoTheSameCells() {
    SliceIndex index = new SliceIndex();
    CellTable table = new CellTable();
    byte[] first = block(index, table);
    Map<Slice, Tally> expected = cellsOf(table, index);
    SliceIndex otherIndex = new SliceIndex();
    CellTable merged = new CellTable();
    BlockReader reader = blocks.reader(otherIndex);
    assertThat(reader.read(first, minute -> merged)).isEqualTo(head());
    assertThat(cellsOf(merged, otherIndex)).isEqualTo(expected);

    reader.read(first, minute -> merged);
    expected.values().forEach(tally -> tally.merge(tally.copy()));
    assertThat(cellsOf(merged, otherIndex)).isEqualTo(expected);
  }

  @Test
  void readsWhatObjectsWroteAndSkipsWhatNobodyWants() {
    List<CellBlocks.Cell> cells = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Slice slice = leaf(i);
      cells.add(
          new CellBlocks.Cell(
              MINUTE + 60_000 * (i % 3), slice, TallyTest.randomTally(random, i % 40)));
    }
    SliceIndex index = new SliceIndex();
    CellTable wanted = new CellTable();
    blocks
        .reader(index)
        .read(blocks.write(head(), cells), minute -> minute == MINUTE ? wanted : null);
    Map<Slice, Tally> expected = new HashMap<>();
    cells.stream()
        .filter(cell -> cell.minuteMillis() == MINUTE)
        .forEach(
            cell -> expected.computeIfAbsent(cell.slice(), s -> new Tally()).merge(cell.tally()));
    assertThat(cellsOf(wanted, index)).isEqualTo(expected);
  }

  @Test
  void bytesThatAreNoBlockAreRefused() {
    byte[] block = block(new SliceIndex(), new CellTable());
    for (int length = CellBlocks.HEADER_BYTES; length < block.length; length += 97) {
      byte[] cut = java.util.Arrays.copyOf(block, length);
      assertThatThrownBy(() -> blocks.reader(new SliceIndex()).read(cut, m -> new CellTable()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private byte[] block(SliceIndex index, CellTable table) {
    for (int i = 0; i < 4_000; i++) {
      addEvent(index, table, new HashMap<>());
    }
    BlockWriter writer = blocks.writer(index);
    for (int row = 0; row < table.size(); row++) {
      writer.add(MINUTE, table, row);
    }
    return writer.finish(head());
  }

  private static CellBlocks.Head head() {
    return new CellBlocks.Head("acme", EventKind.AUTH, 3, MINUTE + 123, true);
  }

  private void addEvent(SliceIndex index, CellTable table, Map<Slice, Tally> expected) {
    Slice leaf = leaf(random.nextInt(400));
    Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
    Reason reason =
        outcome == Outcome.DECLINED
            ? Reason.values()[random.nextInt(Reason.values().length)]
            : null;
    int attempt = 1 + random.nextInt(3);
    String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
    long amount = random.nextInt(100) == 0 ? Long.MAX_VALUE / 4 : random.nextInt(100_000);
    long latency = random.nextInt(10) == 0 ? Tally.NO_LATENCY : (long) random.nextInt(60_000);
    int row = table.row(index.number(leaf));
    table.addEvent(row, outcome, reason, attempt == 1);
    table.addMoney(row, index.currencies().codeOf(currency), amount, outcome == Outcome.APPROVED);
    if (latency != Tally.NO_LATENCY) {
      table.addLatency(row, latency);
    }
    expected
        .computeIfAbsent(leaf, s -> new Tally())
        .add(EventKind.AUTH, outcome, reason, attempt, currency, amount, latency);
  }

  private static Slice leaf(int i) {
    return Slice.leaf(
        "psp" + i % 5,
        "range" + i,
        i % 7 == 0 ? "région" : "eu",
        "card",
        null,
        "DE",
        "m" + i % 3,
        null,
        "yes");
  }

  private static Map<Slice, Tally> cellsOf(CellTable table, SliceIndex index) {
    Map<Slice, Tally> cells = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      cells.put(index.slice(table.sliceAt(row)), table.tally(row, index.currencies()));
    }
    return cells;
  }
}
