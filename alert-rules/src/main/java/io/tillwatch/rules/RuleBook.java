package io.tillwatch.rules;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.rules.incident.RecoveryRules;
import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.paging.Attention;
import io.tillwatch.rules.paging.Impact;
import io.tillwatch.rules.paging.Judgement;
import io.tillwatch.rules.paging.JudgementReason;
import io.tillwatch.rules.paging.PagingRules;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Classification;
import io.tillwatch.rules.playbook.Observations;
import io.tillwatch.rules.playbook.Playbooks;
import io.tillwatch.rules.route.Routing;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.severity.Loss;
import io.tillwatch.rules.severity.SeveritySteps;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.suppress.SuppressionRules;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.rules.watch.WatchRule.ImpactBasis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a site decides for itself, read and checked. Immutable and thread-safe.
 *
 * @param watches by name
 * @param severity steps of impact
 * @param paging who is told
 * @param routing where they are told
 * @param suppression what keeps them from being told
 * @param recovery when an incident is over
 * @param correlation what is near in time
 * @param calendar what is known beforehand
 * @param playbooks patterns of the incident classes
 * @param runbooks by name
 */
public record RuleBook(
    Map<String, WatchRule> watches,
    SeveritySteps severity,
    PagingRules paging,
    Routing routing,
    SuppressionRules suppression,
    RecoveryRules recovery,
    CorrelationRules correlation,
    Calendar calendar,
    Playbooks playbooks,
    Map<String, Runbook> runbooks) {

  /** What an unforeseen burst is judged by: it may page, though not as the worst. */
  private static final WatchRule UNFORESEEN =
      new WatchRule(
          "unforeseen",
          Kind.AUTH,
          Kpi.UNKNOWN,
          Matcher.ANY,
          null,
          true,
          Duration.ofDays(7),
          12,
          ImpactBasis.LOST,
          Level.SEV2,
          true,
          0);

  public RuleBook {
    watches = Map.copyOf(watches);
    runbooks = Map.copyOf(runbooks);
  }

  /** What is shipped. */
  public static RuleBook defaults() {
    return load(List.of());
  }

  /**
   * What is shipped, overlaid by these files, or those in these folders: rules in YAML, runbooks
   * ending in {@code .md}.
   *
   * @throws InvalidRules with every problem in them
   * @throws java.io.UncheckedIOException when a file cannot be read
   */
  public static RuleBook load(List<Path> files) {
    return of(RuleFile.readAll(files));
  }

  /**
   * What is shipped, overlaid by these files.
   *
   * @throws InvalidRules with every problem in them
   */
  public static RuleBook of(List<RuleFile> files) {
    return RuleBookReader.read(files);
  }

  /**
   * The same of files without their runbooks: those that the rules name are taken to exist.
   *
   * @throws InvalidRules with every problem in them
   */
  public static RuleBook ofRulesAlone(List<RuleFile> files) {
    return RuleBookReader.readRulesAlone(files);
  }

  /**
   * The JSON Schema (2020-12) of rule files, so that editors complete and check. What it cannot say
   * (names that refer to each other, bounds of durations) is said by {@link #load}.
   */
  public static String jsonSchema() {
    return Shipped.file(Shipped.SCHEMA).text();
  }

  /** The watch of all slices of a kind and KPI, if one watches it. */
  public Optional<WatchRule> watch(Kind kind, Kpi kpi) {
    return watches.values().stream()
        .filter(rule -> rule.looks() && rule.kind() == kind && rule.kpi() == kpi)
        .findFirst();
  }

  /**
   * Name of the watch that a burst is judged by: the one whose objective is broken, that of its
   * slices which says most of where, else the one that found it.
   */
  public String ruleName(Impact impact) {
    return ruleOfSome(impact).map(WatchRule::name).orElse(impact.rule());
  }

  private Optional<WatchRule> ruleOfSome(Impact impact) {
    WatchRule named = watches.get(impact.rule());
    if (named != null && named.holdsAlone()) {
      return Optional.of(named);
    }
    return watches.values().stream()
        .filter(rule -> rule.kind() == impact.kind() && rule.kpi() == impact.kpi())
        .filter(WatchRule::judgesSlices)
        .filter(rule -> rule.where().everywhere(impact.slices()))
        .max(
            Comparator.comparingInt((WatchRule rule) -> rule.where().wanted().size())
                .thenComparing(WatchRule::name, Comparator.reverseOrder()));
  }

  /** What broke, most likely. */
  public Classification classify(Observations seen) {
    return playbooks.classify(seen);
  }

  /** How much it hurts, and whether somebody is woken: only when it is both sure and worth it. */
  public Judgement judge(Impact impact, Classification classification) {
    WatchRule rule = ruleOf(impact);
    Level level = severity.levelOf(lossOf(rule, impact)).noWorseThan(rule.worst());
    if (classification.informational()) {
      return new Judgement(Level.SEV4, Attention.WATCH, JudgementReason.INFORMATIONAL_CLASS);
    }
    if (!level.atLeast(paging.notifyFrom())) {
      return new Judgement(level, Attention.WATCH, JudgementReason.NOT_WORTH_TELLING);
    }
    JudgementReason reason = reasonToPage(rule, impact, level);
    return new Judgement(level, attention(reason), reason);
  }

  private JudgementReason reasonToPage(WatchRule rule, Impact impact, Level level) {
    if (impact.failures() < rule.failuresMin()) {
      return JudgementReason.TOO_LITTLE_EVIDENCE;
    }
    double sure = rule.pageEvidence() > 0 ? rule.pageEvidence() : paging.pageEvidence();
    if (impact.evidence() < sure) {
      return JudgementReason.NOT_SURE_ENOUGH;
    }
    if (!rule.pages()) {
      return JudgementReason.RULE_NEVER_PAGES;
    }
    return level.atLeast(paging.pageFrom())
        ? JudgementReason.SURE_AND_WORTH_WAKING
        : JudgementReason.NOT_WORTH_WAKING;
  }

  private static Attention attention(JudgementReason reason) {
    return switch (reason) {
      case SURE_AND_WORTH_WAKING -> Attention.PAGE;
      case NOT_WORTH_WAKING, RULE_NEVER_PAGES -> Attention.NOTIFY;
      case NOT_WORTH_TELLING, NOT_SURE_ENOUGH, TOO_LITTLE_EVIDENCE, INFORMATIONAL_CLASS ->
          Attention.WATCH;
    };
  }

  private WatchRule ruleOf(Impact impact) {
    Optional<WatchRule> ofSome = ruleOfSome(impact);
    if (ofSome.isPresent()) {
      return ofSome.get();
    }
    WatchRule named = watches.get(impact.rule());
    return named != null && named.looks()
        ? named
        : watch(impact.kind(), impact.kpi()).orElse(UNFORESEEN);
  }

  private static Loss lossOf(WatchRule rule, Impact impact) {
    return rule.impact() == ImpactBasis.LOST
        ? impact.loss()
        : new Loss(Math.max(1, impact.loss().perMinute()), impact.shareOfTraffic(), Map.of());
  }

  /**
   * The runbook of an incident: one that is written for its class at its PSP, the first by name, or
   * else the playbook's.
   *
   * @param psp the PSP of the root cell; empty when it is rolled up
   */
  public Runbook runbook(Cause cause, String psp) {
    return runbooks.values().stream()
        .filter(runbook -> runbook.isFor(cause, psp))
        .min(Comparator.comparing(Runbook::name))
        .orElseGet(() -> Objects.requireNonNull(runbooks.get(playbooks.of(cause).runbook())));
  }
}
