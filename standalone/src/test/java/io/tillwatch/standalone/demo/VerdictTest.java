package io.tillwatch.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.load.scenario.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Instant START = Instant.parse("2026-03-10T14:03:00Z");
  private static final Instant END = Instant.parse("2026-03-10T15:00:00Z");
  private static final Truth TRUTH =
      new Truth(
          List.of(
              new Truth.Happening(
                  "psp_partial_outage",
                  START,
                  START.plusSeconds(600),
                  Map.of("psp", "northpay", "region", "eu-west"))),
          List.of());

  @Test
  void oneIncidentAtTheTruthsCellIsRight() {
    Verdict verdict =
        Verdict.of(TRUTH, List.of(incident("INC-1", START, "northpay", "eu-west")), END);
    assertThat(verdict.right()).isTrue();
    assertThat(verdict.lines())
        .containsExactly(
            "found   psp_partial_outage  psp=northpay region=eu-west  found after 1 min 10 s  INC-1"
                + "  root cell psp=northpay region=eu-west");
  }

  @Test
  void anotherCellIsWrong() {
    Verdict verdict =
        Verdict.of(TRUTH, List.of(incident("INC-1", START, "northpay", "latam")), END);
    assertThat(verdict.right()).isFalse();
    assertThat(verdict.lines().getFirst()).startsWith("WRONG").endsWith("not the truth's)");
  }

  @Test
  void twoIncidentsForOneCauseAreWrong() {
    Verdict verdict =
        Verdict.of(
            TRUTH,
            List.of(
                incident("INC-1", START, "northpay", "eu-west"),
                incident("INC-2", START.plusSeconds(60), "northpay", "eu-west")),
            END);
    assertThat(verdict.right()).isFalse();
    assertThat(verdict.lines().getFirst()).contains("2 incidents for one cause");
  }

  @Test
  void anIncidentWithoutATruthIsFalse() {
    Verdict verdict =
        Verdict.of(
            TRUTH,
            List.of(
                incident("INC-1", START, "northpay", "eu-west"),
                incident("INC-2", START.plusSeconds(1800), "solarpay", "latam")),
            END);
    assertThat(verdict.right()).isFalse();
    assertThat(verdict.lines()).anyMatch(line -> line.startsWith("FALSE   INC-2"));
  }

  @Test
  void nothingFoundIsMissedOnceThereWasTimeToFindIt() {
    assertThat(Verdict.of(TRUTH, List.of(), END).lines().getFirst()).startsWith("MISSED");
    Verdict early = Verdict.of(TRUTH, List.of(), START.plusSeconds(60));
    assertThat(early.right()).isTrue();
    assertThat(early.lines().getFirst()).startsWith("pending");
  }

  private static JsonNode incident(String id, Instant startedAt, String psp, String region) {
    try {
      return new ObjectMapper()
          .readTree(
              """
              {"id":"%s","title":"t","startedAt":"%s","detectedAt":"%s",
               "rootCells":[{"kind":"auth","psp":"%s","region":"%s","events":10}]}\
              """
                  .formatted(id, startedAt, startedAt.plusSeconds(70), psp, region));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
