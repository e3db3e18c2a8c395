package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.Rung;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.WorstCell;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Port to what this instance holds of the cube. Reads may run at any time from any thread and see
 * what is not yet committed; {@link Progress#settledToMillis} says up to where that cannot matter.
 *
 * <p>Every method throws {@link Refusal#rebalancing} when the stores are closed or elsewhere.
 */
public interface CubeQueries {

  /** The sets of dimensions that cells are stored for; one of them has all dimensions. */
  List<Set<Dimension>> cuboids();

  /** How finely cells are kept in time, the finest first, and how long each. */
  SortedMap<Rung, Duration> rungs();

  /** How far the cube of a kind has come. */
  Progress progress(EventKind kind);

  /**
   * Hands over the stored cells of one cuboid, in any order, each event in one of them, until the
   * visitor has enough. Cells outside of the slice may be left out; the visitor is told how many,
   * so that it knows what was read.
   */
  void scan(CellScan scan, CellVisitor visitor);

  /** Values of each dimension, sorted, of the cells still held; at most so many per dimension. */
  SortedMap<Dimension, SortedSet<String>> members(EventKind kind, int limitPerDimension);

  /** The slices that are furthest below their expectation now, worst first. */
  List<WorstCell> worst(EventKind kind, int limit);

  /**
   * Why a cell did or did not fire in a minute.
   *
   * @param minuteMillis start of the minute; the last closed one when empty
   * @return empty when that minute is not held, or none was closed yet
   */
  Optional<Explanation> explain(
      EventKind kind, Aspect aspect, Slice slice, OptionalLong minuteMillis);

  /** What the ingest tasks that run in this instance have counted. */
  IngestShare ingest();

  /**
   * What to read.
   *
   * @param kind kind of event
   * @param cuboid one of {@link #cuboids()}
   * @param slice only cells that it covers are wanted
   * @param fromMillis start of the first minute, inclusive
   * @param toMillis end of the last minute, exclusive
   * @param coarsest cells may cover so much time, where they are within the range
   */
  record CellScan(
      EventKind kind,
      Set<Dimension> cuboid,
      Slice slice,
      long fromMillis,
      long toMillis,
      Rung coarsest) {}

  /** Receives cells. The tally is the visitor's only until it returns. */
  @FunctionalInterface
  interface CellVisitor {
    /** Returns whether to go on. */
    boolean cell(long startMillis, Slice slice, Tally tally);

    /** So many stored cells were read and left out; returns whether to go on. */
    default boolean passed(int cells) {
      return true;
    }
  }

  /**
   * How far the cube of a kind has come, in event time; 0 before the first event.
   *
   * @param watermarkMillis up to here the input has been seen
   * @param settledToMillis minutes that end here or before are closed and too old for late events
   * @param standby whether this is a copy that follows the owner
   */
  record Progress(long watermarkMillis, long settledToMillis, boolean standby) {}

  /**
   * One instance's part of the ingest tallies.
   *
   * @param partitions the ingest tasks counted, by partition
   * @param byKind their counts, added up
   */
  record IngestShare(Set<Integer> partitions, Map<EventKind, IngestCounts> byKind) {

    /** The share of nobody. */
    static final IngestShare NONE = new IngestShare(Set.of(), Map.of());

    /**
     * This share and another instance's.
     *
     * @throws Refusal rebalancing, when both have counted a partition: it is moving
     */
    IngestShare plus(IngestShare other) {
      Set<Integer> all = new TreeSet<>(partitions);
      for (Integer partition : other.partitions) {
        if (!all.add(partition)) {
          throw Refusal.rebalancing("ingest partition %d is moving".formatted(partition));
        }
      }
      Map<EventKind, IngestCounts> sum = new EnumMap<>(EventKind.class);
      sum.putAll(byKind);
      other.byKind.forEach((kind, counts) -> sum.merge(kind, counts, IngestCounts::plus));
      return new IngestShare(all, sum);
    }
  }
}
