package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.cell.CellTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpareTablesTest {

  private final SpareTables spare = new SpareTables();

  private static CellTable table(int cells) {
    CellTable table = new CellTable();
    for (int slice = 0; slice < cells; slice++) {
      table.row(slice);
    }
    return table;
  }

  private int kept(int given, int cellsEach) {
    List<CellTable> tables = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      tables.add(table(cellsEach));
    }
    tables.forEach(spare::giveBack);
    int kept = 0;
    while (tables.contains(spare.take())) {
      kept++;
    }
    return kept;
  }

  @Test
  void aTableComesBackEmpty() {
    CellTable table = table(100);
    spare.giveBack(table);
    assertThat(spare.take()).isSameAs(table);
    assertThat(table.size()).isZero();
    assertThat(spare.take()).isNotSameAs(table);
  }

  @Test
  void whatAReaderLooksAtStaysAsItIsUntilNobodyDoes() {
    CellTable table = table(100);
    spare.giveBackLater(table);
    assertThat(spare.take()).isNotSameAs(table);
    assertThat(table.size()).isEqualTo(100);
    spare.nobodyLooks();
    assertThat(spare.take()).isSameAs(table);
    assertThat(table.size()).isZero();
  }

  @Test
  void asManyAsATransactionBringsAreKept() {
    assertThat(kept(40, 100)).isEqualTo(SpareTables.TABLES_MAX);
  }

  @Test
  void largeOnesAreKeptUpToAFewOrToSoManyBytes() {
    long each = table(60_000).bytes();
    assertThat(kept(20, 60_000))
        .isEqualTo(
            Math.max(SpareTables.KEPT_ANYWAY, Math.toIntExact(SpareTables.BYTES_MAX / each)));
  }
}
