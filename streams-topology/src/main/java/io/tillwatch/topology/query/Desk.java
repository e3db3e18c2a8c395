package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.query.CubeQueries.Progress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/** Answers queries from what this instance holds. Thread-safe. */
final class Desk {

  static final int WORST_DEFAULT = 10;
  static final int WORST_MAX = 100;
  static final int MEMBERS_DEFAULT = 1_000;
  static final int MEMBERS_MAX = 10_000;

  private final CubeQueries cube;
  private final Instances instances;
  private final InstantSource clock;
  private final Gate gate;

  Desk(CubeQueries cube, Instances instances, InstantSource clock, Gate gate) {
    this.cube = cube;
    this.instances = instances;
    this.clock = clock;
    this.gate = gate;
  }

  CellsAnswer cells(Map<String, List<String>> values) {
    EventKind kind = Parameters.of(values, CellsQuery.PARAMETERS).kind();
    // Read before the cells: what they may still miss must not be called settled.
    Progress progress = cube.progress(kind);
    CellsQuery query = CellsQuery.parse(values, now(progress), cube.rungs());
    CellSums sums = gate.pass(() -> CellSums.of(query, cube));
    return CellsAnswer.of(query, sums, progress, clock.instant(), servedBy());
  }

  WorstAnswer worst(EventKind kind, int limit) {
    Progress progress = cube.progress(kind);
    List<WorstAnswer.Worst> cells =
        gate.pass(() -> cube.worst(kind, limit)).stream().map(WorstAnswer.Worst::of).toList();
    return new WorstAnswer(
        Parameters.label(kind), cells, Freshness.of(progress, clock.instant()), servedBy());
  }

  WhyAnswer why(Map<String, List<String>> values) {
    Parameters parameters = Parameters.of(values, WhyAnswer.PARAMETERS);
    EventKind kind = parameters.kind();
    Progress progress = cube.progress(kind);
    Aspect aspect = parameters.aspect(kind);
    Slice slice = CellsQuery.slice(parameters);
    Optional<String> at = parameters.text("at");
    OptionalLong minute =
        at.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                CellsQuery.floorMinute(QueryTime.parse("at", at.get(), now(progress))));
    Explanation explanation =
        gate.pass(() -> cube.explain(kind, aspect, slice, minute))
            .orElseThrow(() -> WhyAnswer.noSuchMinute(kind, at));
    return WhyAnswer.of(kind, explanation, Freshness.of(progress, clock.instant()), servedBy());
  }

  DimensionsAnswer dimensions(EventKind kind, int limit) {
    Progress progress = cube.progress(kind);
    SortedMap<Dimension, SortedSet<String>> members =
        gate.pass(() -> cube.members(kind, limit + 1));
    return new DimensionsAnswer(
        Parameters.label(kind),
        DimensionsAnswer.shown(members, limit),
        members.values().stream().anyMatch(values -> values.size() > limit),
        Freshness.of(progress, clock.instant()),
        servedBy());
  }

  IngestAnswer ingest() {
    return IngestAnswer.of(gate.pass(cube::ingest));
  }

  /** Queries follow event time; the clock stands in before the first event. */
  private long now(Progress progress) {
    long watermark = progress.watermarkMillis();
    return watermark == 0 ? clock.millis() : watermark;
  }

  private String servedBy() {
    return instances.self().toString();
  }
}
