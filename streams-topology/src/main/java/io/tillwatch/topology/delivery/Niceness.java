package io.tillwatch.topology.delivery;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a thread step back behind others that want a core: {@code nice(2)}, which on Linux is a
 * thread's own and needs no right to grow.
 */
final class Niceness {

  /**
   * A third of the share of a thread of the usual kind, where both want the same core; all of it
   * where nobody else does.
   */
  static final int STEP_BACK = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  private Niceness() {}

  /** Has the calling thread step back, if the system lets it. */
  static void stepBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return; // elsewhere it would be the whole process
    }
    Linker linker = Linker.nativeLinker();
    try {
      MethodHandle nice =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("nice"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int now = (int) nice.invokeExact(STEP_BACK);
      LOG.debug("{} has niceness {}", Thread.currentThread().getName(), now);
    } catch (Throwable notHere) {
      // All works without, questions only wait longer under full load.
      LOG.info("the stream thread keeps its priority: {}", notHere.toString());
    }
  }
}
