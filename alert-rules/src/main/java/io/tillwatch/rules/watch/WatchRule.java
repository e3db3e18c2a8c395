package io.tillwatch.rules.watch;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;
import java.time.Duration;

/**
 * One thing that is watched.
 *
 * @param name how bursts and incidents name it, for example {@code auth-success-rate}
 * @param kind kind of event
 * @param kpi what is measured
 * @param where the slices whose bursts it judges, each root cell of them; everything for all that
 *     no other watch of the kind and KPI says more of
 * @param falseAlarmEvery mean time between two false alarms of this rule over all cells that is
 *     accepted: the sensitivity
 * @param failuresMin failures in the root cells since the onset below which nobody is woken
 * @param impact what its severity is judged by
 * @param worst level it is never judged worse than
 * @param pages whether it may wake somebody at all
 * @param pageEvidence what the test must exceed its threshold by before somebody is woken, as a
 *     factor; 0 for what the section on paging says
 */
public record WatchRule(
    String name,
    Kind kind,
    Kpi kpi,
    Matcher where,
    Duration falseAlarmEvery,
    int failuresMin,
    ImpactBasis impact,
    Level worst,
    boolean pages,
    double pageEvidence) {

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
  private static final double PAGE_EVIDENCE_MAX = 10;

  /**
   * Reads one. How closely cells are looked at is said once for all of them, so that one that says
   * where has nothing to say of it.
   */
  public static WatchRule read(Fields fields) {
    boolean ofSome = fields.has("where");
    Matcher where = ofSome ? Matcher.readPlace(fields.mapping("where")) : Matcher.ANY;
    if (ofSome && where.matchesAll()) {
      fields.problem("where", "{}", "dimensions with their values, or no where");
    }
    if (ofSome && fields.has("false-alarm-every")) {
      fields.problem(
          "false-alarm-every",
          "it beside where",
          "it on the watch of all slices: the detector looks at all of them alike");
    }
    WatchRule rule =
        new WatchRule(
            fields.text("name"),
            fields.oneOf("kind", Kind.class),
            fields.oneOf("kpi", Kpi.class),
            where,
            ofSome
                ? FALSE_ALARM_MAX
                : fields.duration("false-alarm-every", FALSE_ALARM_MIN, FALSE_ALARM_MAX),
            fields.integer("failures-min", 0, FAILURES_MAX),
            fields.oneOf("impact", ImpactBasis.class, ImpactBasis.LOST),
            fields.oneOf("worst", Level.class, Level.SEV1),
            fields.flag("pages", true),
            fields.number("page-evidence", 1, PAGE_EVIDENCE_MAX, 0));
    fields.end("where", "false-alarm-every");
    return rule;
  }
}
