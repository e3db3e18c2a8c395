package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.detect.LeafFacts;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.util.SortedMap;

/** The leaf cells of a minute, closed or not, as the watch reads them: the table itself. */
record CountedMinute(
    EventKind kind, CellTable leaves, Numbering numbering, SortedMap<String, Long> causes)
    implements MinuteLeaves {

  @Override
  public int size() {
    return leaves.size();
  }

  @Override
  public long epoch() {
    return numbering.epoch();
  }

  @Override
  public int number(int row) {
    return leaves.sliceAt(row);
  }

  @Override
  public Slice slice(int row) {
    return numbering.index().slice(leaves.sliceAt(row));
  }

  @Override
  public long events(int row) {
    return leaves.events(row);
  }

  @Override
  public long firstAttempts(int row) {
    return leaves.firstAttempts(row);
  }

  @Override
  public long judged(int row) {
    return leaves.successes(row, kind) + leaves.failures(row, kind);
  }

  @Override
  public long failures(int row) {
    return leaves.failures(row, kind);
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    facts.technicalFailures(leaves.technicalFailures(row));
    leaves.details(row, new Told(facts, numbering.index().currencies()));
  }

  private record Told(LeafFacts facts, Dictionary currencies) implements CellTable.Details {

    @Override
    public void reason(Reason reason, long count) {
      facts.reason(reason, count);
    }

    @Override
    public void money(int currency, long successes, long successSumMinor) {
      facts.money(currencies.value(currency), successes, successSumMinor);
    }

    @Override
    public void latency(int bucket, long count) {
      facts.latency(bucket, count);
    }
  }
}
