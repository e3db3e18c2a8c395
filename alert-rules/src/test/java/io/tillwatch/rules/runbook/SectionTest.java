package io.tillwatch.rules.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import org.junit.jupiter.api.Test;

class SectionTest {

  @Test
  void aPageIsCutAtItsHeadings() {
    assertThat(Section.of("# Title\nlead\n## First moves\n* a\n\n* b\n## Call\n\n* c\n"))
        .containsExactly(
            new Section("First moves", "first-moves", "* a\n\n* b"),
            new Section("Call", "call", "* c"));
  }

  @Test
  void aPageWithoutHeadingsHasNoSections() {
    assertThat(Section.of("# Title\n### Smaller\ntext")).isEmpty();
    assertThat(Section.of("")).isEmpty();
  }

  @Test
  void everySectionHasAnIdOfItsOwn() {
    assertThat(Section.of("## What may stay?\n## What may stay\n## – 3-D, déjà vu –\n"))
        .extracting(section -> section.idIn("policy/x"))
        .containsExactly(
            "policy/x#what-may-stay", "policy/x#what-may-stay-2", "policy/x#3-d-deja-vu");
  }

  @Test
  void everyShippedRunbookHasTheSectionsPeopleLookFor() {
    assertThat(RuleBook.defaults().runbooks().values())
        .hasSizeGreaterThan(20)
        .allSatisfy(runbook -> {
          assertThat(runbook.sections())
              .extracting(Section::heading)
              .containsExactlyElementsOf(Runbook.SECTIONS);
          assertThat(runbook.sections()).noneMatch(section -> section.text().isEmpty());
        });
  }
}
