package io.tillwatch.rules.match;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.util.List;
import java.util.Map;

/**
 * What rules tell incidents apart by.
 *
 * @param rule name of the watch whose burst leads it
 * @param kind kind of event
 * @param kpi what was measured
 * @param cause its class
 * @param owner whose it is to mend
 * @param severity how much it hurts
 * @param slices its root cells, value by dimension
 */
public record Traits(
    String rule,
    Kind kind,
    Kpi kpi,
    Cause cause,
    Party owner,
    Level severity,
    List<Map<String, String>> slices) {

  public Traits {
    slices = slices.stream().map(Map::copyOf).toList();
  }
}
