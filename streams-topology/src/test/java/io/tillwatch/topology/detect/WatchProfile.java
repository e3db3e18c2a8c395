package io.tillwatch.topology.detect;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what all that is watched of a kind costs by leaves per minute: CPU of its own thread,
 * bytes allocated, stored and held.
 *
 * <p>Not a test: {@code java … WatchProfile [LEAVES_PER_MINUTE [MINUTES [SEED]]]}. Two thirds of
 * the way a PSP fails in a region for ten minutes. The hash tells whether two versions find the
 * same.
 */
final class WatchProfile {

  private static final double KNOWN_PER_ACTIVE = 1.8;
  private static final int WORST = 100;
  private static final int WARM_UP_MINUTES = 75;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Integer> stored = new HashMap<>();
  private long storedBytes;
  private long hash;
  private long worstHash;

  public static void main(String[] args) {
    int active = args.length > 0 ? Integer.parseInt(args[0]) : 30_000;
    int minutes = args.length > 1 ? Integer.parseInt(args[1]) : 180;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    new WatchProfile().run(active, minutes, seed);
  }

  private void run(int active, int minutes, long seed) {
    BusyRails rails = new BusyRails(seed, (int) (active * KNOWN_PER_ACTIVE));
    Slice broken = Rails.cell("psp", "psp-2", "region", "region-1");
    Lookout watch = new Lookout(settings(), "acme", EventKind.AUTH);
    double[] close = new double[minutes];
    double[] drain = new double[minutes];
    double[] worst = new double[minutes];
    double allocated = 0;
    double rows = 0;
    long heap = heapUsed();
    for (int minute = 0; minute < minutes; minute++) {
      boolean breaks = minute >= minutes * 2 / 3 && minute < minutes * 2 / 3 + 10;
      BusyRails.Columns leaves = rails.minute(breaks ? broken : null);
      rows += leaves.size();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long started = threads.getCurrentThreadCpuTime();
      Findings found = watch.closeMinute(Rails.at(minute), leaves, Rails.at(minute + 1));
      long closed = threads.getCurrentThreadCpuTime();
      Iterable<StateEntry> entries = watch.drainState();
      long drained = threads.getCurrentThreadCpuTime();
      allocated += minute < WARM_UP_MINUTES ? 0 : threads.getCurrentThreadAllocatedBytes() - bytes;
      int listed = listing(watch.worst(WORST));
      worst[minute] = (threads.getCurrentThreadCpuTime() - drained) / 1e6;
      close[minute] = (closed - started) / 1e6;
      drain[minute] = (drained - closed) / 1e6;
      hash = hash * 31 + found.toString().hashCode();
      if (minute % 10 == 0 || breaks) {
        worstHash = worstHash * 31 + listed;
      }
      store(entries);
    }
    int from = Math.min(WARM_UP_MINUTES, minutes - 1);
    System.out.printf(
        "%,d leaves a minute, %d minutes, findings %016x, worst %016x%n",
        (long) (rows / minutes), minutes, hash, worstHash);
    tell("close", close, from);
    int breaks = Math.min(minutes - 1, minutes * 2 / 3);
    tell("close in an outage", Arrays.copyOf(close, Math.min(minutes, breaks + 15)), breaks);
    tell("drain", drain, from);
    tell("worst", worst, from);
    System.out.printf("allocated a minute %,d KiB%n", (long) (allocated / (minutes - from) / 1024));
    System.out.printf("all watches hold %,d KiB%n", (heapUsed() - heap) / 1024);
    tellStored(rows / minutes, minutes);
    if (watch.unwatchedEvents() > 0) {
      System.out.printf("unwatched events %,d%n", watch.unwatchedEvents());
    }
  }

  /** The order of what has evidence, whatever the last bits of it. */
  private static int listing(List<WorstCell> worst) {
    int listing = 0;
    for (WorstCell cell : worst) {
      if (cell.evidence() > 0) {
        listing = listing * 31 + cell.slice().hashCode() + Float.hashCode((float) cell.evidence());
      }
    }
    return listing;
  }

  private static WatchSettings settings() {
    WatchSettings usual = WatchSettings.DEFAULT;
    return new WatchSettings(
        usual.dimensions(),
        usual.falseAlarmBudgetMinutes(),
        usual.failuresMin(),
        usual.learnMinutes(),
        Integer.getInteger("leavesMax", usual.leavesMax()),
        Integer.getInteger("cellsMax", usual.cellsMax()));
  }

  private static void tell(String what, double[] millis, int from) {
    double[] sorted = Arrays.copyOfRange(millis, from, millis.length);
    Arrays.sort(sorted);
    System.out.printf(
        "%s ms: mean %.2f median %.2f p90 %.2f max %.2f%n",
        what,
        Arrays.stream(sorted).average().orElse(0),
        sorted[sorted.length / 2],
        sorted[sorted.length * 9 / 10],
        sorted[sorted.length - 1]);
  }

  private void store(Iterable<StateEntry> entries) {
    for (StateEntry entry : entries) {
      byte[] value = entry.value();
      storedBytes += value == null ? 0 : value.length + entry.key().length();
      if (value == null) {
        stored.remove(entry.key());
      } else {
        stored.put(entry.key(), value.length);
      }
    }
  }

  private void tellStored(double rows, int minutes) {
    long inMinutes = sizeOf("m/");
    System.out.printf(
        "stored: %.1f bytes a leaf and minute, names %,d KiB, checkpoint %,d KiB, in all %,d KiB in"
            + " %,d entries; written a minute %,d KiB%n",
        inMinutes / rows / Math.min(minutes, Journal.STORED_MINUTES),
        sizeOf("l/") / 1024,
        sizeOf("c/") / 1024,
        sizeOf("") / 1024,
        stored.size(),
        storedBytes / minutes / 1024);
  }

  private long sizeOf(String prefix) {
    return stored.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long heapUsed() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
