package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.detect.LeafFacts;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidesTest {

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    write("cells.csv", "cell,psp,region,bin\n0,a,EU,1\n1,a,US,1\n2,b,EU,1\n");
    write("auth.csv", "minute,cell,n,ok\n0,0,10,9\n0,1,5,5\n1,2,7,7\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private LeafCounts auths(Recording recording, int minute) throws IOException {
    LeafCounts[] found = new LeafCounts[1];
    recording.read((at, counts) -> {
      if (at == minute) {
        LeafCounts copy = new LeafCounts(recording.leaves());
        for (int row = 0; row < counts.size(); row++) {
          copy.add(counts.number(row), (int) counts.events(row), (int) counts.failures(row));
        }
        found[0] = copy;
      }
    });
    return found[0];
  }

  @Test
  void aRecordingMayBeWithoutThem() throws IOException {
    Recording recording = new Recording(folder);
    try (Sides sides = Sides.of(recording)) {
      sides.read(0, auths(recording, 0));
      assertThat(sides.hasWebhooks()).isFalse();
      assertThat(sides.latency().size()).isZero();
      assertThat(sides.reasons().size()).isZero();
    }
  }

  @Test
  void quantilesBecomeDurationsWithTheseQuantiles() throws IOException {
    StringBuilder rows = new StringBuilder("minute,psp,region,n,p50_ms,p90_ms,p99_ms\n");
    for (int minute = 0; minute < 200; minute++) {
      rows.append("%d,a,EU,100,400,%d,9\n".formatted(minute, minute % 2 == 0 ? 700 : 914));
    }
    write("latency.csv", rows.toString());
    Recording recording = new Recording(folder);
    try (Sides sides = Sides.of(recording)) {
      LeafCounts auths = auths(recording, 0);
      for (int minute = 0; minute < 200; minute++) {
        sides.read(minute, auths);
      }
      LatencySketch durations = facts(sides.latency()).latency;
      assertThat(durations.count()).isEqualTo(100);
      assertThat(sides.latency().slice(0).get(Dimension.PSP)).isEqualTo("a");
      assertThat(sides.latency().slice(0).get(Dimension.BIN_RANGE)).isNull();
      // The geometric mean of both p90 is 800; this minute's own says that all is a little slower.
      assertThat(durations.quantile(.9) / durations.quantile(.5)).isCloseTo(2, within(.06));
      assertThat(durations.quantile(.5)).isBetween(405.0, 430.0);
    }
  }

  @Test
  void aCodeThatIsNoReasonTakesOneThatIsFree() throws IOException {
    write("declines.csv", "minute,psp,bin,timeout,strange\n0,a,1,3,4\n2,a,1,1,0\n");
    Recording recording = new Recording(folder);
    try (Sides sides = Sides.of(recording)) {
      LeafCounts auths = auths(recording, 0);
      sides.read(0, auths);
      Map<Reason, Long> reasons = facts(sides.reasons()).reasons;
      assertThat(reasons).hasSize(2).containsEntry(Reason.TIMEOUT, 3L).containsValue(4L);
      sides.read(1, auths);
      assertThat(sides.reasons().size()).isZero();
      sides.read(2, auths);
      assertThat(facts(sides.reasons()).reasons).containsEntry(Reason.TIMEOUT, 1L);
    }
  }

  @Test
  void webhooksAreOwedForTheFewerAuthorisationsOfTwoMinutes() throws IOException {
    write("webhooks.csv", "minute,psp,received,lag_p50_s\n0,a,8,4.5\n1,a,14,4.5\n1,b,2,4.5\n");
    Recording recording = new Recording(folder);
    try (Sides sides = Sides.of(recording)) {
      sides.read(0, auths(recording, 0));
      assertThat(sides.webhooks().causes()).isEmpty();
      sides.read(1, auths(recording, 1));
      assertThat(sides.webhooks().causes()).isEqualTo(Map.of("a", 0L));
      assertThat(sides.webhooks().events(0)).isEqualTo(14);
      assertThat(sides.webhooks().events(1)).isEqualTo(2);
      sides.read(2, auths(recording, 1));
      assertThat(sides.webhooks().causes()).isEqualTo(Map.of("b", 7L));
    }
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() throws IOException {
    write("webhooks.csv", "psp,received\n");
    assertThatThrownBy(() -> Sides.of(new Recording(folder)))
        .hasMessageContaining("webhooks.csv:1: expected the column 'minute' first");

    write("webhooks.csv", "minute,psp,sent\n0,a,3\n");
    Recording recording = new Recording(folder);
    try (Sides sides = Sides.of(recording)) {
      assertThatThrownBy(() -> sides.read(0, auths(recording, 0)))
          .hasMessageContaining("expected a column 'received'");
    }

    write("webhooks.csv", "minute,psp,received\n1,a,3\n0,a,3\n");
    try (Sides sides = Sides.of(recording)) {
      assertThatThrownBy(() -> sides.read(5, auths(recording, 0)))
          .hasMessageContaining("minute 0 after minute 1");
    }
  }

  private static Told facts(MinuteLeaves leaves) {
    Told told = new Told();
    leaves.facts(0, told);
    return told;
  }

  private static final class Told implements LeafFacts {
    final LatencySketch latency = new LatencySketch();
    final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);

    @Override
    public void technicalFailures(long count) {
      assertThat(List.of(0L)).contains(count);
    }

    @Override
    public void reason(Reason reason, long count) {
      if (count > 0) {
        reasons.put(reason, count);
      }
    }

    @Override
    public void money(String currency, long successes, long successSumMinor) {
      throw new AssertionError("a recording has no money");
    }

    @Override
    public void latency(int bucket, long count) {
      latency.addTo(bucket, count);
    }
  }
}
