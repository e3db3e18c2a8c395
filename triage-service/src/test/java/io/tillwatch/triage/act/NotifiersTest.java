package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.CHAT;
import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NotifiersTest {

  private static final Errand PAGE = Errand.of(Samples.action("INC-A", PAGER, TRIGGER).build());

  private final RecordingNotifier console = new RecordingNotifier(block -> {});
  private final BlockingQueue<Errand> said = new LinkedBlockingQueue<>();
  private final Delivery answer = new Delivery.Done("C1:2", "posted");
  private final Notifier chat =
      errand -> {
        said.add(errand);
        return answer;
      };

  @Test
  void whatThePagerDoesNotTakeIsShownOnTheConsoleAndSaidInTheChat() throws InterruptedException {
    Notifier second = new Notifiers(Map.of(CHAT, chat), console).secondChannel(PAGER);
    assertThat(second.deliver(PAGE)).isInstanceOf(Delivery.Done.class);
    assertThat(console.effects()).hasSize(1);
    assertThat(said.poll(30, TimeUnit.SECONDS)).isEqualTo(PAGE);
  }

  @Test
  void aChatThatHangsHoldsUpNoPage() {
    CountDownLatch never = new CountDownLatch(1);
    Notifier hangs =
        errand -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer;
        };
    try (Notifiers notifiers = new Notifiers(Map.of(CHAT, hangs), console)) {
      Notifier second = notifiers.secondChannel(PAGER);
      for (int i = 0; i <= SecondChannel.UNDER_WAY_MAX; i++) {
        assertThat(second.deliver(PAGE)).isInstanceOf(Delivery.Done.class);
      }
    } finally {
      never.countDown();
    }
  }

  @Test
  void toBeHeldBackIsNoTryOfTheSecondChannel() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Notifier busy =
        errand ->
            asked.incrementAndGet() <= 2 * SecondChannel.TRIES
                ? new Delivery.Held("its limit", Duration.ZERO)
                : chat.deliver(errand);
    try (SecondChannel second = new SecondChannel(console, busy, () -> 0L, Duration.ofNanos(1))) {
      second.deliver(PAGE);
      assertThat(said.poll(30, TimeUnit.SECONDS)).isEqualTo(PAGE);
    }
  }

  @Test
  void aNoticeIsGivenUpAfterAWhileThoughItIsOnlyHeld() throws InterruptedException {
    AtomicLong nanos = new AtomicLong();
    CountDownLatch asked = new CountDownLatch(3);
    Notifier busy =
        errand -> {
          nanos.addAndGet(SecondChannel.UNDER_WAY.toNanos() / 3 + 1);
          asked.countDown();
          return asked.getCount() > 0 ? new Delivery.Held("its limit", Duration.ZERO) : answer;
        };
    try (SecondChannel second = new SecondChannel(console, busy, nanos::get, Duration.ofNanos(1))) {
      second.deliver(PAGE);
      assertThat(asked.await(30, TimeUnit.SECONDS)).as("tried to the end").isTrue();
    }
  }

  @Test
  void nobodyIsItsOwnSecondChannelAndTheConsoleIsNotToldTwice() {
    Notifiers notifiers = new Notifiers(Map.of(CHAT, chat), console);
    assertThat(notifiers.secondChannel(CHAT)).as("not by itself").isSameAs(console);
    assertThat(new Notifiers(Map.of(CHAT, console), console).secondChannel(PAGER))
        .as("not twice")
        .isSameAs(console);
  }

  @Test
  void whetherATargetCanBeReachedIsLookedAtAndCounted() throws InterruptedException {
    CountDownLatch looked = new CountDownLatch(2);
    Notifier away =
        new Notifier() {
          @Override
          public Delivery deliver(Errand errand) {
            return answer;
          }

          @Override
          public Reach check() {
            looked.countDown();
            if (looked.getCount() > 0) {
              throw new IllegalStateException("a bug");
            }
            return new Reach(false, "HTTP 401");
          }
        };
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Notifiers notifiers = new Notifiers(Map.of(CHAT, away, PAGER, console), console);
    try (TargetWatch watch = TargetWatch.start(notifiers, Duration.ofMillis(1))) {
      watch.bindTo(registry);
      assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.seen()).containsEntry(PAGER, Reach.FINE);
      assertThat(watch.seen().get(CHAT).well()).isFalse();
    }
    assertThat(registry.get("tillwatch.targets.reachable").tag("target", "chat").gauge().value())
        .isZero();
    assertThat(registry.get("tillwatch.targets.reachable").tag("target", "pager").gauge().value())
        .isEqualTo(1);
  }
}
