package io.tillwatch.standalone.rules;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.calendar.Occasion;
import io.tillwatch.rules.calendar.Planned;
import io.tillwatch.rules.paging.PagingRules;
import io.tillwatch.rules.route.Route;
import io.tillwatch.rules.route.Routing;
import io.tillwatch.rules.route.Target;
import io.tillwatch.rules.severity.SeverityStep;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.suppress.Inhibition;
import io.tillwatch.rules.suppress.Silence;
import io.tillwatch.rules.suppress.SuppressionRules;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rules explain}: what is watched, and when somebody is told and woken. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Tells what is watched, how sensitively, and when somebody is told and woken.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "1:the rules cannot be used", "2:wrong usage, or no such file"},
    footer = {"", "Example:", "  tillwatch rules explain site.yaml"})
final class ExplainRules implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private RuleFiles files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return files.tell(out, rules -> explain(rules, out));
  }

  private static void explain(RuleBook rules, PrintWriter out) {
    watches(rules, out);
    out.println();
    severity(rules, out);
    paging(rules.paging(), out);
    routing(rules.routing(), out);
    suppression(rules.suppression(), out);
    calendar(rules, out);
  }

  private static void watches(RuleBook rules, PrintWriter out) {
    Table table =
        new Table(
            "WATCH", "WHERE", "FALSE ALARM EVERY", "FAILURES", "SEVERITY BY", "AT WORST", "PAGES");
    for (WatchRule rule : new TreeMap<>(rules.watches()).values()) {
      table.row(
          rule.name(),
          rule.where().matchesAll() ? "everywhere" : rule.where().toString(),
          rule.looks()
              ? words(rule.falseAlarmEvery())
              : rule.holdsAlone() ? "objective" : "as everywhere",
          Integer.toString(rule.failuresMin()),
          rule.impact() == WatchRule.ImpactBasis.LOST ? "what is lost" : "traffic affected",
          label(rule.worst()),
          pages(rule, rules.paging()));
    }
    table.print(out);
    for (WatchRule rule : new TreeMap<>(rules.watches()).values()) {
      if (rule.objective() != null) {
        out.println(
            text(
                "objective %s: %s of %s, %s",
                rule.name(),
                label(rule.kpi()),
                label(rule.kind()),
                rule.objective().text(rule.kpi())));
      }
    }
  }

  /** Both must hold: how sure, and how bad. */
  private static String pages(WatchRule rule, PagingRules paging) {
    if (!rule.pages()) {
      return "never";
    }
    if (!rule.worst().atLeast(paging.pageFrom())) {
      return "never: " + label(rule.worst()) + " at worst";
    }
    return "from "
        + label(paging.pageFrom())
        + (rule.pageEvidence() > 0 ? ", " + number(rule.pageEvidence()) + " times sure" : "");
  }

  private static void severity(RuleBook rules, PrintWriter out) {
    for (SeverityStep step : rules.severity().steps()) {
      out.println(
          text(
              "%s from %s lost a minute, or %s %% of all traffic of its kind, or a minute's %s",
              label(step.level()),
              number(step.lostPerMinute()),
              number(100 * step.shareLost()),
              amounts(step.amountPerMinuteMinor())));
    }
    out.println(
        text(
            "a share counts from %s lost a minute; what reaches no step is sev4",
            number(rules.severity().shareCountsFrom())));
  }

  private static String amounts(Map<String, Long> minor) {
    return new TreeMap<>(minor)
        .entrySet().stream()
            .map(each -> amount(each.getKey(), each.getValue()))
            .collect(Collectors.joining(" or "));
  }

  private static String amount(String currency, long minor) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    return text("%s %,." + digits + "f", currency, BigDecimal.valueOf(minor, digits));
  }

  private static void paging(PagingRules paging, PrintWriter out) {
    out.println(
        text(
            "chat and ticket hear of %s and worse; somebody is woken from %s on, when the evidence"
                + " is %s times its threshold and enough has failed",
            label(paging.notifyFrom()), label(paging.pageFrom()), number(paging.pageEvidence())));
  }

  private static void routing(Routing routing, PrintWriter out) {
    out.println("told at " + destinations(routing.otherwise()) + " unless a route says otherwise");
    for (Route route : routing.routes()) {
      out.println(
          text("route %s: %s to %s", route.name(), route.match(), destinations(route.to())));
    }
  }

  private static String destinations(Map<Target, String> names) {
    return names.isEmpty()
        ? "the default of pager, ticket and chat"
        : new TreeMap<>(names)
            .entrySet().stream()
                .map(each -> each.getKey().label() + " " + each.getValue())
                .collect(Collectors.joining(", "));
  }

  private static void suppression(SuppressionRules rules, PrintWriter out) {
    for (Silence silence : rules.silences()) {
      out.println(
          text(
              "silence %s: %s%s is not told from %s until %s, %s wants it: %s",
              silence.name(),
              silence.match(),
              silence.upTo() == null ? "" : " up to " + label(silence.upTo()),
              silence.from(),
              silence.until(),
              silence.author(),
              silence.reason()));
    }
    for (Inhibition inhibition : rules.inhibitions()) {
      out.println(
          text(
              "inhibition %s: %s is not told while %s is%s%s: %s",
              inhibition.name(),
              inhibition.target(),
              inhibition.source(),
              inhibition.equal().isEmpty()
                  ? ""
                  : " at the same " + String.join(" and ", new TreeSet<>(inhibition.equal())),
              inhibition.within() ? " and holds it" : "",
              inhibition.reason()));
    }
    out.println("what each swallowed: tillwatch query suppressions");
  }

  private static void calendar(RuleBook rules, PrintWriter out) {
    planned("work planned", rules.calendar().maintenance(), out);
    planned("holiday", rules.calendar().holidays(), out);
  }

  private static void planned(String what, List<Planned> all, PrintWriter out) {
    for (Planned planned : all) {
      out.println(
          text(
              "%s: %s, %s, %s",
              what, planned.name(), where(planned.slice()), when(planned.occasion())));
    }
  }

  private static String where(Map<String, String> slice) {
    return slice.isEmpty()
        ? "everywhere"
        : new TreeMap<>(slice)
            .entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
  }

  private static String when(Occasion occasion) {
    return switch (occasion) {
      case Occasion.Once once -> text("from %s until %s", once.from(), once.until());
      case Occasion.Weekly weekly ->
          text(
              "%s at %s for %s, %s",
              weekly.days().size() == 7 ? "every day" : days(weekly),
              weekly.at(),
              words(weekly.length()),
              weekly.zone());
      case Occasion.Days days ->
          text(
              "on %s, %s",
              new TreeSet<>(days.dates())
                  .stream().map(Object::toString).collect(Collectors.joining(", ")),
              days.zone());
    };
  }

  private static String days(Occasion.Weekly weekly) {
    return new TreeSet<>(weekly.days())
        .stream()
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  private static String words(Duration length) {
    return Fields.written(length);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? text("%,.0f", value) : text("%s", value);
  }

  private static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
