package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Goal: the thread that asks for it steps back, once, and no other. Method: what Linux says of it.
 */
class NicenessTest {

  /** Of what stands behind the name in parentheses, counted from 0: proc_pid_stat(5). */
  private static final int NICE_FIELD = 16;

  @Test
  void theCallingThreadStepsBackAlone() throws Exception {
    int before = ofThisThread();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      assertThat(thread.submit(NicenessTest::ofThisThread).get()).isEqualTo(before);
      thread.submit(Niceness::stepBack).get();
      thread.submit(Niceness::stepBack).get(); // as a thread does that such a one has started
      assertThat(thread.submit(NicenessTest::ofThisThread).get())
          .isEqualTo(Math.min(19, before + Niceness.STEP_BACK));
    }
    assertThat(ofThisThread()).isEqualTo(before);
  }

  private static int ofThisThread() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
  }
}
