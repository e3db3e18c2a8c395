package io.tillwatch.rules.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.source.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunbookTest {

  private static final String GOOD =
      """
      ---
      title: A PSP is down
      class: psp_outage
      owner: psp
      ---
      # A PSP is down
      ## Looks like
      ## Confirm
      ## First moves
      ## Call
      ## Stop when
      """;

  @Test
  void aRunbookIsFrontMatterAndFiveSections() {
    Problems problems = new Problems();

    Runbook runbook = Runbook.read("runbooks/psp-outage.md", GOOD, problems).orElseThrow();

    problems.throwIfAny();
    assertThat(runbook.name()).isEqualTo("psp-outage");
    assertThat(runbook.cause()).isEqualTo(Cause.PSP_OUTAGE);
    assertThat(runbook.body()).startsWith("# A PSP is down").doesNotContain("---");
  }

  @Test
  void problemsNameTheLineInTheFileNotInTheFrontMatter() {
    Problems problems = new Problems();

    Runbook.read("r.md", GOOD.replace("psp_outage", "outage").replace("## Call\n", ""), problems);

    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("r.md:3:8: found 'outage', expected one of psp_outage")
        .hasMessageContaining("r.md:6:1: found sections Looks like, Confirm, First moves, Stop");
  }

  @Test
  void aPageIsOnePage() {
    Problems problems = new Problems();

    Runbook.read("r.md", GOOD + "\n".repeat(Runbook.LINES_MAX), problems);

    assertThatThrownBy(problems::throwIfAny).hasMessageContaining("expected at most 60 lines");
  }

  @Test
  void textWithoutFrontMatterIsNoRunbook() {
    Problems problems = new Problems();

    assertThat(Runbook.read("r.md", "# Hello", problems)).isEmpty();
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("r.md:1:1: found no front matter");
  }

  @Test
  void aRunbookMayBeForMoreClassesAndForOnePspAlone() {
    Problems problems = new Problems();
    String front =
        """
        class: psp_outage
        also: [psp_partial_outage, psp_latency]
        psps: [northpay]
        links:
          console: https://console.northpay.example/health
        """;

    Runbook runbook =
        Runbook.read("northpay.md", GOOD.replace("class: psp_outage\n", front), problems)
            .orElseThrow();

    problems.throwIfAny();
    assertThat(runbook.isFor(Cause.PSP_LATENCY, "northpay")).isTrue();
    assertThat(runbook.isFor(Cause.PSP_OUTAGE, "northpay")).isTrue();
    assertThat(runbook.isFor(Cause.PSP_OUTAGE, "southpay")).isFalse();
    assertThat(runbook.isFor(Cause.RATE_LIMITED, "northpay")).isFalse();
    assertThat(runbook.links())
        .isEqualTo(Map.of("console", "https://console.northpay.example/health"));
  }

  @Test
  void aLinkIsAnAddress() {
    Problems problems = new Problems();

    Runbook.read(
        "r.md",
        GOOD.replace("owner: psp\n", "owner: psp\nlinks: {console: \"javascript:1\"}\n"),
        problems);

    assertThatThrownBy(problems::throwIfAny).hasMessageContaining("an http or https address");
  }
}
