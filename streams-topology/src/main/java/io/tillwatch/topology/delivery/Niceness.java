package io.tillwatch.topology.delivery;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a thread step back behind others that want a core: by its priority, {@code setpriority(2)},
 * which on Linux is a thread's own and needs no right to get worse. Threads that it starts begin
 * with the same.
 */
final class Niceness {

  /**
   * Behind the process's first thread: a third of its share where both want the same core, all of
   * it where nobody else does.
   */
  static final int STEP_BACK = 5;

  private static final int OF_PROCESS_OR_THREAD = 0;
  private static final int CALLING_THREAD = 0;

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  private Niceness() {}

  /** Has the calling thread step back, if the system lets it; a second time changes nothing. */
  static void stepBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return; // elsewhere it would be the whole process
    }
    try {
      int first = Math.toIntExact(ProcessHandle.current().pid());
      int usual = (int) call("getpriority", 2).invokeExact(OF_PROCESS_OR_THREAD, first);
      int set =
          (int)
              call("setpriority", 3)
                  .invokeExact(OF_PROCESS_OR_THREAD, CALLING_THREAD, usual + STEP_BACK);
      LOG.debug("{} steps back: {}", Thread.currentThread().getName(), set == 0);
    } catch (Throwable notHere) {
      // All works without, questions only wait longer under full load.
      LOG.info("the stream thread keeps its priority: {}", notHere.toString());
    }
  }

  /** A function of the C library that takes so many ints and returns one. */
  private static MethodHandle call(String name, int ints) {
    Linker linker = Linker.nativeLinker();
    MemoryLayout[] arguments = new MemoryLayout[ints];
    Arrays.fill(arguments, ValueLayout.JAVA_INT);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }
}
