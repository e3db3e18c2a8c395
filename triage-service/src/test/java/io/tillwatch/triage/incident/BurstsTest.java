package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: some burst stands for an incident whatever times its bursts tell. */
class BurstsTest {

  private static final Map<String, String> NORTH = Map.of("psp", "northpay");

  @Test
  void whatWasOverLongBeforeTheNewestWasFoundStandsForNothing() {
    Burst before = closed("auth", EventKind.AUTH, 2, 10);
    Burst now = closed("webhook", EventKind.WEBHOOK, 30, 40);
    assertThat(Bursts.lead(List.of(before, now)).getBurstId()).isEqualTo("webhook");
  }

  @Test
  void oneThatClaimsToHaveEndedBeforeItWasFoundIsNoReasonToFail() {
    Burst odd = closed("odd", EventKind.AUTH, 30, 2);
    assertThat(Bursts.lead(List.of(odd)).getBurstId()).isEqualTo("odd");
  }

  private static Burst closed(String id, EventKind kind, int detectedMinute, int closedMinute) {
    return Bursting.outage(id, kind, NORTH)
        .setDetectedAt(Bursting.ONSET.plus(Duration.ofMinutes(detectedMinute)))
        .setClosedAt(Bursting.ONSET.plus(Duration.ofMinutes(closedMinute)))
        .build();
  }
}
