package io.tillwatch.standalone.rulecase;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.LatencySketch;
import io.tillwatch.topology.detect.LeafFacts;
import io.tillwatch.topology.detect.MinuteLeaves;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A minute of a case's series of one kind, as the detector reads minutes. */
final class CaseMinute implements MinuteLeaves {

  /** A leaf with its number and the series that says what it counts. */
  private record Row(int number, Slice leaf, CaseSeries series) {}

  private final List<Row> all = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private int minute;
  private SortedMap<String, Long> causes = Collections.emptySortedMap();

  CaseMinute(EventKind kind, List<CaseSeries> series) {
    for (CaseSeries each : series) {
      if (each.kind() == kind) {
        each.leaves().forEach(leaf -> all.add(new Row(all.size(), leaf, each)));
      }
    }
  }

  /** Goes on to a minute. */
  void at(int number) {
    minute = number;
    rows.clear();
    all.stream().filter(row -> row.series().attempts(number) > 0).forEach(rows::add);
  }

  /** Says what the events of this minute are owed for. */
  void owedFor(SortedMap<String, Long> eventsByPsp) {
    causes = eventsByPsp;
  }

  /** Events of this minute by PSP. */
  SortedMap<String, Long> byPsp() {
    SortedMap<String, Long> events = new TreeMap<>();
    for (int row = 0; row < size(); row++) {
      String psp = slice(row).get(Dimension.PSP);
      events.merge(psp == null ? Slice.NONE : psp, events(row), Long::sum);
    }
    return events;
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
    return 1;
  }

  @Override
  public int number(int row) {
    return rows.get(row).number();
  }

  @Override
  public Slice slice(int row) {
    return rows.get(row).leaf();
  }

  @Override
  public long events(int row) {
    return rows.get(row).series().attempts(minute);
  }

  @Override
  public long firstAttempts(int row) {
    return events(row);
  }

  @Override
  public long judged(int row) {
    return events(row);
  }

  @Override
  public long failures(int row) {
    return events(row) - successes(row);
  }

  private long successes(int row) {
    return rows.get(row).series().columns().successes()[minute];
  }

  @Override
  public void facts(int row, LeafFacts facts) {
    CaseSeries series = rows.get(row).series();
    int[] technical = series.columns().technical();
    if (technical != null) {
      facts.technicalFailures(technical[minute]);
    }
    for (Map.Entry<Reason, int[]> reason : series.columns().reasons().entrySet()) {
      facts.reason(reason.getKey(), reason.getValue()[minute]);
    }
    series
        .ticketMinor()
        .forEach(
            (currency, ticket) -> facts.money(currency, successes(row), successes(row) * ticket));
    int[] millis = series.columns().latencyMillis();
    if (millis != null) {
      facts.latency(LatencySketch.bucketOf(millis[minute]), events(row));
    }
  }
}
