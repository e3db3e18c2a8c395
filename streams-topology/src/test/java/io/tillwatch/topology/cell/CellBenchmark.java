package io.tillwatch.topology.cell;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Slice;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What cells cost: adding an event, writing a partial cell, merging one, adding to a sketch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CellBenchmark {

  private static final int LEAVES = 20_000;
  private static final int EVENTS = 1 << 16;
  private static final long MINUTE = 1_772_445_600_000L;

  private final SliceIndex index = new SliceIndex();
  private final CellTable cells = new CellTable();
  private final CellTable merged = new CellTable();
  private final CellBlocks blocks =
      new CellBlocks("tillwatch.cells-value", EmbeddedSchemaIds.load());
  private final BlockWriter writer = blocks.writer(index);
  private final BlockReader reader = blocks.reader(index);
  private final int[] slices = new int[EVENTS];
  private final int[] latencies = new int[EVENTS];
  private LatencySketch sketch = new LatencySketch();
  private byte[] block = {};
  private int next;

  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < EVENTS; i++) {
      int leaf = (int) (LEAVES * Math.pow(random.nextDouble(), 3));
      Slice slice =
          Slice.leaf(
              "psp" + leaf % 8, "range" + leaf, "eu", "card", "visa", "DE", null, null, "no");
      slices[i] = index.number(slice);
      latencies[i] = (int) (200 * Math.exp(random.nextGaussian() / 2));
    }
    for (int i = 0; i < EVENTS; i++) {
      addEvent();
    }
    block = writeBlock();
  }

  @Benchmark
  public void addEvent() {
    next = next + 1 & EVENTS - 1;
    int row = cells.row(slices[next]);
    cells.addEvent(row, Outcome.APPROVED, null, true);
    cells.addMoney(row, index.currencies().codeOf("EUR"), 1_999, true);
    cells.addLatency(row, latencies[next]);
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES / 10)
  public byte[] writeBlock() {
    for (int row = 0; row < LEAVES / 10; row++) {
      writer.add(MINUTE, cells, row);
    }
    return writer.finish(new CellBlocks.Head("acme", EventKind.AUTH, 0, MINUTE, false));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES / 10)
  public Object mergeBlock() {
    return reader.read(block, minute -> merged);
  }

  @Benchmark
  public LatencySketch addToSketch() {
    next = next + 1 & EVENTS - 1;
    sketch = next == 0 ? new LatencySketch() : sketch;
    sketch.add(latencies[next]);
    return sketch;
  }
}
