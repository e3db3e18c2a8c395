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

  /** A kernel that does not know turns leaves them as they are. */
  @Test
  void itAsksForLongTurns() throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      long before = thread.submit(NicenessTest::turnNanos).get();
      thread.submit(Niceness::stepBack).get();
      assertThat(thread.submit(NicenessTest::turnNanos).get())
          .isEqualTo(knowsTurns() ? Niceness.TURN.toNanos() : before);
    }
  }

  /** As the kernel tells it; 0 where it does not. */
  private static long turnNanos() throws IOException {
    Path scheduling = Path.of("/proc/thread-self/sched");
    if (!Files.exists(scheduling)) {
      return 0;
    }
    return Files.readAllLines(scheduling).stream()
        .filter(line -> line.startsWith("se.slice "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  private static boolean knowsTurns() throws IOException {
    String[] version = System.getProperty("os.version").split("\\D+", 3);
    int major = Integer.parseInt(version[0]);
    int minor = Integer.parseInt(version[1]);
    return (major > 6 || major == 6 && minor >= 12) && turnNanos() != 0;
  }

  private static int ofThisThread() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
  }
}
