package io.tillwatch.topology.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.slice.Slice;
import org.junit.jupiter.api.Test;

/** Goal: leaves roll up to the right cells, under numbers that depend on their order alone. */
class LayoutTest {

  private static final int PSP = 1;

  private final Layout layout = new Layout(0, PSP);

  LayoutTest() {
    layout.add(Leaf.of("a", "eu", "41"));
    layout.add(Leaf.of("b", "eu", "41"));
    layout.add(Leaf.of("a", "us", "41"));
  }

  @Test
  void cellsAreNumberedAsTheirFirstLeavesCome() {
    assertThat(layout.slice(0)).isEqualTo(Slice.TOTAL);
    assertThat(layout.slice(1)).isEqualTo(Leaf.cell("psp", "a"));
    assertThat(layout.slice(2)).isEqualTo(Leaf.cell("psp", "b"));
    assertThat(layout.cells()).isEqualTo(3);
    assertThat(layout.find(Leaf.cell("psp", "b"))).isEqualTo(2);
    assertThat(layout.find(Leaf.cell("psp", "c"))).isEqualTo(-1);
  }

  @Test
  void aCellHoldsTheLeavesItCovers() {
    assertThat(layout.holds(1, 0)).isTrue();
    assertThat(layout.holds(1, 1)).isFalse();
    assertThat(layout.holds(1, 2)).isTrue();
    assertThat(layout.leavesIn(1)).isEqualTo(2);
    assertThat(layout.leavesIn(0)).isEqualTo(3);
    assertThat(layout.cellsIn(1)).isEqualTo(2);
  }

  /** In any order, with and without a cuboid of one dimension less before it. */
  @Test
  void everyCellIsFoundUnderItsName() {
    Layout ragged = new Layout(0, 7, PSP, 3, 6, 5);
    Slice[] leaves = {
      Leaf.of("a", "eu", "41"),
      Leaf.of("a", "us", "41"),
      Leaf.of("b", "eu", "42"),
      Leaf.of("a", "eu", "42"),
      Leaf.of("b", "eu", "41")
    };
    for (Slice leaf : leaves) {
      ragged.add(leaf);
    }
    for (int cell = 0; cell < ragged.cells(); cell++) {
      assertThat(ragged.find(ragged.slice(cell))).isEqualTo(cell);
      int mask = ragged.mask(ragged.cuboidOf(cell));
      for (int leaf = 0; leaf < leaves.length; leaf++) {
        assertThat(ragged.holds(cell, leaf))
            .isEqualTo(leaves[leaf].keep(mask).equals(ragged.slice(cell)));
      }
    }
    assertThat(ragged.find(Leaf.cell("psp", "a", "region", "ap"))).isEqualTo(-1);
    assertThat(ragged.cellsIn(1)).isEqualTo(5);
  }

  @Test
  void withoutATotalThereIsNoLayout() {
    assertThatThrownBy(() -> new Layout(PSP)).hasMessageContaining("expected the total");
  }
}
