package io.tillwatch.rules;

import io.tillwatch.rules.calendar.Calendar;
import io.tillwatch.rules.calendar.Planned;
import io.tillwatch.rules.incident.CorrelationRules;
import io.tillwatch.rules.incident.RecoveryRules;
import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.paging.PagingRules;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Playbook;
import io.tillwatch.rules.playbook.Playbooks;
import io.tillwatch.rules.route.Routing;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.rules.severity.SeveritySteps;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.source.Place;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.rules.source.YamlText;
import io.tillwatch.rules.suppress.Inhibition;
import io.tillwatch.rules.suppress.Silence;
import io.tillwatch.rules.suppress.SuppressionRules;
import io.tillwatch.rules.watch.WatchRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Layers of rule files on top of what is shipped: the site's own come last and win. */
final class RuleBookReader {

  private static final Set<String> SECTIONS =
      Set.of(
          "watches",
          "playbooks",
          "maintenance",
          "holidays",
          "silences",
          "inhibitions",
          "severity",
          "paging",
          "routing",
          "recovery",
          "correlation");

  private static final String RUNBOOK_ENDING = ".md";

  private final Problems problems = new Problems();
  private final Map<String, WatchRule> watches = new LinkedHashMap<>();
  private final Map<String, Planned> maintenance = new LinkedHashMap<>();
  private final Map<String, Planned> holidays = new LinkedHashMap<>();
  private final Map<Cause, Playbook> playbooks = new EnumMap<>(Cause.class);
  private final Map<String, Runbook> runbooks = new LinkedHashMap<>();
  private final Map<Cause, Place> runbookPlaces = new EnumMap<>(Cause.class);
  private final Map<String, Silence> silences = new LinkedHashMap<>();
  private final Map<String, Inhibition> inhibitions = new LinkedHashMap<>();
  private final List<WatchNamed> watchesNamed = new ArrayList<>();
  private final Map<String, Place> watchPlaces = new HashMap<>();
  private final Map<String, Place> definedInLayer = new HashMap<>();
  private @Nullable SeveritySteps severity;
  private @Nullable PagingRules paging;
  private @Nullable Routing routing;
  private @Nullable RecoveryRules recovery;
  private @Nullable CorrelationRules correlation;

  /** A watch that is spoken of, and where. */
  private record WatchNamed(Place place, String name) {}

  private RuleBookReader() {}

  static RuleBook read(List<RuleFile> siteFiles) {
    return layered(siteFiles).book();
  }

  static RuleBook readRulesAlone(List<RuleFile> siteFiles) {
    RuleBookReader reader = layered(siteFiles);
    reader.runbookPlaces.clear(); // nowhere a runbook is named that would have to be there
    return reader.book();
  }

  private static RuleBookReader layered(List<RuleFile> siteFiles) {
    RuleBookReader reader = new RuleBookReader();
    reader.layer(List.of(Shipped.file(Shipped.RULES), Shipped.file(Shipped.PLAYBOOKS)));
    reader.shippedRunbooks();
    reader.layer(siteFiles);
    return reader;
  }

  private void shippedRunbooks() {
    for (Cause cause : Cause.values()) {
      RuleFile file = Shipped.file(Shipped.RUNBOOKS + cause.label().replace('_', '-') + ".md");
      runbook(file);
    }
  }

  /** Within a layer everything is defined once; a later layer replaces what an earlier one says. */
  private void layer(List<RuleFile> files) {
    definedInLayer.clear();
    for (RuleFile file : files) {
      if (file.name().endsWith(RUNBOOK_ENDING)) {
        runbook(file);
      } else {
        YamlText.read(file.name(), file.text(), problems)
            .ifPresent(mapping -> sections(new Fields(mapping, problems)));
      }
    }
  }

  private void runbook(RuleFile file) {
    Runbook.read(file.name(), file.text(), problems)
        .ifPresent(runbook -> runbooks.put(runbook.name(), runbook));
  }

  private void sections(Fields file) {
    for (Fields each : file.mappingsIfAny("watches")) {
      WatchRule rule = WatchRule.read(each);
      once("watch " + rule.name(), each.place());
      watchPlaces.put(rule.name(), each.place("name"));
      watches.put(rule.name(), rule);
    }
    for (Fields each : file.mappingsIfAny("playbooks")) {
      Playbook playbook = Playbooks.read(each);
      once("playbook " + playbook.cause().label(), each.place());
      runbookPlaces.put(playbook.cause(), each.place("runbook"));
      playbooks.put(playbook.cause(), playbook);
    }
    for (Fields each : file.mappingsIfAny("maintenance")) {
      plan("maintenance", Planned.readWork(each), maintenance, each.place());
    }
    for (Fields each : file.mappingsIfAny("holidays")) {
      plan("holiday", Planned.readHoliday(each), holidays, each.place());
    }
    suppressions(file);
    severity = section(file, "severity", SeveritySteps::read, severity);
    paging = section(file, "paging", PagingRules::read, paging);
    routing = section(file, "routing", this::routing, routing);
    recovery = section(file, "recovery", RecoveryRules::read, recovery);
    correlation = section(file, "correlation", CorrelationRules::read, correlation);
    file.end(SECTIONS);
  }

  private void suppressions(Fields file) {
    for (Fields each : file.mappingsIfAny("silences")) {
      Silence silence = SuppressionRules.readSilence(each);
      once("silence " + silence.name(), each.place());
      noteWatches(each, "match");
      silences.put(silence.name(), silence);
    }
    for (Fields each : file.mappingsIfAny("inhibitions")) {
      String name = each.text("name");
      once("inhibition " + name, each.place());
      SuppressionRules.readInhibition(each)
          .ifPresentOrElse(
              inhibition -> inhibitions.put(name, inhibition), () -> inhibitions.remove(name));
      noteWatches(each, "source");
      noteWatches(each, "target");
    }
    atMost(file, "silences", silences.size(), SuppressionRules.SILENCES_MAX);
    atMost(file, "inhibitions", inhibitions.size(), SuppressionRules.INHIBITIONS_MAX);
  }

  private static void atMost(Fields file, String section, int count, int most) {
    if (file.has(section) && count > most) {
      file.problem(section, "%d %s altogether".formatted(count, section), most + " at most");
    }
  }

  private Routing routing(Fields section) {
    Routing read = Routing.read(section);
    if (section.has("routes")) {
      section.mappings("routes").forEach(route -> noteWatches(route, "match"));
    }
    return read;
  }

  /** Names of watches are checked when all are known. */
  private void noteWatches(Fields rule, String matcher) {
    if (rule.has(matcher)) {
      Fields traits = rule.mapping(matcher);
      if (traits.has(Matcher.RULE)) {
        traits
            .texts(Matcher.RULE)
            .forEach(name -> watchesNamed.add(new WatchNamed(traits.place(Matcher.RULE), name)));
      }
    }
  }

  /** What no watch of some slices judges must be judged by one of all. */
  private void checkWatchesOfAll() {
    watches.values().stream()
        .filter(WatchRule::judgesSlices)
        .filter(rule ->
            watches.values().stream()
                .noneMatch(
                    all -> all.looks() && all.kind() == rule.kind() && all.kpi() == rule.kpi()))
        .forEach(rule ->
            problems.add(
                Objects.requireNonNull(watchPlaces.get(rule.name())),
                "'" + rule.name() + "' and no watch of all slices of its kind and KPI",
                "another name: this one takes the place of a shipped watch"));
  }

  private void checkWatchesNamed() {
    for (WatchNamed named : watchesNamed) {
      if (!named.name().isEmpty() && !watches.containsKey(named.name())) {
        problems.add(
            named.place(),
            "'" + named.name() + "'",
            "the name of a watch; 'tillwatch rules explain' lists them");
      }
    }
  }

  private void plan(String what, Planned planned, Map<String, Planned> plans, Place place) {
    once(what + ' ' + planned.name(), place);
    plans.put(planned.name(), planned);
  }

  private <T> @Nullable T section(
      Fields file, String name, Function<Fields, T> read, @Nullable T shipped) {
    if (!file.has(name)) {
      return shipped;
    }
    once("section " + name, file.place(name));
    return read.apply(file.mapping(name));
  }

  private void once(String what, Place place) {
    Place before = definedInLayer.putIfAbsent(what, place);
    if (before != null) {
      problems.add(place, what + " again", "one; it is at " + before);
    }
  }

  private void checkRunbooks() {
    playbooks.forEach((cause, playbook) -> {
      Place place = runbookPlaces.get(cause);
      if (place != null && !runbooks.containsKey(playbook.runbook())) {
        problems.add(
            place,
            "'" + playbook.runbook() + "'",
            "a runbook that exists, or a file " + playbook.runbook() + ".md beside the rules");
      }
    });
  }

  private RuleBook book() {
    checkRunbooks();
    checkWatchesNamed();
    checkWatchesOfAll();
    problems.throwIfAny();
    return new RuleBook(
        watches,
        shipped(severity),
        shipped(paging),
        routing == null ? Routing.NONE : routing,
        new SuppressionRules(List.copyOf(silences.values()), List.copyOf(inhibitions.values())),
        shipped(recovery),
        shipped(correlation),
        new Calendar(List.copyOf(maintenance.values()), List.copyOf(holidays.values())),
        new Playbooks(playbooks),
        runbooks);
  }

  private static <T> T shipped(@Nullable T section) {
    if (section == null) {
      throw new IllegalStateException("a section is missing in " + Shipped.RULES);
    }
    return section;
  }
}
