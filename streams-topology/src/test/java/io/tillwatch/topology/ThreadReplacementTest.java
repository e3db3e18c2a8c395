package io.tillwatch.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

  private long now;
  private final ThreadReplacement replacement = new ThreadReplacement(() -> now);

  @Test
  void fiveThreadsAreReplacedThenTheClientShutsDown() {
    for (int i = 0; i < ThreadReplacement.REPLACED_MAX; i++) {
      assertThat(replacement.handle(new IllegalStateException("dead"))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(replacement.handle(new IllegalStateException("dead"))).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void deathsThatAreLongAgoAreForgiven() {
    for (int i = 0; i < 3 * ThreadReplacement.REPLACED_MAX; i++) {
      assertThat(replacement.handle(new IllegalStateException("dead"))).isEqualTo(REPLACE_THREAD);
      now += Duration.ofSeconds(61).toNanos();
    }
  }
}
