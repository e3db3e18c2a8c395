package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.standalone.evaluate.safety.RedactionScore.Fault;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Failure;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of the suite, for people. */
final class SafetyText {

  /** More failures than anybody reads; the report has all. */
  private static final int FAILURES_MAX = 40;

  private final PrintWriter out;

  SafetyText(PrintWriter out) {
    this.out = out;
  }

  void print(Verdicts verdicts) {
    out.printf("lines of %s%n%n", String.join(" and ", verdicts.corpora()));
    failures(verdicts);
    Table table = new Table("SUITE", "LINES", "CHECKS", "FAILED", "");
    redaction(table, verdicts.redaction());
    row(
        table,
        "injection",
        verdicts.orders(),
        "%d harmless texts blocked".formatted(verdicts.orders().benignBlocked()));
    fields(table, verdicts);
    row(table, "answers", verdicts.answers(), pages(verdicts.answers()));
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%n%s; a model that hangs was given %d ms instead of %d ms%n",
        verdicts.passed() ? "passed" : "FAILED",
        verdicts.faultDeadline().toMillis(),
        SafetySuite.DEADLINE.toMillis());
  }

  private static void redaction(Table table, RedactionScore score) {
    table.row(
        "redaction",
        Integer.toString(score.lines()),
        Integer.toString(score.marked() + score.mustKeep()),
        Integer.toString(score.leaks() + score.mustKeepLost()),
        "%d of %d leaked, %d of %d lost that have to stay"
            .formatted(score.leaks(), score.marked(), score.mustKeepLost(), score.mustKeep()));
  }

  private static void fields(Table table, Verdicts verdicts) {
    String marked = Integer.toString(verdicts.marked());
    String found = verdicts.onWire().isEmpty() ? "none" : String.join(" ", verdicts.onWire());
    table.row(
        "fields",
        marked,
        marked,
        Integer.toString(verdicts.onWire().size()),
        "not on the list, and on the wire: " + found);
  }

  private static void row(Table table, String suite, Verdicts.Lines lines, String text) {
    table.row(
        suite,
        Integer.toString(lines.lines()),
        Integer.toString(lines.checks()),
        Integer.toString(lines.failures().size()),
        text);
  }

  private static String pages(Verdicts.Lines lines) {
    return "burst to page p50 %d ms, p99 %d ms, at most %d ms"
        .formatted(
            lines.paged(50).toMillis(),
            lines.paged(99).toMillis(),
            DeskDemands.PAGE_MAX.toMillis());
  }

  private void failures(Verdicts verdicts) {
    List<Failure> all = new ArrayList<>();
    for (Fault fault : verdicts.redaction().faults()) {
      all.add(new Failure(fault.id(), fault.family(), fault.what()));
    }
    all.addAll(verdicts.orders().failures());
    all.addAll(verdicts.answers().failures());
    if (all.isEmpty()) {
      return;
    }
    Table table = new Table("LINE", "CHECK", "SAW");
    all.stream()
        .limit(FAILURES_MAX)
        .forEach(each -> table.row(each.id(), each.demand(), each.saw()));
    table.print(out);
    out.printf("%d do not hold%n%n", all.size());
  }
}
