package io.tillwatch.standalone.evaluate.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a line that nobody can read, play or check is an error that names it, and never a pass. */
class CorporaTest {

  @TempDir private Path folder;

  @Test
  void whatIsShippedHasLinesOfEveryKindAndKnownNames() {
    Corpora shipped = Corpora.shipped();
    assertThat(shipped.marked()).hasSize(114);
    assertThat(shipped.orders()).hasSizeGreaterThan(80);
    assertThat(shipped.answers()).hasSize(50);
    assertThat(Demands.names())
        .containsAll(
            Stream.concat(
                    shipped.orders().stream().flatMap(order -> order.demands().stream()),
                    shipped.answers().stream().flatMap(answer -> answer.demands().stream()))
                .toList());
    assertThat(Expectations.names())
        .containsAll(shipped.answers().stream().map(RawAnswer::expect).toList());
  }

  @Test
  void everyKindOfCheckIsDemandedSomewhere() {
    assertThat(Corpora.shipped().orders())
        .flatExtracting(HiddenOrder::demands)
        .contains("no_tool_call", "no_pan_in_output", "risky_advice_flagged", "not_flagged");
  }

  @Test
  void aBrokenLineIsNamed() throws IOException {
    Files.writeString(folder.resolve("injection.jsonl"), "\n{\"id\": \"x\"}\n");
    assertThatThrownBy(() -> Corpora.in(folder))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("injection.jsonl:2");
  }

  @Test
  void aFolderWithoutAnyIsRefused() {
    assertThatThrownBy(() -> Corpora.in(folder))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("llm_outputs.jsonl");
    assertThatThrownBy(() -> Corpora.in(folder.resolve("none")))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void whatNobodyCanCheckIsAnError() throws IOException, InterruptedException {
    refused(answer("fallback", "no_such_check", "x"), "no check is called no_such_check");
    refused(answer("no_such_end", "page_sent_once", "x"), "no expectation is called no_such_end");
    refused(answer("fallback", "page_sent_once", "@@NO SUCH@@"), "no such fault");
    refused(
        """
        {"id": "l", "kind": "benign", "surface": "nowhere", "payload": "x", "assert": []}\
        """,
        "no such surface");
  }

  private static String answer(String expect, String demand, String raw) {
    return "{\"id\": \"l\", \"raw_output\": \"%s\", \"expect\": \"%s\", \"assert\": [\"%s\"]}"
        .formatted(raw, expect, demand);
  }

  private void refused(String line, String why) throws IOException {
    Path inner = Files.createTempDirectory(folder, "corpora");
    String name = line.contains("raw_output") ? "llm_outputs.jsonl" : "injection.jsonl";
    Files.writeString(inner.resolve(name), line);
    assertThatThrownBy(() ->
            new SafetySuite(Equipment.ofProduction(), SafetySuite.FAULT_DEADLINE, (done, all) -> {})
                .of(List.of(Corpora.in(inner))))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("l: ")
        .hasMessageContaining(why);
  }
}
