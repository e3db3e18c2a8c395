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
    RedactionScore redaction = verdicts.redaction();
    Table table = new Table("SUITE", "LINES", "CHECKS", "FAILED", "");
    table.row(
        "redaction",
        Integer.toString(redaction.lines()),
        Integer.toString(redaction.marked() + redaction.mustKeep()),
        Integer.toString(redaction.leaks() + redaction.mustKeepLost()),
        "%d of %d leaked, %d of %d lost that have to stay"
            .formatted(
                redaction.leaks(),
                redaction.marked(),
                redaction.mustKeepLost(),
                redaction.mustKeep()));
    table.row(
        "injection",
        Integer.toString(verdicts.orders().lines()),
        Integer.toString(verdicts.orders().checks()),
        Integer.toString(verdicts.orders().failures().size()),
        "%d harmless texts blocked".formatted(verdicts.orders().benignBlocked()));
    table.row(
        "fields",
        Integer.toString(verdicts.marked()),
        Integer.toString(verdicts.marked()),
        Integer.toString(verdicts.onWire().size()),
        "not on the list, and on the wire: "
            + (verdicts.onWire().isEmpty() ? "none" : String.join(" ", verdicts.onWire())));
    table.row(
        "answers",
        Integer.toString(verdicts.answers().lines()),
        Integer.toString(verdicts.answers().checks()),
        Integer.toString(verdicts.answers().failures().size()),
        String.format(
            Locale.ROOT,
            "burst to page p50 %d ms, p99 %d ms, at most %d ms",
            verdicts.answers().paged(50).toMillis(),
            verdicts.answers().paged(99).toMillis(),
            DeskDemands.PAGE_MAX.toMillis()));
    table.print(out);
    out.printf(
        Locale.ROOT,
        "%n%s; a model that hangs was given %d ms instead of %d ms%n",
        verdicts.passed() ? "passed" : "FAILED",
        verdicts.faultDeadline().toMillis(),
        SafetySuite.DEADLINE.toMillis());
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
