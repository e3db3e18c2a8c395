package io.tillwatch.rules.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: 1\\na: 2 | f.yml:2:1: found 'a' again, expected each key once; it is at f.yml:1:1
          a: &x 1\\nb: *x    | f.yml:2:4: found an anchor or alias, expected values written out
          a: 1\\n---\\nb: 2  | f.yml:3:1: found a second document, expected one document per file
          - 1\\n- 2          | f.yml:1:1: found a list, expected a mapping
          plain              | f.yml:1:1: found 'plain', expected a mapping
          # nothing          | f.yml:1:1: found an empty document, expected a mapping
          """)
  void whatIsNoRuleFileIsToldWithItsPlace(String text, String expected) {
    Problems problems = new Problems();

    YamlText.read("f.yml", text.replace("\\n", "\n"), problems);

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidRules.class)
        .hasMessageContaining(expected);
  }

  @Test
  void brokenYamlIsToldWithItsPlace() {
    Problems problems = new Problems();

    assertThat(YamlText.read("f.yml", "a: [1, 2\nb: 3\n", problems)).isEmpty();

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidRules.class)
        .hasMessageStartingWith("f.yml:2:")
        .hasMessageEndingWith("expected readable YAML");
  }

  @Test
  void aFileOfEndlessLengthIsRefused() {
    Problems problems = new Problems();

    YamlText.read("f.yml", "a: " + "x".repeat(YamlText.CHARACTERS_MAX), problems);

    assertThatThrownBy(problems::throwIfAny).hasMessageContaining("at most 1000000 characters");
  }
}
