package io.tillwatch.rules.watch;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is watched: how closely the detector looks at a KPI, how bursts of some slices are
 * judged, what the KPI is held to, or the first and the last together.
 *
 * @param name how bursts and incidents name it, for example {@code auth-success-rate}
 * @param kind kind of event
 * @param kpi what is measured
 * @param where the slices whose bursts it judges, each root cell of them; everything for all that
 *     no other watch of the kind and KPI says more of; for one with an objective, what that is
 *     about
 * @param objective what the KPI is held to whatever its past was; null for nothing
 * @param looks whether it says how closely the detector looks; it is of all slices then
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
    @Nullable Objective objective,
    boolean looks,
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

  /** Whether it judges the bursts that the detector finds in its slices. */
  public boolean judgesSlices() {
    return objective == null && !where.matchesAll();
  }

  /** Whether its bursts are those of its objective alone. */
  public boolean holdsAlone() {
    return objective != null && !looks;
  }

  /** Whether what the detector finds is called so, unless a watch of slices judges it. */
  public static boolean isOfDetector(String name) {
    for (Kind kind : Kind.values()) {
      for (Kpi kpi : Kpi.values()) {
        String usual = kind.name() + '-' + kpi.name();
        if (name.equals(usual.toLowerCase(Locale.ROOT).replace('_', '-'))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Reads one. How closely cells are looked at is said once for all of them, so that one that says
   * where has nothing to say of it.
   */
  public static WatchRule read(Fields fields) {
    Kind kind = fields.oneOf("kind", Kind.class);
    Kpi kpi = fields.oneOf("kpi", Kpi.class);
    boolean looks = fields.has("false-alarm-every");
    boolean holds = fields.has("objective");
    Matcher where = where(fields, looks);
    WatchRule rule =
        new WatchRule(
            fields.text("name"),
            kind,
            kpi,
            where,
            holds ? Objective.read(fields, kind, kpi, where.wanted().keySet()) : null,
            looks,
            looks || !holds && !fields.has("where")
                ? fields.duration("false-alarm-every", FALSE_ALARM_MIN, FALSE_ALARM_MAX)
                : FALSE_ALARM_MAX,
            fields.integer("failures-min", 0, FAILURES_MAX),
            fields.oneOf("impact", ImpactBasis.class, ImpactBasis.LOST),
            fields.oneOf("worst", Level.class, Level.SEV1),
            fields.flag("pages", true),
            fields.number("page-evidence", 1, PAGE_EVIDENCE_MAX, 0));
    if (fields.has("each") && !holds) {
      fields.problem("each", "it without objective", "it beside what each is held to");
    }
    if (rule.holdsAlone() && isOfDetector(rule.name())) {
      fields.problem(
          "name",
          "'" + rule.name() + "' without false-alarm-every",
          "another name: what the detector finds is called so");
    }
    fields.end("where", "each", "objective", "false-alarm-every");
    return rule;
  }

  private static Matcher where(Fields fields, boolean looks) {
    if (!fields.has("where")) {
      return Matcher.ANY;
    }
    Matcher where = Matcher.readPlace(fields.mapping("where"));
    if (where.matchesAll()) {
      fields.problem("where", "{}", "dimensions with their values, or no where");
    }
    if (looks) {
      fields.problem(
          "false-alarm-every",
          "it beside where",
          "it on the watch of all slices: the detector looks at all of them alike");
    }
    return where;
  }
}
