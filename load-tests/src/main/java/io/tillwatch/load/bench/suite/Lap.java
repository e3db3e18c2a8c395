package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.machine.Allocation;
import io.tillwatch.load.bench.machine.Child;
import io.tillwatch.load.bench.machine.Usage;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run of one contestant while it is measured. Used by one thread. */
final class Lap implements AutoCloseable {

  private static final double MILLION = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Child child;
  private final long brokerPid;
  private final long events;
  private final long benchPid = ProcessHandle.current().pid();
  private final Allocation allocation;
  private final Sample start;
  private @Nullable Sample steady;
  private @Nullable Sample end;
  private double peakRssMiB;

  /** What everything has used up to a moment. */
  private record Sample(
      long events,
      long nanos,
      double cpuSeconds,
      double brokerCpuSeconds,
      double benchCpuSeconds,
      double machineCpuSeconds,
      OptionalLong allocatedBytes) {}

  /** Begins to measure a process that could begin to work. */
  Lap(Child child, long brokerPid, long events) throws IOException {
    this.child = child;
    this.brokerPid = brokerPid;
    this.events = events;
    this.allocation = Allocation.of(child.pid());
    this.start = sample(0);
  }

  private Sample sample(long done) {
    return new Sample(
        done,
        System.nanoTime(),
        Usage.cpuSeconds(child.pid()),
        Usage.cpuSeconds(brokerPid),
        Usage.cpuSeconds(benchPid),
        Usage.machineCpuSeconds(),
        allocation.bytes());
  }

  /**
   * Takes note of how far it has come. Where it was through before anybody looked, all of it is the
   * steady part. With all of it done the lap has come to its end, until more is seen to be done.
   */
  void progress(long done) {
    if (steady == null && done >= events / 3 && done <= 2 * events / 3) {
      steady = sample(done);
    }
    if (done >= events) {
      end();
    }
  }

  /** Takes note that it has come to the end, while it still runs. */
  void end() {
    end = sample(events);
    peakRssMiB = Usage.peakRssMiB(child.pid());
  }

  /** What it all came to. */
  Figures figures(long changelogBytes, long repartitionBytes, @Nullable Differences differences) {
    Sample last = end;
    Sample first = steady == null ? start : steady;
    if (last == null) {
      throw new IllegalStateException("the lap has no end");
    }
    double steadyMillions = (last.events - first.events) / MILLION;
    double seconds = (last.nanos - first.nanos) / NANOS_PER_SECOND;
    return new Figures(
        events,
        (last.cpuSeconds - first.cpuSeconds) / steadyMillions,
        last.cpuSeconds / (events / MILLION),
        (last.events - first.events) / seconds,
        allocatedPerEvent(first, last),
        peakRssMiB,
        (last.brokerCpuSeconds - first.brokerCpuSeconds) / steadyMillions,
        (double) changelogBytes / events,
        (double) repartitionBytes / events,
        otherLoad(last),
        differences);
  }

  private static double allocatedPerEvent(Sample first, Sample last) {
    if (first.allocatedBytes.isEmpty() || last.allocatedBytes.isEmpty()) {
      return -1;
    }
    return (double) (last.allocatedBytes.getAsLong() - first.allocatedBytes.getAsLong())
        / (last.events - first.events);
  }

  private double otherLoad(Sample last) {
    double others =
        last.machineCpuSeconds
            - start.machineCpuSeconds
            - (last.cpuSeconds - start.cpuSeconds)
            - (last.brokerCpuSeconds - start.brokerCpuSeconds)
            - (last.benchCpuSeconds - start.benchCpuSeconds);
    return Math.max(0, others) / ((last.nanos - start.nanos) / NANOS_PER_SECOND);
  }

  @Override
  public void close() {
    allocation.close();
  }
}
