package io.tillwatch.standalone.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: what the command writes. Method: streams in memory, whole and longer than a block. */
class RedactedStreamTest {

  private final Tally tally = new Tally();

  @Test
  void linesStayLines() throws IOException {
    assertThat(copy("pan 4111111111111111 rc 05\ncvv=123\n", false))
        .isEqualTo("pan [PAN] rc 05\ncvv=[CVV]\n");
    assertThat(tally.report(1))
        .containsEntry("lines", 2L)
        .containsEntry("bytes", 35L)
        .extractingByKey("found")
        .isInstanceOfSatisfying(
            Map.class,
            found -> {
              assertThat(found.get("PAN")).isEqualTo(1L);
              assertThat(found.get("CVV")).isEqualTo(1L);
            });
  }

  @Test
  void jsonLinesAreReadAndWritten() throws IOException {
    assertThat(
            copy(
                "{\"id\":7,\"text\":\"a \\u0034111111111111111\"}\n{\"text\":\"b\",\"id\":\"x\"}",
                false))
        .isEqualTo("{\"id\":7,\"text\":\"a [PAN]\"}\n{\"id\":\"x\",\"text\":\"b\"}\n");
    assertThat(tally.report(1)).containsEntry("lines", 2L);
  }

  @Test
  void anIdMayBeACardTooWhateverItsType() throws IOException {
    assertThat(
            copy(
                "{\"id\":4111111111111111,\"text\":\"a\"}\n"
                    + "{\"id\":\"4111111111111111\",\"text\":\"b\"}\n"
                    + "{\"id\":4.111111111111111E15,\"text\":\"c\"}\n",
                false))
        .doesNotContain("1111")
        .contains("\"id\":\"[PAN]\",\"text\":\"a\"", "\"id\":\"[PAN]\",\"text\":\"b\"");
    assertThatThrownBy(() ->
            copy(
                "{\"id\":1,\"text\":\"a\"}\n" + "{\"id\":[4111111111111111],\"text\":\"a\"}\n",
                false))
        .isInstanceOf(WrongInput.class)
        .hasMessage("line 2: expected a JSON object with a plain \"id\" and a \"text\"");
  }

  @Test
  void aLineThatIsNoEntryIsRefusedWithItsNumber() {
    assertThatThrownBy(() -> copy("{\"id\":1,\"text\":\"a\"}\nnope\n", false))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("line 2: expected");
  }

  @Test
  void aTableLongerThanABlockKeepsItsHeader() throws IOException {
    int rows = 20_000;
    String before = "nightly export\n\npsp,cvv,amount\n";
    String behind = "\nthe end, 773, nothing more\n";
    String expected = before + "adyen,[CVV],84.10\n".repeat(rows) + behind;
    assertThat(copy(before + "adyen,773,84.10\n".repeat(rows) + behind, false)).isEqualTo(expected);
    assertThat(tally.report(1)).containsEntry("lines", rows + 5L);
  }

  @Test
  void aTableMayBeginAndEndAnywhereInABlock() throws IOException {
    for (String lineEnd : new String[] {"\n", "\r\n"}) {
      String row = "adyen,%s,84.10" + lineEnd;
      for (int lines : new int[] {2_500, 2_600, 2_700, 2_748, 2_749, 2_750, 2_751, 2_800}) {
        String before = "log line, nothing here\n".repeat(lines) + "psp,cvv,amount" + lineEnd;
        String behind = lineEnd + "the end\n".repeat(2_000);
        assertThat(copy(before + row.formatted("773").repeat(400) + behind, false))
            .as("%d lines before", lines)
            .isEqualTo(before + row.formatted("[CVV]").repeat(400) + behind);
      }
    }
  }

  @Test
  void explainingKnowsTheLinesOfALongTable() throws IOException {
    String all = copy("psp,cvv\n" + "adyen,773\n".repeat(20_000), true);
    assertThat(all.lines()).hasSize(20_000);
    assertThat(all).contains("line 2, column 7: [CVV]").contains("line 20001, column 7: [CVV]");
  }

  @Test
  void otherJsonIsText() throws IOException {
    assertThat(copy("{\"pan\":\"4111111111111111\"}\n", false)).isEqualTo("{\"pan\":\"[PAN]\"}\n");
  }

  @Test
  void explainingSaysWhatWhereAndWhyAndNothingElse() throws IOException {
    assertThat(copy("one\nx 4111111111111111\n", true))
        .isEqualToIgnoringNewLines(
            "line 2, column 3: [PAN] 16 characters: digits pass Luhn and have an issuer's prefix"
                + " and length");
  }

  @Test
  void explainingALineOfJsonSaysWhetherItsIdIsMeant() throws IOException {
    assertThat(copy("{\"id\":4111111111111111,\"text\":\"cvv=123\"}\n", true).lines())
        .containsExactly(
            "line 1, id, column 1: [PAN] 16 characters: digits pass Luhn and have an issuer's"
                + " prefix and length",
            "line 1, column 5: [CVV] 3 characters: stands behind a label that names it");
  }

  @Test
  void aCardAcrossTheEndOfABlockIsFound() throws IOException {
    for (int before = 61_300; before < 61_600; before += 7) {
      String text = "a ".repeat(before / 2) + "\n4111 1111\n1111 1111\n" + "b ".repeat(40_000);
      assertThat(copy(text, false))
          .as("%s characters before", before)
          .contains("[PAN]")
          .doesNotContain("1111");
    }
  }

  @Test
  void aLineLongerThanABlockIsCopiedWhole() throws IOException {
    String text = "\uD83D\uDE00".repeat(150_001) + " 4111111111111111 " + "z".repeat(100_000);
    assertThat(copy(text, false)).isEqualTo(text.replace("4111111111111111", "[PAN]"));
  }

  @Test
  void nothingComesOfNothing() throws IOException {
    assertThat(copy("", false)).isEmpty();
    assertThat(tally.report(1)).containsEntry("lines", 0L);
  }

  private String copy(String text, boolean explain) throws IOException {
    StringWriter out = new StringWriter();
    new RedactedStream(tally, explain).copy(new StringReader(text), out);
    return out.toString();
  }
}
