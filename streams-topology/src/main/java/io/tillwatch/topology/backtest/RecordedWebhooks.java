package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Webhooks of a recorded minute: {@code webhooks.csv} has how many each PSP sent; what they are
 * owed for are the authorisations of the recording.
 */
final class RecordedWebhooks extends SideRows {

  static final String FILE = "webhooks";
  static final List<String> COLUMNS = List.of("received");

  private SortedMap<String, Long> causes = Collections.emptySortedMap();
  private SortedMap<String, Long> before = new TreeMap<>();

  /** Takes the authorisations of this minute. */
  void authorised(LeafCounts auths) {
    SortedMap<String, Long> now = new TreeMap<>();
    for (int row = 0; row < auths.size(); row++) {
      String psp = Objects.requireNonNull(auths.slice(row).get(Dimension.PSP), "a leaf fixes all");
      now.merge(psp, auths.events(row), Long::sum);
    }
    causes = MinuteLeaves.fewer(before, now);
    before = now;
  }

  @Override
  public SortedMap<String, Long> causes() {
    return causes;
  }

  @Override
  public Slice slice(int row) {
    Slice slice = super.slice(row);
    return Slice.leaf(Dimension.ALL.stream().map(slice::get).toArray(String[]::new));
  }

  @Override
  public long events(int row) {
    return (long) values(row)[0];
  }

  @Override
  public long firstAttempts(int row) {
    return events(row);
  }
}
