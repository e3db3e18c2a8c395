package io.tillwatch.load.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Goal: the value is always that of the bytes, however few slots there are. */
class InternedTest {

  private final Interned<String> texts =
      new Interned<>(1, bytes -> new String(bytes, StandardCharsets.UTF_8));

  private String of(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return texts.of(bytes, 1, bytes.length - 2);
  }

  @Test
  void textsThatShareASlotAreToldApart() {
    for (int round = 0; round < 3; round++) {
      for (String text : new String[] {"", "a", "b", "EUR", "USD", "a longer text", "and more"}) {
        assertThat(of(text)).isEqualTo(text);
      }
    }
  }

  @Test
  void whatComesAgainIsTheSameObject() {
    assertThat(of("EUR")).isSameAs(of("EUR"));
  }
}
