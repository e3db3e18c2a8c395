package io.tillwatch.rules.playbook;

import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an incident, in the terms playbooks speak of.
 *
 * @param kind kind of event of the root cells
 * @param kpi what was measured
 * @param rootCell the strongest root cell, value by dimension; an absent dimension is rolled up
 * @param observed observed value of the KPI since the onset
 * @param expected expected value, in the same unit
 * @param technicalBefore share of errors and timeouts before the onset, 0 to 1
 * @param technicalSince share since
 * @param reasons decline reasons that moved
 * @param latencyBeforeMillis p95 before; 0 when not measured
 * @param latencySinceMillis p95 since; 0 when not measured
 * @param trafficRatio judged events per minute since the onset over those of the hour before; 1
 *     when not known
 * @param ticketRatio average ticket of what succeeded since over that before; 1 when not known
 * @param retries share of attempts that were not the first of their payment; null when not known
 * @param rateEffect part of the change that is the rate's
 * @param mixEffect part of the change that is the mix's
 * @param foundAfter from onset to detection
 * @param healthySiblings neighbours of the root cell that do well, value by dimension
 * @param related kinds of event with a burst of their own in this incident
 * @param changes types of our own changes that touch the root cell shortly before the onset, lower
 *     case
 * @param notices indicators of the PSP's own notices around the onset, lower case
 */
public record Observations(
    Kind kind,
    Kpi kpi,
    Map<String, String> rootCell,
    double observed,
    double expected,
    double technicalBefore,
    double technicalSince,
    List<ReasonMove> reasons,
    double latencyBeforeMillis,
    double latencySinceMillis,
    double trafficRatio,
    double ticketRatio,
    @Nullable Move retries,
    double rateEffect,
    double mixEffect,
    Duration foundAfter,
    List<Map<String, String>> healthySiblings,
    Set<Kind> related,
    List<String> changes,
    List<String> notices) {

  private static final Set<Kpi> SUCCESSES =
      Set.of(Kpi.SUCCESS_RATE, Kpi.TECHNICAL_SUCCESS_RATE, Kpi.CAPTURE_SUCCESS);

  public Observations {
    rootCell = Map.copyOf(rootCell);
    reasons = List.copyOf(reasons);
    healthySiblings = List.copyOf(healthySiblings);
    related = Set.copyOf(related);
    changes = List.copyOf(changes);
    notices = List.copyOf(notices);
  }

  /**
   * Whether first attempts fail no more than is expected of all, were each retry a failure; false
   * when what was measured is no rate of successes.
   *
   * @param retried share of attempts that are retries, 0 to 1
   */
  boolean firstAttemptsDoAsExpected(double retried) {
    return SUCCESSES.contains(kpi) && 1 - observed - retried <= (1 - retried) * (1 - expected);
  }

  /** A share before and since the onset, 0 to 1. */
  public record Move(double before, double since) {}

  /**
   * Share of one decline reason before and since the onset.
   *
   * @param reason lower case, for example {@code gateway_error}
   */
  public record ReasonMove(String reason, double before, double since) {}
}
