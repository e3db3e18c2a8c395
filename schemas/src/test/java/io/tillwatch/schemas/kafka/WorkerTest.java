package io.tillwatch.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class WorkerTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void itWorksRoundAfterRoundUntilItIsStopped() throws InterruptedException {
    Semaphore rounds = new Semaphore(0);
    Worker worker = new Worker("rounds", rounds::release);
    assertThat(worker.running()).isFalse();
    worker.start();
    rounds.acquire(3);
    assertThat(worker.running()).isTrue();
    assertThat(worker.stop(() -> {}, LONG)).isTrue();
    assertThat(worker.running()).isFalse();
    assertThat(worker.name()).isEqualTo("rounds");
  }

  @Test
  void aRestEndsWhenItIsStopped() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Worker[] self = new Worker[1];
    self[0] =
        new Worker(
            "rests",
            () -> {
              begun.countDown();
              self[0].rest(Duration.ofHours(1));
            });
    self[0].start();
    begun.await();
    assertThat(self[0].stop(() -> {}, LONG)).isTrue();
  }

  @Test
  void whatItWaitsForIsWokenAndNotWaitedForTooLong() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    Worker worker =
        new Worker(
            "waits",
            () -> {
              begun.countDown();
              try {
                woken.await();
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    worker.start();
    begun.await();
    assertThat(worker.stop(() -> {}, Duration.ofMillis(10))).isFalse();
    assertThat(worker.stop(woken::countDown, LONG)).isTrue();
  }

  @Test
  void oneThatHasNotBegunIsStoppedAtOnce() {
    assertThat(new Worker("none", () -> {}).stop(() -> {}, Duration.ZERO)).isTrue();
  }
}
