package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

/** Goal: who reads the cube of another thread's task can ask why, at the owner and only there. */
class ExplainedTest {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final List<Slice> LEAVES =
      IntStream.range(0, 20)
          .mapToObj(
              i -> Slice.leaf("p" + i % 2, "b" + i, "eu", "card", "visa", "DE", "m", "c", "no"))
          .toList();

  private final CubeStage stage = new CubeStage(CubeSettings.DEFAULT);

  private static Optional<Explanation> ask(CubeReader reader, OptionalLong minute) {
    return reader.explain(EventKind.AUTH, Aspect.failures(EventKind.AUTH), Slice.TOTAL, minute);
  }

  @Test
  void theLastCountedMinuteAndThoseBeforeItAreExplained() {
    CubeReader owner = stage.reader(stage.board);
    assertThat(ask(owner, OptionalLong.empty())).isEmpty();
    Random random = new Random(5);
    for (int minute = 0; minute < 6; minute++) {
      stage.send(LEAVES, random);
    }
    Explanation last = ask(owner, OptionalLong.empty()).orElseThrow();
    assertThat(last.verdict()).isEqualTo(Verdict.LEARNING);
    assertThat(last.minute().attempts()).isPositive();
    long before = last.minuteMillis() - MINUTE;
    assertThat(ask(owner, OptionalLong.of(before))).map(Explanation::minuteMillis).contains(before);
    assertThat(ask(owner, OptionalLong.of(last.minuteMillis() + MINUTE))).isEmpty();
  }

  @Test
  void aCopyDoesNotKnowWhy() {
    assertThatThrownBy(() -> ask(stage.reader(new CubeBoard()), OptionalLong.empty()))
        .isInstanceOf(InvalidStateStoreException.class);
  }

  @Test
  void questionsComeWhileMinutesAreClosed() {
    CubeReader owner = stage.reader(stage.board);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Long> asked =
        CompletableFuture.supplyAsync(() -> {
          long answers = 0;
          while (!over.get() || answers == 0) {
            answers += ask(owner, OptionalLong.empty()).isPresent() ? 1 : 0;
          }
          return answers;
        });
    Random random = new Random(6);
    for (int minute = 0; minute < 200; minute++) {
      stage.send(LEAVES, random);
      stage.commit();
    }
    over.set(true);
    assertThat(asked.join()).isPositive();
  }
}
