package io.tillwatch.topology.delivery;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a thread step back behind others that want a core. It takes a smaller share where there is
 * not enough for all, and lets whoever wakes up go first instead of finishing its turn. Both are a
 * thread's own on Linux, and need no right to get worse ({@code sched(7)}); threads that it starts
 * begin with the same.
 */
final class Niceness {

  /**
   * Behind the process's first thread: a third of its share where both want the same core, all of
   * it where nobody else does.
   */
  static final int STEP_BACK = 5;

  /**
   * The turn it asks for. One with a shorter turn, which all others have, does not wait for its end
   * ({@code sched_setattr(2)}, Linux 6.12 and newer; before it is ignored). The longest there is.
   */
  static final Duration TURN = Duration.ofMillis(100);

  /** Number of the system call; it has no function in older C libraries. */
  private static final Map<String, Long> SCHED_SETATTR = Map.of("amd64", 314L, "aarch64", 274L);

  /** {@code struct sched_attr}, first version; the layout is the same on both. */
  private static final int ATTRIBUTES_BYTES = 48;

  /** Whoever started the process may have chosen another policy: it stays. */
  private static final long KEEP_POLICY = 8;

  private static final int FLAGS_AT = 8;
  private static final int NICE_AT = 16;
  private static final int TURN_AT = 24;

  private static final int OF_PROCESS_OR_THREAD = 0;
  private static final int CALLING_THREAD = 0;
  private static final long NO_FLAGS = 0;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** Its number, the thread, the attributes, flags. */
  private static final FunctionDescriptor SYSTEM_CALL =
      FunctionDescriptor.of(LONG, LONG, LONG, ValueLayout.ADDRESS, LONG);

  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  private Niceness() {}

  /** Has the calling thread step back, if the system lets it; a second time changes nothing. */
  static void stepBack() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return; // elsewhere it would be the whole process
    }
    try {
      int first = Math.toIntExact(ProcessHandle.current().pid());
      int usual =
          (int)
              function("getpriority", FunctionDescriptor.of(INT, INT, INT))
                  .invokeExact(OF_PROCESS_OR_THREAD, first);
      int set =
          (int)
              function("setpriority", FunctionDescriptor.of(INT, INT, INT, INT))
                  .invokeExact(OF_PROCESS_OR_THREAD, CALLING_THREAD, usual + STEP_BACK);
      long asked = askForTurns(usual + STEP_BACK);
      LOG.debug(
          "{} steps back: priority {}, turns {}",
          Thread.currentThread().getName(),
          set == 0,
          asked == 0);
    } catch (Throwable notHere) {
      // All works without, questions only wait longer under full load.
      LOG.info("the stream thread keeps its priority: {}", notHere.toString());
    }
  }

  /** Asks for long turns, at this priority; 0 when that was understood. */
  private static long askForTurns(int niceness) throws Throwable {
    Long setAttributes = SCHED_SETATTR.get(System.getProperty("os.arch", ""));
    if (setAttributes == null) {
      return -1;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      attributes.set(INT, 0, ATTRIBUTES_BYTES);
      attributes.set(LONG, FLAGS_AT, KEEP_POLICY);
      attributes.set(INT, NICE_AT, niceness);
      attributes.set(LONG, TURN_AT, TURN.toNanos());
      return (long)
          function("syscall", SYSTEM_CALL, Linker.Option.firstVariadicArg(1))
              .invokeExact((long) setAttributes, (long) CALLING_THREAD, attributes, NO_FLAGS);
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }
}
