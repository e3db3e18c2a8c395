package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Goal: any header has a place in our cube, and answers come back in its own words. */
class CubeNamesTest {

  @Test
  void namesThatSayWhatTheyAreBecomeThat() {
    CubeNames names = new CubeNames(List.of("ver", "bin", "region"));
    Slice leaf = names.leaf(List.of("canary", "401288", "EU"));
    assertThat(leaf.get(Dimension.CONNECTOR_VERSION)).isEqualTo("canary");
    assertThat(leaf.get(Dimension.BIN_RANGE)).isEqualTo("401288");
    assertThat(leaf.get(Dimension.REGION)).isEqualTo("EU");
    assertThat(leaf.get(Dimension.PSP)).isEqualTo(Slice.NONE);
    assertThat(names.cell(leaf.keep(Collections.singleton(Dimension.BIN_RANGE)).toMap()))
        .isEqualTo("bin=401288");
  }

  @Test
  void otherNamesTakeWhatIsFree() {
    CubeNames names = new CubeNames(List.of("cdn", "psp", "isp"));
    Slice leaf = names.leaf(List.of("5", "adyen", "x"));
    assertThat(leaf.get(Dimension.PSP)).isEqualTo("adyen");
    assertThat(leaf.get(Dimension.BIN_RANGE)).isEqualTo("5");
    Slice cell = leaf.keep(java.util.Set.of(Dimension.PSP, Dimension.BIN_RANGE));
    assertThat(names.cell(cell.toMap())).isEqualTo("cdn=5&psp=adyen");
  }

  @Test
  void aHeaderThatFitsNowhereIsRefused() {
    List<String> ten = IntStream.range(0, 10).mapToObj(i -> "d" + i).toList();
    assertThatThrownBy(() -> new CubeNames(ten)).hasMessage("10 dimensions, expected 1 to 9");
    assertThatThrownBy(() -> new CubeNames(List.of())).hasMessageContaining("0 dimensions");
    assertThatThrownBy(() -> new CubeNames(List.of("bin", "binRange")))
        .hasMessage("'bin' and 'binRange' are the same dimension");
    assertThatThrownBy(() -> new CubeNames(List.of("x", "x"))).hasMessageContaining("named twice");
  }
}
