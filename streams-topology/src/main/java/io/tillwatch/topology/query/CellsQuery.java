package io.tillwatch.topology.query;

import io.tillwatch.schemas.card.Confidential;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cube.Rung;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What somebody asks of the cells, with every default filled in.
 *
 * @param kind kind of event
 * @param slice only events of this slice
 * @param by one cell per value of these
 * @param fromMillis start of the first minute, inclusive
 * @param toMillis end of the last minute, exclusive
 * @param step one cell per step of time
 * @param held what there is of that time
 * @param limit cells in the answer, at most
 */
record CellsQuery(
    EventKind kind,
    Slice slice,
    Set<Dimension> by,
    long fromMillis,
    long toMillis,
    Step step,
    Held held,
    int limit) {

  static final int LIMIT_DEFAULT = 1_000;
  static final int LIMIT_MAX = 10_000;

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Duration RANGE_DEFAULT = Duration.ofMinutes(15);

  /** Parameter names: the dimensions, and what shapes the answer. */
  static final SortedSet<String> PARAMETERS = parameterNames();

  private static SortedSet<String> parameterNames() {
    SortedSet<String> names = Parameters.names("kind", "by", "from", "to", "step", "limit");
    Dimension.ALL.forEach(dimension -> names.add(dimension.label()));
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * Reads and checks the parameters of a request.
   *
   * @param nowMillis the watermark: queries follow event time, so that replayed history is found
   * @param rungs how finely cells are kept in time, the finest first, and how long each
   */
  static CellsQuery parse(
      Map<String, List<String>> values, long nowMillis, SortedMap<Rung, Duration> rungs) {
    Parameters parameters = Parameters.of(values, PARAMETERS);
    long to =
        parameters
            .text("to")
            .map(t -> ceilMinute(QueryTime.parse("to", t, nowMillis)))
            .orElse(floorMinute(nowMillis) + MINUTE_MILLIS);
    long from =
        floorMinute(
            parameters
                .text("from")
                .map(t -> QueryTime.parse("from", t, nowMillis))
                .orElse(Math.max(0, to - RANGE_DEFAULT.toMillis())));
    Held.Clock clock = new Held.Clock(nowMillis, rungs);
    Step step = parameters.text("step").map(Step::of).orElseGet(() -> clock.finest(from, to));
    Held held = clock.held(step, from);
    long first = held.resolution().floor(from);
    long last = clock.held(step, to).resolution().ceil(to);
    checkRange(first, last, step);
    return new CellsQuery(
        parameters.kind(),
        slice(parameters),
        parameters.text("by").map(CellsQuery::dimensions).orElse(Set.of()),
        first,
        last,
        step,
        held,
        parameters.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX));
  }

  /** The dimensions an answer cannot do without. */
  Set<Dimension> dimensions() {
    EnumSet<Dimension> needed = EnumSet.noneOf(Dimension.class);
    needed.addAll(by);
    needed.addAll(slice.fixed());
    return needed;
  }

  /** The slice that the dimensions among the parameters name. */
  static Slice slice(Parameters parameters) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Dimension dimension : Dimension.ALL) {
      String label = dimension.label();
      parameters.text(label).ifPresent(value -> values.put(label, plain(label, value)));
    }
    return Slice.of(values);
  }

  /** The door keeps no such name: none is in the cube, and none belongs in an answer. */
  private static String plain(String label, String value) {
    if (Confidential.isIn(value)) {
      throw Refusal.badParameter(label, value, "no card number, address or secret");
    }
    return value;
  }

  private static Set<Dimension> dimensions(String commaSeparated) {
    EnumSet<Dimension> set = EnumSet.noneOf(Dimension.class);
    for (String label : commaSeparated.split(",", -1)) {
      set.add(
          Dimension.byLabel(label.strip())
              .orElseThrow(() -> Refusal.badParameter("by", label, "some of " + labels())));
    }
    return Collections.unmodifiableSet(set);
  }

  private static String labels() {
    return String.join(", ", Dimension.ALL.stream().map(Dimension::label).toList());
  }

  private static void checkRange(long from, long to, Step step) {
    if (from > to) {
      throw Refusal.badParameter(
          "from", QueryTime.format(from), "before to, which is " + QueryTime.format(to));
    }
    if (to - from > step.rangeMax().toMillis()) {
      throw new Refusal(
          RefusalReason.RANGE_TOO_LARGE,
          "from %s to %s is longer than %d days"
              .formatted(QueryTime.format(from), QueryTime.format(to), step.rangeMax().toDays()),
          "at most %d days at step=%s, or a wider step (%s)"
              .formatted(step.rangeMax().toDays(), step.label(), Step.labels()));
    }
  }

  static long floorMinute(long millis) {
    return millis - millis % MINUTE_MILLIS;
  }

  private static long ceilMinute(long millis) {
    return floorMinute(millis + MINUTE_MILLIS - 1);
  }
}
