package io.tillwatch.topology.ingest.seen;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Prints what telling one event from those before costs, in CPU time and heap; run by hand, no
 * test. Arguments: ids, ids per commit, ids in memory at most.
 */
final class SeenCost {

  private static final long HORIZON_MILLIS = Duration.ofHours(72).toMillis();
  private static final long NOW_MILLIS = 1_000 * HORIZON_MILLIS;
  private static final int ROUNDS = 4;
  private static final int ID_BYTES = 36;
  private static final int VALUE_BYTES = 220;
  private static final int ID_FROM = 40;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Value[] values = new Value[Dedupe.EXPECTED_MAX];
  private final int[] expected = new int[values.length];
  private final int ids;
  private final int idsPerCommit;
  private final DedupeSettings settings;
  private long news;

  private SeenCost(int ids, int idsPerCommit, int idsMax) {
    this.ids = ids;
    this.idsPerCommit = idsPerCommit;
    this.settings = new DedupeSettings(true, Duration.ofMillis(HORIZON_MILLIS), idsMax);
    Arrays.setAll(values, i -> Value.of(new byte[VALUE_BYTES]));
  }

  public static void main(String[] args) {
    SeenCost cost =
        new SeenCost(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    for (int round = 0; round < ROUNDS; round++) {
      cost.print();
    }
  }

  private void print() {
    MapSeenStore store = new MapSeenStore();
    SeenEvents seen = new SeenEvents(store, settings);
    double generating = nanos(() -> go(1, null, false));
    long heap = THREADS.getCurrentThreadAllocatedBytes();
    double letIn = nanos(() -> go(1, seen, true)) - generating;
    heap = THREADS.getCurrentThreadAllocatedBytes() - heap;
    double duplicates = nanos(() -> go(1, seen, false)) - generating;
    double unknown = nanos(() -> go(2, seen, false)) - generating;
    double restored = nanos(() -> new SeenEvents(store, settings));
    System.out.printf(
        "%d ids: look and remember %.0f ns, look %.0f ns known, %.0f ns unknown; a start %.0f ns;"
            + " per id %.1f bytes in memory, %.1f stored, %.1f allocated; %s, %d%n",
        ids,
        letIn,
        duplicates,
        unknown,
        restored,
        (double) seen.bytes() / ids,
        (double) store.bytes() / ids,
        (double) heap / ids,
        seen.counts(),
        news);
  }

  private double nanos(Runnable what) {
    long start = THREADS.getCurrentThreadCpuTime();
    what.run();
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / ids;
  }

  private void go(long seed, SeenEvents seen, boolean remember) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int from = 0; from < ids; from += values.length) {
      for (int i = 0; i < values.length; i++) {
        writeId(values[i].bytes(), random.nextLong(), random.nextLong());
        if (seen != null) {
          expected[i] = seen.expect(EventKind.AUTH, values[i].bytes(), ID_FROM, ID_BYTES);
        }
      }
      if (seen != null) {
        seen.prepare();
      }
      for (int i = 0; i < values.length; i++) {
        if (seen == null) {
          news += values[i].bytes()[ID_FROM];
        } else if (seen.look(expected[i], NOW_MILLIS + from, values[i]) == Seen.NEW) {
          news++;
          if (remember) {
            seen.remember();
          }
        }
      }
      if (remember && from / idsPerCommit != (from + values.length) / idsPerCommit) {
        seen.commit();
      }
    }
  }

  /** In whole words, as a processor likes to read them back. */
  private void writeId(byte[] value, long one, long two) {
    for (int word = 0; word < ID_BYTES / Long.BYTES; word++) {
      LONGS.set(value, ID_FROM + word * Long.BYTES, (word & 1) == 0 ? one + word : two + word);
    }
  }
}
