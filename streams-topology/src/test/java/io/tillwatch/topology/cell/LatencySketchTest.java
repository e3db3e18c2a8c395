package io.tillwatch.topology.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencySketchTest {

  private static final double[] SHARES = {0, .01, .25, .5, .75, .9, .95, .99, 1};

  @Test
  void quantilesAreWithinOnePercentOfTheSortedValues() {
    long[] values = latencies(4_711, 10_000);
    LatencySketch sketch = sketchOf(values);
    Arrays.sort(values);
    for (double share : SHARES) {
      double exact = values[(int) (share * (values.length - 1))];
      assertThat(sketch.quantile(share))
          .as("share %s", share)
          .isCloseTo(exact, within(exact * LatencySketch.RELATIVE_ERROR + 1e-9));
    }
  }

  @Test
  void agreesWithTheReferenceImplementation() {
    long[] values = latencies(4_712, 5_000);
    DDSketch reference = DDSketches.unboundedDense(LatencySketch.RELATIVE_ERROR);
    Arrays.stream(values).forEach(reference::accept);
    LatencySketch sketch = sketchOf(values);
    for (double share : SHARES) {
      double expected = reference.getValueAtQuantile(share);
      assertThat(sketch.quantile(share)).isCloseTo(expected, within(expected * .0201));
    }
  }

  @Test
  void partsMergeToTheWhole() {
    long[] values = latencies(4_713, 3_000);
    LatencySketch merged = new LatencySketch();
    for (int from = 0; from < values.length; ) {
      int to = Math.min(values.length, from + 1 + from % 7);
      merged.merge(sketchOf(Arrays.copyOfRange(values, from, to)));
      from = to;
    }
    assertThat(merged).isEqualTo(sketchOf(values));
    assertThat(merged.count()).isEqualTo(values.length);
  }

  @Test
  void bytesReadBackAsTheSameSketch() {
    LatencySketch sketch = sketchOf(latencies(4_714, 1_000));
    assertThat(LatencySketch.of(sketch.toBytes())).isEqualTo(sketch);
    assertThat(LatencySketch.of(new LatencySketch().toBytes())).isEqualTo(new LatencySketch());
  }

  @Test
  void everyValueFitsIntoTheBound() {
    LatencySketch sketch = new LatencySketch();
    for (double value = 1; value < 1e18; value *= 1.01) {
      sketch.add((long) value);
    }
    sketch.add(0);
    sketch.add(-5);
    sketch.add(Long.MAX_VALUE);
    assertThat(LatencySketch.of(sketch.toBytes())).isEqualTo(sketch);
    assertThat(sketch.quantile(0)).isZero();
    assertThat(sketch.quantile(1)).isCloseTo(1e12, within(1e10));
  }

  @Test
  void emptySketchHasNoQuantile() {
    assertThat(new LatencySketch().quantile(.5)).isZero();
  }

  @Test
  void foreignBytesAreRefused() {
    assertThatThrownBy(() -> LatencySketch.of(new byte[] {9, 9, 9}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no latency sketch");
    assertThatThrownBy(() -> LatencySketch.of(new byte[] {1, 100}))
        .hasMessageContaining("100 buckets");
  }

  private static LatencySketch sketchOf(long[] values) {
    LatencySketch sketch = new LatencySketch();
    Arrays.stream(values).forEach(sketch::add);
    return sketch;
  }

  private static long[] latencies(long seed, int count) {
    Random random = new Random(seed);
    return random.doubles(count, 0, 1).mapToLong(u -> (long) (40 / (1.0001 - u))).toArray();
  }
}
