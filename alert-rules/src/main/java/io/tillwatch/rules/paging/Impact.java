package io.tillwatch.rules.paging;

import io.tillwatch.rules.severity.Loss;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.util.List;
import java.util.Map;

/**
 * What a burst does, as far as judging it goes.
 *
 * @param rule name of the rule that watched
 * @param kind kind of event
 * @param kpi what was measured
 * @param slices its root cells, value by dimension
 * @param loss what goes lost per minute
 * @param shareOfTraffic part of all traffic of the kind that runs through the root cells, 0 to 1
 * @param failures failures in the root cells since the onset
 * @param evidence the sequential test's value over its threshold; 1 is just enough to be found
 */
public record Impact(
    String rule,
    Kind kind,
    Kpi kpi,
    List<Map<String, String>> slices,
    Loss loss,
    double shareOfTraffic,
    double failures,
    double evidence) {

  public Impact {
    slices = List.copyOf(slices);
  }
}
