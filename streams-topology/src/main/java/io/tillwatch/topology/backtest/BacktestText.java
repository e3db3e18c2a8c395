package io.tillwatch.topology.backtest;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells people what came of a backtest. */
final class BacktestText {

  private static final String ROW = "  %-20s ";

  private final PrintWriter out;

  BacktestText(PrintWriter out) {
    this.out = out;
  }

  void print(BacktestCommand.Report told) {
    line(
        "%,d minutes, %.2f ms CPU a minute, %d incidents",
        told.minutes(), told.cpuMicrosPerTick() / 1e3, told.incidents().size());
    if (told.score() == null) {
      told.incidents().forEach(this::print);
    } else {
      print(told.score());
    }
    out.flush();
  }

  private void print(FoundIncident incident) {
    line(
        "  %6d  %-14s %s",
        incident.openedAt(),
        incident.channel(),
        cells(incident.rootCausesAfter(Integer.MAX_VALUE)));
  }

  private void print(Score score) {
    line(
        "event F1 %.3f, precision %.3f, recall %.3f of %d",
        score.f1(), score.precision(), score.recall(), score.events());
    line(
        "delay median %s, p95 %s; %.2f false incidents a day, %.2f false alarms a day per 1,000"
            + " cells; traps %d of %d; %.2f incidents per event",
        minutes(score.delayMedianMinutes()),
        minutes(score.delayP95DetectedMinutes()),
        score.falseIncidentsPerDay(),
        score.falseAlarmsPerDayPerThousandCells(),
        score.trapsAlerted(),
        score.traps(),
        score.incidentsPerEvent());
    line(
        "root set F1 %.3f, %.3f after 3 min, %.3f after 5",
        score.rootSetAt0().f1(), score.rootSetAt3().f1(), score.rootSetAt5().f1());
    score
        .byType()
        .forEach((type, of) ->
            line(
                ROW + "%d of %d, median %s",
                type,
                of.found(),
                of.of(),
                minutes(of.delayMedianMinutes())));
    score
        .side()
        .forEach((channel, of) ->
            line(
                ROW + "%d of %d, median %s, %.2f false a day, traps %d",
                channel,
                of.found(),
                of.of(),
                minutes(of.delayMedianMinutes()),
                of.falsePerDay(),
                of.traps()));
  }

  /** Cells as people read them: the total has no name of its own. */
  static String cells(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.isEmpty() ? "(all)" : cell)
        .collect(Collectors.joining("; "));
  }

  private static String minutes(@Nullable Double delay) {
    return delay == null ? "-" : String.format(Locale.ROOT, "%.1f min", delay);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
