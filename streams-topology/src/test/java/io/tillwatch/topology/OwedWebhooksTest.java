package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: in the whole topology, webhooks that fall behind the authorisations that cause them are
 * heard within minutes, though authorisations and webhooks are counted by different tasks.
 *
 * <p>Method: two hours of a PSP that answers each authorisation with a webhook in the next minute,
 * then with two in five; its rival always answers.
 */
class OwedWebhooksTest {

  private static final int HISTORY = 120;
  private static final int PER_MINUTE = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final int CAUGHT_UP = 36;
  private static final int PER_MINUTE_CAUGHT_UP = 90;

  private final Driven driven = Driven.withDefaults();
  private final List<Burst> bursts = new ArrayList<>();
  private int ids;

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void aBacklogIsHeardAndNamed() {
    minutes(HISTORY, PER_MINUTE);
    assertThat(bursts).isEmpty();

    minutes(6, PER_MINUTE * 2 / 5);
    assertThat(bursts).isNotEmpty();
    assertThat(bursts)
        .allSatisfy(burst -> {
          assertThat(burst.getKind()).isEqualTo(EventKind.WEBHOOK);
          assertThat(burst.getKpi()).isEqualTo(Kpi.VOLUME);
          assertThat(burst.getRootCells().getFirst().getSlice())
              .isEqualTo(Map.of("psp", "northpay"));
          assertThat(burst.getOnsetAt()).isEqualTo(Driven.START.plus(Duration.ofMinutes(HISTORY)));
        });
  }

  /**
   * In a catch-up some authorisations are read before any webhook. When they were forgotten, the
   * minutes they share with others seemed to be owed too little, and all later ones too much.
   */
  @Test
  void whatCameBeforeTheFirstWebhookWasOwedToo() {
    Instant start = driven.now();
    int half = PER_MINUTE_CAUGHT_UP / 2;
    for (int minute = 0; minute < CAUGHT_UP; minute++) {
      auths(half, driven.now());
      driven.moveClock(MINUTE);
    }
    for (int minute = 0; minute < CAUGHT_UP; minute++) {
      Instant at = start.plus(Duration.ofMinutes(minute));
      auths(half, at);
      webhooks(PER_MINUTE_CAUGHT_UP, at);
    }
    northpay(CAUGHT_UP, PER_MINUTE_CAUGHT_UP);
    assertThat(driven.drain(driven.topics.bursts())).isEmpty();

    northpay(6, PER_MINUTE_CAUGHT_UP * 2 / 5);
    assertThat(driven.drain(driven.topics.bursts())).isNotEmpty();
  }

  private void northpay(int minutes, int webhooks) {
    for (int minute = 0; minute < minutes; minute++) {
      auths(PER_MINUTE_CAUGHT_UP, driven.now());
      webhooks(webhooks, driven.now());
      driven.advance(MINUTE, TICK);
    }
  }

  private void auths(int count, Instant at) {
    for (int i = 0; i < count; i++) {
      driven.auth(driven.step("a" + ids++).setEventTime(at));
    }
  }

  private void webhooks(int count, Instant at) {
    for (int i = 0; i < count; i++) {
      webhook("northpay", at);
    }
  }

  private void minutes(int count, int northpayWebhooks) {
    for (int minute = 0; minute < count; minute++) {
      for (int i = 0; i < PER_MINUTE; i++) {
        driven.auth(driven.step("a" + ids++));
        driven.auth(driven.step("a" + ids++).setPsp("southpay"));
        if (i < northpayWebhooks) {
          webhook("northpay", driven.now());
        }
        webhook("southpay", driven.now());
      }
      driven.advance(MINUTE, TICK);
      bursts.addAll(driven.drain(driven.topics.bursts()));
    }
  }

  private void webhook(String psp, Instant at) {
    PaymentStep step =
        driven
            .step("w" + ids++)
            .setEventTime(at)
            .setPsp(psp)
            .setLatencyMillis(null)
            .setOutcome(Outcome.DELIVERED)
            .build();
    WebhookEvent event = new WebhookEvent(step, "AUTHORISATION", step.getEventTime(), 1, 200);
    driven.send(driven.topics.webhook(), step.getPaymentId(), event);
  }
}
