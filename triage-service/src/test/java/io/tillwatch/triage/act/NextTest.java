package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static io.tillwatch.schemas.incident.ActionVerb.CREATE;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextTest {

  private static final ActSettings SETTINGS =
      new ActSettings(
          Duration.ofSeconds(10), 5, Duration.ofSeconds(1), Duration.ofSeconds(30), 3, 10);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          done,    1, DONE
          done,    5, DONE
          off,     1, OFF
          refused, 1, REFUSED
          held,    1, HELD
          held,    9, HELD
          page,    1, AGAIN_AND_TELL
          page,    5, REFUSED
          again,   2, AGAIN
          again,   5, REFUSED
          retry,   1, AGAIN
          retry,   2, AGAIN
          retry,   3, AGAIN_AND_TELL
          retry,   4, AGAIN
          retry,   5, GIVEN_UP
          retry,   6, GIVEN_UP
          """)
  void whatFollowsFromAnAttempt(String ended, int attempt, Next expected) {
    boolean page = ended.equals("page") || ended.equals("again");
    Lane.Pending pending =
        new Lane.Pending(
            Samples.action("INC-A", page ? PAGER : TICKET, page ? TRIGGER : CREATE).build(), 0, 0);
    for (int i = 0; i < attempt; i++) {
      pending.attempted();
    }
    if (ended.equals("again")) {
      pending.refused();
    }
    assertThat(Next.after(delivery(ended), pending, SETTINGS)).isEqualTo(expected);
  }

  @Test
  void everyEndIsOnRecordAndNoFailureIsSilent() {
    assertThat(Next.DONE.outcome()).isEqualTo(ActionOutcome.DONE);
    assertThat(Next.GIVEN_UP.outcome()).isEqualTo(ActionOutcome.FAILED);
    assertThat(Next.REFUSED.outcome()).isEqualTo(ActionOutcome.QUARANTINED);
    assertThat(Next.OFF.outcome()).isEqualTo(ActionOutcome.DONE);
    assertThat(Next.values())
        .filteredOn(Next::tellsSecondChannel)
        .containsExactly(Next.REFUSED, Next.GIVEN_UP, Next.AGAIN_AND_TELL);
  }

  @Test
  void theWaitDoublesWithinItsBoundsAndIsNeverLessThanHalfAStep() {
    BackOff backOff = new BackOff(SETTINGS, new Random(7));
    for (int attempt = 1; attempt <= 100; attempt++) {
      long step = attempt > 5 ? 30_000 : 1_000L << (attempt - 1);
      assertThat(backOff.after(attempt, Duration.ZERO).toMillis()).isBetween(step / 2, step);
    }
  }

  @Test
  void retryAfterIsHonouredUpToItsBound() {
    BackOff backOff = new BackOff(SETTINGS, new Random(7));
    assertThat(backOff.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    assertThat(backOff.after(1, Duration.ofHours(5))).isEqualTo(ActSettings.RETRY_AFTER_MAX);
  }

  private static Delivery delivery(String ended) {
    return switch (ended) {
      case "done" -> new Delivery.Done(null, "");
      case "off" -> new Delivery.Off("");
      case "held" -> new Delivery.Held("", Duration.ZERO);
      case "refused", "page", "again" -> new Delivery.Refused("");
      default -> new Delivery.Retry("", Duration.ZERO);
    };
  }
}
