package io.tillwatch.standalone.evaluate;

import io.tillwatch.standalone.evaluate.Scores.Band;
import io.tillwatch.standalone.evaluate.Scores.OfClass;
import io.tillwatch.standalone.text.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The figures for people. */
final class EvaluateText {

  private final PrintWriter out;

  EvaluateText(PrintWriter out) {
    this.out = out;
  }

  void print(Evaluation evaluation, Author.Spent spent) {
    misses(evaluation.told());
    classes(evaluation.told());
    confusion(evaluation.told());
    calibration(evaluation.told());
    summary(evaluation);
    out.printf(
        Locale.ROOT,
        "%nplaybooks: p50 %.1f ms, p99 %.1f ms a burst; model: %d calls, %d tokens in, %d out,"
            + " %.4f of money%n",
        evaluation.percentile(50).toNanos() / 1e6,
        evaluation.percentile(99).toNanos() / 1e6,
        spent.calls(),
        spent.inputTokens(),
        spent.outputTokens(),
        spent.costMicros() / 1e6);
  }

  private void misses(Scores told) {
    for (Mark mark : told.marks()) {
      if (!mark.rightClass()) {
        out.printf(
            Locale.ROOT,
            "%-7s %s told as %s %.2f%n",
            mark.golden().id(),
            mark.label().cause(),
            mark.answer().word(),
            mark.answer().confidence());
      }
    }
    out.println();
  }

  private void classes(Scores told) {
    Table table = new Table("CLASS", "CASES", "PRECISION", "RECALL", "F1", "CONFIDENCE", "RIGHT");
    for (var entry : told.byClass().entrySet()) {
      OfClass each = entry.getValue();
      Band band = told.calibrationByClass().get(entry.getKey());
      table.row(
          entry.getKey(),
          Integer.toString(each.happened()),
          figure(each.precision()),
          figure(each.recall()),
          figure(each.f1()),
          band == null ? "-" : figure(band.confidence()),
          band == null ? "-" : figure(band.right()));
    }
    table.print(out);
    out.println();
  }

  /** What was taken for what; the diagonal is in the table of classes. */
  private void confusion(Scores told) {
    Table table = new Table("TRUTH", "TOLD AS", "TIMES");
    told.confusion()
        .forEach((truth, answers) ->
            answers.forEach((answer, times) -> {
              if (!truth.equals(answer)) {
                table.row(truth, answer, Integer.toString(times));
              }
            }));
    if (!table.isEmpty()) {
      table.print(out);
      out.println();
    }
  }

  private void calibration(Scores told) {
    Table table = new Table("CONFIDENCE FROM", "ANSWERS", "MEAN", "RIGHT");
    for (Band band : told.calibration()) {
      table.row(
          figure(band.from()),
          Integer.toString(band.count()),
          figure(band.confidence()),
          figure(band.right()));
    }
    table.print(out);
    out.println();
  }

  private void summary(Evaluation evaluation) {
    List<Scores> both = List.of(evaluation.told(), evaluation.ended());
    Table table = new Table("", "FIRST TOLD", "AT THE END");
    row(table, both, "cases", scores -> Integer.toString(scores.marks().size()));
    row(table, both, "of them built", scores -> Integer.toString(scores.built()));
    row(table, both, "class micro-F1", scores -> figure(scores.classMicroF1()));
    row(table, both, "class macro-F1", scores -> figure(scores.classMacroF1()));
    row(table, both, "owner", scores -> figure(scores.ownerAccuracy()));
    row(table, both, "place", scores -> figure(scores.placeAccuracy()));
    row(table, both, "cause in top 1", scores -> figure(scores.causeTop(1)));
    row(table, both, "cause in top 3", scores -> figure(scores.causeTop(3)));
    row(table, both, "usefulness of 100", scores -> figure(scores.usefulness()));
    row(table, both, "Brier score", scores -> figure(scores.brier()));
    row(table, both, "unknown of what has a name", s -> Integer.toString(s.abstained()));
    row(table, both, "another class", scores -> Integer.toString(scores.wrong()));
    row(table, both, "nobody told", scores -> Integer.toString(scores.none()));
    row(table, both, "uncited claims", scores -> Integer.toString(scores.uncitedShown()));
    table.print(out);
  }

  private static void row(
      Table table, List<Scores> both, String name, Function<Scores, String> figure) {
    table.row(name, figure.apply(both.getFirst()), figure.apply(both.getLast()));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value > 1 ? "%.1f" : "%.3f", value);
  }
}
