package io.tillwatch.triage.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrubTest {

  @Test
  void ourSecretsAreTakenOut() {
    Scrub scrub = new Scrub(List.of(Secret.of("our-token"), Secret.NONE));

    assertThat(scrub.clean("no such token: our-token")).isEqualTo("no such token: (hidden)");
  }

  /** What an outside system says of a request goes on record, and may quote anything. */
  @Test
  void aLineForTheRecordHasNoCardDataAndNoAddress() {
    String said = "{\"message\":\"card 4111 1111 1111 1111 of joe.doe@customer.example\"}";

    assertThat(Scrub.line(said))
        .startsWith("{\"message\":\"card [")
        .doesNotContain("4111", "customer.example");
  }

  @Test
  void anyOtherAnswerStaysAsItIs() {
    String said = "{\"status\":\"success\",\"dedup_key\":\"INC-3F9A12C4D07E/1\"}";

    assertThat(Scrub.line(said)).isEqualTo(said);
  }
}
