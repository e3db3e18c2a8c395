package io.tillwatch.rules.watch;

import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * One thing that is watched.
 *
 * @param name how bursts and incidents name it, for example {@code auth-success-rate}
 * @param kind kind of event
 * @param kpi what is measured
 * @param falseAlarmEvery mean time between two false alarms of this rule over all cells that is
 *     accepted: the sensitivity
 * @param failuresMin failures in the root cells since the onset below which nobody is woken
 * @param impact what its severity is judged by
 * @param worst level it is never judged worse than
 * @param pages whether it may wake somebody at all
 */
public record WatchRule(
    String name,
    Kind kind,
    Kpi kpi,
    Duration falseAlarmEvery,
    int failuresMin,
    ImpactBasis impact,
    Level worst,
    boolean pages) {

  /** What the severity of a watch is judged by. */
  public enum ImpactBasis {
    /** What is lost: approvals, captures, deliveries that did not happen. */
    LOST,
    /**
     * Traffic that runs through the root cells, though nothing is lost yet: slow, late, shifted.
     */
    AFFECTED
  }

  private static final Duration FALSE_ALARM_MIN = Duration.ofHours(1);
  private static final Duration FALSE_ALARM_MAX = Duration.ofDays(365);
  private static final int FAILURES_MAX = 1_000_000;

  /** Reads one. */
  public static WatchRule read(Fields fields) {
    WatchRule rule =
        new WatchRule(
            fields.text("name"),
            fields.oneOf("kind", Kind.class),
            fields.oneOf("kpi", Kpi.class),
            fields.duration("false-alarm-every", FALSE_ALARM_MIN, FALSE_ALARM_MAX),
            fields.integer("failures-min", 0, FAILURES_MAX),
            fields.oneOf("impact", ImpactBasis.class, ImpactBasis.LOST),
            fields.oneOf("worst", Level.class, Level.SEV1),
            fields.flag("pages", true));
    fields.end();
    return rule;
  }
}
