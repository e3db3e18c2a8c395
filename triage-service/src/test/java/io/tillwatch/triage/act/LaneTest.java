package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.CHAT;
import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionVerb.ACKNOWLEDGE;
import static io.tillwatch.schemas.incident.ActionVerb.CREATE;
import static io.tillwatch.schemas.incident.ActionVerb.RESOLVE;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final Lane lane = new Lane();

  @Test
  void theWorstSeverityGoesFirstThenTheOldest() {
    lane.add(action("INC-A", TRIGGER, Severity.SEV3, 0), 0, 0);
    lane.add(action("INC-B", TRIGGER, Severity.SEV1, 9), 1, 0);
    lane.add(action("INC-C", TRIGGER, Severity.SEV1, 5), 2, 0);
    assertThat(drain()).containsExactly("INC-C TRIGGER", "INC-B TRIGGER", "INC-A TRIGGER");
  }

  @Test
  void actionsOfOneIncidentKeepTheirOrderWhateverTheirSeverity() {
    lane.add(action("INC-A", TRIGGER, Severity.SEV4, 0), 0, 0);
    lane.add(action("INC-A", RESOLVE, Severity.SEV1, 1), 1, 0);
    assertThat(drain()).containsExactly("INC-A TRIGGER", "INC-A RESOLVE");
  }

  @Test
  void aWaitingActionHoldsUpOnlyItsOwnIncident() {
    lane.add(action("INC-A", TRIGGER, Severity.SEV1, 0), 0, 0);
    lane.add(action("INC-A", RESOLVE, Severity.SEV1, 1), 1, 0);
    lane.add(action("INC-B", TRIGGER, Severity.SEV4, 2), 2, 0);
    lane.next(0).orElseThrow().waitUntil(100);
    assertThat(lane.next(99).orElseThrow().action().getIncidentId()).isEqualTo("INC-B");
    assertThat(lane.next(100).orElseThrow().action().getIncidentId()).isEqualTo("INC-A");
  }

  /** A pager that refused the last resolve for hours heard nothing of the next outage. */
  @Test
  void theNextEpisodesPageDoesNotWaitBehindTheLastResolve() {
    lane.add(action("INC-A", RESOLVE, Severity.SEV1, 0), 0, 0);
    lane.add(next(PAGER, TRIGGER), 1, 0);
    lane.add(next(PAGER, RESOLVE), 2, 0);
    lane.next(0).orElseThrow().waitUntil(100);
    assertThat(drain()).containsExactly("INC-A TRIGGER", "INC-A RESOLVE");
    assertThat(lane.next(100).orElseThrow().action().getDedupKey()).isEqualTo("INC-A/1");
    assertThat(lane.committable()).isZero();
  }

  @Test
  void ticketAndChatKeepTheOrderOfTheirIncident() {
    lane.add(Samples.action("INC-A", CHAT, RESOLVE).build(), 0, 0);
    lane.add(next(CHAT, CREATE), 1, 0);
    lane.next(0).orElseThrow().waitUntil(100);
    assertThat(lane.next(0)).isEmpty();
  }

  private static Action next(ActionTarget target, ActionVerb verb) {
    return Samples.action("INC-A", target, verb).setEpisode(2).setDedupKey("INC-A/2").build();
  }

  @Test
  void theOffsetToCommitIsThatOfTheOldestOpenAction() {
    assertThat(lane.committable()).isEqualTo(-1);
    lane.passed(3);
    assertThat(lane.committable()).isEqualTo(4);
    lane.add(action("INC-A", TRIGGER, Severity.SEV4, 0), 4, 0);
    lane.add(action("INC-B", TRIGGER, Severity.SEV1, 0), 5, 0);
    lane.passed(6);
    lane.settle(lane.next(0).orElseThrow());
    assertThat(lane.committable()).as("INC-A is still open").isEqualTo(4);
    lane.settle(lane.next(0).orElseThrow());
    assertThat(lane.committable()).isEqualTo(7);
    assertThat(lane.size()).isZero();
  }

  @Test
  void itIsIdleUntilTheNextActionIsDueAndNoLongerThanAllowed() {
    assertThat(lane.idle(0, Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(500));
    lane.add(action("INC-A", TRIGGER, Severity.SEV1, 0), 0, 0);
    assertThat(lane.idle(0, Duration.ofMillis(500))).isEqualTo(Duration.ZERO);
    lane.next(0).orElseThrow().waitUntil(Duration.ofMillis(70).toNanos());
    assertThat(lane.idle(0, Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(70));
  }

  @Test
  void aMonotonicClockThatWrapsAroundChangesNothing() {
    long nearTheEnd = Long.MAX_VALUE - 10;
    lane.add(action("INC-A", TRIGGER, Severity.SEV1, 0), 0, nearTheEnd);
    lane.next(nearTheEnd).orElseThrow().waitUntil(nearTheEnd + 100);
    assertThat(lane.next(nearTheEnd + 99)).isEmpty();
    assertThat(lane.next(nearTheEnd + 100)).isPresent();
  }

  @Test
  void onlyTheFirstOfAnIncidentCanBeSettled() {
    lane.add(action("INC-A", TRIGGER, Severity.SEV1, 0), 0, 0);
    Lane.Pending first = lane.next(0).orElseThrow();
    lane.settle(first);
    assertThatThrownBy(() -> lane.settle(first)).isInstanceOf(IllegalStateException.class);
  }

  /** Refused and held, an acknowledgement kept an alert open that was long over. */
  @Test
  void whatFailedIsOvertakenByItsResolveAndTheResolveByNothing() {
    lane.add(action("INC-A", ACKNOWLEDGE, Severity.SEV1, 0), 0, 0);
    lane.add(action("INC-A", RESOLVE, Severity.SEV1, 1), 1, 0);
    Lane.Pending acknowledge = lane.next(0).orElseThrow();
    assertThat(lane.overtaken(acknowledge)).as("not tried yet").isFalse();
    acknowledge.attempted();
    assertThat(lane.overtaken(acknowledge)).isTrue();
    lane.settle(acknowledge);
    Lane.Pending resolve = lane.next(0).orElseThrow();
    resolve.attempted();
    assertThat(lane.overtaken(resolve)).isFalse();
  }

  private List<String> drain() {
    List<String> order = new ArrayList<>();
    while (lane.next(0).isPresent()) {
      Lane.Pending pending = lane.next(0).orElseThrow();
      order.add(pending.action().getIncidentId() + " " + pending.action().getVerb());
      lane.settle(pending);
    }
    return order;
  }

  private static Action action(String incident, ActionVerb verb, Severity severity, int second) {
    return Samples.action(incident, PAGER, verb)
        .setSeverity(severity)
        .setCreatedAt(Samples.ONSET.plusSeconds(second))
        .build();
  }
}
