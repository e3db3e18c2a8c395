package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.schemas.cube.SliceEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An incident that must come of a case; what is null or empty is not looked at.
 *
 * @param incident what it must be at the end, and where each of its root cells must lie
 * @param where its root cells, exactly
 * @param times when it must be opened and resolved
 * @param paged whether somebody must be woken
 * @param routes where it must be told, by target
 * @param heldBackBy what must have held it back, exactly; null when that is not looked at
 */
record Expected(
    Matcher incident,
    Set<Map<String, String>> where,
    Times times,
    @Nullable Boolean paged,
    Map<String, String> routes,
    @Nullable Set<String> heldBackBy) {

  /**
   * When, from the start of the case.
   *
   * @param begins when what causes it begins
   * @param openedWithin how long after that it must be opened
   * @param resolvedBy when it must be resolved
   */
  record Times(
      @Nullable Duration begins, @Nullable Duration openedWithin, @Nullable Duration resolvedBy) {}

  Expected {
    where = Set.copyOf(where);
    routes = Map.copyOf(routes);
  }

  /** What is not as expected; empty when all is. */
  List<String> mismatches(Followed found, Instant start) {
    List<String> wrong = new ArrayList<>(incident.mismatches(found.traits()));
    Set<Map<String, String>> cells = new HashSet<>();
    found.incident().getRootCells().stream().map(SliceEvidence::getSlice).forEach(cells::add);
    if (!where.isEmpty() && !where.equals(cells)) {
      wrong.add("where: expected %s, found %s".formatted(where, cells));
    }
    checkTimes(found, start, wrong);
    if (paged != null && paged != found.paged()) {
      wrong.add("paged: expected %s, found %s".formatted(paged, found.paged()));
    }
    new TreeMap<>(routes)
        .forEach((target, name) -> {
          String route = found.route(target);
          if (!name.equals(route)) {
            wrong.add(
                "%s: expected %s, found %s"
                    .formatted(target, name, route == null ? "nothing sent" : "'" + route + "'"));
          }
        });
    if (heldBackBy != null && !heldBackBy.equals(found.heldBackBy())) {
      wrong.add(
          "held back by: expected %s, found %s"
              .formatted(new TreeSet<>(heldBackBy), found.heldBackBy()));
    }
    return wrong;
  }

  private void checkTimes(Followed found, Instant start, List<String> wrong) {
    Duration begins = times.begins();
    if (begins != null) {
      Instant from = start.plus(begins);
      Duration within = times.openedWithin();
      if (found.openedAt().isBefore(from)) {
        wrong.add("opened: expected after %s, found %s".formatted(from, found.openedAt()));
      } else if (within != null && found.openedAt().isAfter(from.plus(within))) {
        wrong.add(
            "opened: expected by %s, found %s".formatted(from.plus(within), found.openedAt()));
      }
    }
    Duration resolvedBy = times.resolvedBy();
    if (resolvedBy != null) {
      Instant resolved = found.resolvedAt();
      Instant by = start.plus(resolvedBy);
      if (resolved == null || resolved.isAfter(by)) {
        wrong.add(
            "resolved: expected by %s, found %s"
                .formatted(by, resolved == null ? "it still open" : resolved));
      }
    }
  }

  /** For people. */
  String text() {
    return where.isEmpty() ? incident.toString() : incident + " at " + where;
  }
}
