package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.schemas.incident.SuppressionKind;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.api.SuppressionsJson.SuppressionJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: nothing is held back in secret. Method: incidents with what held them back, and rules. */
class RulesControllerTest {

  private static final RuleBook RULES =
      RuleBook.of(
          List.of(
              new RuleFile(
                  "site.yaml",
                  """
                  silences:
                    - name: migration
                      match: {psp: northpay}
                      author: ada
                      reason: moves
                      from: 2026-11-20T02:00:00Z
                      until: 2026-11-20T04:00:00Z
                    - name: forgotten
                      match: {psp: northpay}
                      author: ada
                      reason: long ago
                      from: 2026-10-20T02:00:00Z
                      until: 2026-10-20T04:00:00Z
                  """)));

  @Test
  void eachSaysWhatItSwallowed() {
    Instant now = Instant.parse("2026-11-20T03:30:00Z");
    SuppressionsJson answer =
        SuppressionsJson.of(
            RULES.suppression(),
            List.of(
                Samples.incident("INC-A")
                    .setSuppressions(
                        List.of(
                            held(SuppressionKind.SILENCE, "migration", 3, null),
                            held(SuppressionKind.SILENCE, "gone", 2, now)))
                    .build(),
                Samples.incident("INC-B")
                    .setSuppressions(List.of(held(SuppressionKind.SILENCE, "migration", 4, now)))
                    .build()),
            now);

    assertThat(answer.suppressions())
        .extracting(SuppressionJson::name, SuppressionJson::inForce, SuppressionJson::swallowed)
        .containsExactly(
            tuple("migration", true, 7),
            tuple("parent-explains-child", true, 0),
            tuple("psp-outage-explains-what-follows", true, 0),
            tuple("gone", false, 2));
    assertThat(answer.suppressions().getFirst().incidents())
        .extracting(SuppressionsJson.HeldBackJson::id, SuppressionsJson.HeldBackJson::until)
        .containsExactly(tuple("INC-A", null), tuple("INC-B", "2026-11-20T03:30:00Z"));
  }

  private static Suppression held(SuppressionKind kind, String name, int swallowed, Instant until) {
    return Suppression.newBuilder()
        .setKind(kind)
        .setName(name)
        .setSince(Samples.ONSET.plus(Duration.ofMinutes(1)))
        .setUntil(until)
        .setSwallowed(swallowed)
        .build();
  }

  @Test
  void bothAreServed() {
    try (TriageOverHttp http = new TriageOverHttp("")) {
      assertThat(http.get("/api/v1/suppressions").body())
          .contains("\"name\":\"parent-explains-child\"", "\"swallowed\":0", "\"asOf\":");
      assertThat(http.get("/api/v1/rules").body())
          .contains("\"hash\":", "\"files\":[]", "\"refused\":null");
      assertThat(http.get("/health/readiness").body()).contains("\"rules\":{\"hash\"");
    }
  }
}
