package io.tillwatch.topology.detect;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How closely each KPI of each kind of event is watched, and what it is held to: as shipped, or as
 * a site's rules say.
 *
 * @param base what holds where no rule says otherwise
 * @param rules by name
 * @param files the site's own that it was read from; empty when it is of none, or not known
 * @param hash of the site's files, 12 hex digits: two plans of the same files under the same
 *     release are the same; what is shipped is not in it
 */
public record WatchPlan(
    WatchSettings base, Map<String, WatchRule> rules, List<RuleFile> files, String hash) {

  private static final String NO_FILES = RulesInForce.hash(List.of());

  /** Everything as shipped. */
  public static final WatchPlan DEFAULT = under(RuleBook.defaults());

  public WatchPlan {
    rules = Map.copyOf(rules);
    files = List.copyOf(files);
  }

  /**
   * As these files of a site say.
   *
   * @throws io.tillwatch.rules.source.InvalidRules with every problem in them
   */
  public static WatchPlan of(List<RuleFile> files) {
    WatchPlan plan = under(RuleBook.of(files));
    return new WatchPlan(plan.base, plan.rules, files, RulesInForce.hash(files));
  }

  /**
   * As some files of a site said, of which those without runbooks are left.
   *
   * @param rules of them all that are no runbook
   * @param hash of them all
   * @throws io.tillwatch.rules.source.InvalidRules with every problem in them
   */
  public static WatchPlan ofRulesAlone(List<RuleFile> rules, String hash) {
    WatchPlan plan = under(RuleBook.ofRulesAlone(rules));
    return new WatchPlan(plan.base, plan.rules, rules, hash);
  }

  /** The same for all. */
  public static WatchPlan uniform(WatchSettings settings) {
    return new WatchPlan(settings, Map.of(), List.of(), NO_FILES);
  }

  /** Each as sensitive as its rule says, with what the rules know beforehand. */
  public static WatchPlan under(RuleBook rules) {
    WatchSettings base = WatchSettings.DEFAULT.with(rules.calendar());
    return new WatchPlan(base, rules.watches(), List.of(), NO_FILES);
  }

  /** For the failures of a kind of event. */
  WatchSettings failures(EventKind kind) {
    return rule(kind, Measure.kpi(kind)).map(base::under).orElse(base);
  }

  /** For anything else of it: how few failures are enough is a matter of the KPI itself. */
  WatchSettings settings(EventKind kind, Kpi kpi) {
    return rule(kind, kpi)
        .map(rule -> base.withBudget(rule.falseAlarmEvery().toMinutes()))
        .orElse(base);
  }

  /** What holds the failures of a kind of event to something, by name. */
  List<WatchRule> ofFailures(EventKind kind) {
    List<WatchRule> found = new ArrayList<>(objectives(kind, Measure.kpi(kind)));
    found.addAll(objectives(kind, Kpi.TECHNICAL_SUCCESS_RATE));
    found.sort(Comparator.comparing(WatchRule::name));
    return found;
  }

  /** What holds the share of a reason to something, by name. */
  List<WatchRule> ofReason(EventKind kind, Reason reason) {
    return objectives(kind, Kpi.REASON_MIX).stream()
        .filter(rule ->
            rule.objective() != null
                && rule.objective().reason().equals(reason.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** What holds a KPI to something, by name. */
  List<WatchRule> objectives(EventKind kind, Kpi kpi) {
    return rules.values().stream()
        .filter(rule -> rule.objective() != null)
        .filter(rule -> rule.kind().name().equals(kind.name()))
        .filter(rule -> rule.kpi().name().equals(kpi.name()))
        .sorted(Comparator.comparing(WatchRule::name))
        .toList();
  }

  /** The rule that is named so, else the first by name. */
  private Optional<WatchRule> rule(EventKind kind, Kpi kpi) {
    WatchRule named = rules.get(Measure.rule(kind, kpi));
    return named != null && named.looks()
        ? Optional.of(named)
        : rules.values().stream()
            .filter(rule -> rule.kind().name().equals(kind.name()))
            .filter(rule -> rule.kpi().name().equals(kpi.name()))
            .filter(WatchRule::looks)
            .min(Comparator.comparing(WatchRule::name));
  }
}
