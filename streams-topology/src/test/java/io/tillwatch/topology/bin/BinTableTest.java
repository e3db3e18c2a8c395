package io.tillwatch.topology.bin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.event.BinRange;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinTableTest {

  private static final String HEADER = "start,end,issuer,scheme,country,product,id\n";
  private static final String NESTED =
      "411110,411119,Wide Bank,visa,DE,credit,wide\n"
          + "41111500,41111549,Narrow Bank,visa,FR,debit,narrow\n";

  @Test
  void builtInTableKnowsTheScheme() {
    BinTable table = BinTable.of(List.of());
    assertThat(schemes(table, "41111111", "52000000", "22210000", "34000000", "60110000"))
        .containsExactly("visa", "mastercard", "mastercard", "amex", "discover");
    assertThat(schemes(table, "30000000", "35280000", "62000000", "67000000", "411111"))
        .containsExactly("diners", "jcb", "unionpay", "maestro", "visa");
    assertThat(table.find("10000000")).isNull();
    assertThat(table.find("99999999")).isNull();
  }

  @Test
  void narrowestRangeWinsAndOverlapsAreTold() throws IOException {
    BinTable table = BinTable.of(parse(NESTED));
    assertThat(id(table, "41111499")).isEqualTo("wide");
    assertThat(id(table, "41111500")).isEqualTo("narrow");
    assertThat(id(table, "41111549")).isEqualTo("narrow");
    assertThat(id(table, "41111550")).isEqualTo("wide");
    assertThat(id(table, "41112000")).isEqualTo("visa");
    assertThat(table.overlaps()).containsExactly("narrow over wide");
  }

  @Test
  void sixDigitsBelongToTheNarrowestRangeThatHoldsAllHundredOfThem() throws IOException {
    BinTable table = BinTable.of(parse(NESTED));
    assertThat(id(table, "411115")).isEqualTo("wide");
    assertThat(id(table, "411120")).isEqualTo("visa");
  }

  @Test
  void disjointRangesAreNoOverlap() throws IOException {
    BinTable table = BinTable.of(parse("400000,400000,A,visa,,,a\n400001,400001,B,visa,,,b\n"));
    assertThat(table.overlaps()).isEmpty();
    assertThat(id(table, "40000099")).isEqualTo("a");
    assertThat(id(table, "40000100")).isEqualTo("b");
  }

  @Test
  void csvSaysEverythingThatIsWrongWithFileAndLine() {
    String rows =
        "4,4,\"Bank, with comma\",visa,DE,,ok\n"
            + "4x,5,A,visa,,,\n5,4,A,visa,,,\n4111111111111111,4,A,visa,,,\n"
            + "4,4,A,visa,Germany,,\n4,4\n";
    assertThatThrownBy(() -> parse(rows))
        .hasMessageContaining("bins.csv:3: start '4x', end '5', expected 1 to 8 digits each")
        .hasMessageContaining("bins.csv:4: start '5', end '4'")
        .hasMessageContaining("bins.csv:5: start '411111…'")
        .hasMessageContaining("bins.csv:6: country")
        .hasMessageContaining("bins.csv:7: 2 fields")
        .hasMessageNotContaining("4111111111111111")
        .hasMessageNotContaining("bins.csv:2");
  }

  @Test
  void csvWithoutHeaderIsRefused() {
    assertThatThrownBy(() -> BinRangeCsv.parse(new StringReader("4,4,A,visa,,,\n"), "bins.csv"))
        .hasMessageContaining("bins.csv:1: no header");
  }

  private static List<BinRange> parse(String rows) throws IOException {
    return BinRangeCsv.parse(new StringReader(HEADER + rows), "bins.csv");
  }

  private static List<String> schemes(BinTable table, String... bins) {
    return Arrays.stream(bins).map(bin -> table.find(bin).getScheme()).toList();
  }

  private static String id(BinTable table, String bin) {
    return table.find(bin).getId();
  }
}
