package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A minute whose leaf cells are objects in a map. */
public final class TallyLeaves implements MinuteLeaves {

  private static final Reason[] REASONS = Reason.values();

  private final EventKind kind;
  private final List<Map.Entry<Slice, Tally>> rows;
  private final SortedMap<String, Long> causes;

  /** A minute that is owed for nothing known. */
  public TallyLeaves(EventKind kind, Map<Slice, Tally> leaves) {
    this(kind, leaves, Collections.emptySortedMap());
  }

  /**
   * @param causes by PSP: the events of another kind that these are owed for
   */
  public TallyLeaves(EventKind kind, Map<Slice, Tally> leaves, SortedMap<String, Long> causes) {
    this.kind = kind;
    this.rows = new ArrayList<>(leaves.entrySet());
    this.causes = causes;
  }

  @Override
  public SortedMap<String, Long> causes() {
    return causes;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public long epoch() {
    return 0;
  }

  @Override
  public int number(int row) {
    return UNNUMBERED;
  }

  @Override
  public Slice slice(int row) {
    return rows.get(row).getKey();
  }

  @Override
  public long events(int row) {
    return tally(row).events();
  }

  @Override
  public long firstAttempts(int row) {
    return tally(row).firstAttempts();
  }

  @Override
  public long judged(int row) {
    return tally(row).judged(kind);
  }

  @Override
  public long failures(int row) {
    return tally(row).judged(kind) - tally(row).successes(kind);
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    Tally tally = tally(row);
    facts.technicalFailures(tally.technicalFailures());
    for (Reason reason : REASONS) {
      facts.reason(reason, tally.reason(reason));
    }
    for (Tally.Amount amount : tally.amounts()) {
      facts.money(amount.currency(), amount.successCount(), amount.successSumMinor());
    }
    LatencySketch sketch = tally.latency();
    for (int i = 0; sketch != null && i < sketch.size(); i++) {
      facts.latency(sketch.bucket(i), sketch.countOf(i));
    }
  }

  private Tally tally(int row) {
    return rows.get(row).getValue();
  }
}
