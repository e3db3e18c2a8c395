package io.tillwatch.topology.ingest.seen;

import io.tillwatch.topology.delivery.Value;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What asking for an id costs, new and seen, among so many that are held in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeenBenchmark {

  private static final int ID_BYTES = 36;
  private static final long TIME = 1_772_445_600_000L;

  @Param({"1000000", "10000000"})
  private int held;

  private final Value value = Value.of(new byte[220]);
  private final byte[] id = new byte[ID_BYTES];
  private SeenEvents seen =
      new SeenEvents(
          new MapSeenStore(), new DedupeSettings(true, Duration.ofHours(72), 100_000_000));
  private Random known = new Random(1);
  private Random fresh = new Random(2);

  @Setup
  public void fill() {
    for (int i = 0; i < held; i++) {
      known.nextBytes(id);
      Looks.at(seen, id, TIME, value);
      seen.remember();
    }
    known = new Random(1);
  }

  @Benchmark
  public Object lookForNew() {
    fresh.nextBytes(id);
    return Looks.at(seen, id, TIME, value);
  }

  @Benchmark
  public Object lookForSeen() {
    known.nextBytes(id);
    return Looks.at(seen, id, TIME, value);
  }
}
