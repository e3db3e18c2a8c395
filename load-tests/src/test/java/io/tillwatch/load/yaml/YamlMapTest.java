package io.tillwatch.load.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class YamlMapTest {

  private static YamlMap read(String text) {
    return YamlMap.read("file.yaml", new StringReader(text));
  }

  @Test
  void mistakesNameFileAndLine() {
    assertThatThrownBy(() -> read("a: 1\nb: [\n")).hasMessageStartingWith("file.yaml:3: no YAML");
    assertThatThrownBy(() -> read("- a")).hasMessageStartingWith("file.yaml:1: expected a mapping");
    assertThatThrownBy(() -> read("")).hasMessageStartingWith("file.yaml:1: expected a mapping");
    assertThatThrownBy(() -> read("a: 1\n\na: 2"))
        .hasMessageContaining("file.yaml:3")
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> read("a: 1\nc: 2").only(Set.of("a", "b")))
        .hasMessage("file.yaml:2: unknown key 'c', expected one of a, b");
    assertThatThrownBy(() -> read("a: 1").text("b")).hasMessage("file.yaml:1: 'b' is missing");
    assertThatThrownBy(() -> read("a: 1\nb: soon").duration("b"))
        .hasMessage("file.yaml:2: b is 'soon', expected a duration such as 90s, 3m, 5h or 1d");
    assertThatThrownBy(() -> read("a: 7").number("a", 1, 0, 5))
        .hasMessage("file.yaml:1: a is '7', expected a number from 0.0 to 5.0");
    assertThatThrownBy(() -> read("a: {b: 1}").text("a")).hasMessageContaining("no plain value");
    assertThatThrownBy(() -> read("a: 1").maps("a")).hasMessageContaining("'a' is no list");
  }

  @Test
  void durationsAreAsPeopleWriteThem() {
    assertThat(Durations.parse("90s")).contains(Duration.ofSeconds(90));
    assertThat(Durations.parse("-5h")).contains(Duration.ofHours(-5));
    assertThat(Durations.parse("1d")).contains(Duration.ofDays(1));
    assertThat(Durations.parse("250ms")).contains(Duration.ofMillis(250));
    assertThat(Durations.parse("5")).isEmpty();
    assertThat(Durations.parse("99999999999d")).isEmpty();
  }
}
