package io.tillwatch.load.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.load.bench.machine.Machine;
import io.tillwatch.load.bench.recount.Comparison.Differences;
import io.tillwatch.load.bench.suite.Figures;
import io.tillwatch.load.bench.suite.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The report of a comparison.
 *
 * @param machine it ran on
 * @param commit that was built
 * @param seed of the input
 * @param events of the input
 * @param contestants in the order they were named
 * @param ratios of medians of {@code cpuSecondsPerMillion}, by {@code a/b}
 */
public record CompareReport(
    Machine machine,
    String commit,
    long seed,
    long events,
    List<Entry> contestants,
    Map<String, Double> ratios) {

  private static final List<List<String>> RATIOS =
      List.of(
          List.of("tillwatch", "limit"),
          List.of("tillwatch-nodedupe", "limit"),
          List.of("dsl", "tillwatch"),
          List.of("flink", "tillwatch"),
          List.of("flink-combiner", "tillwatch"),
          List.of("jet", "tillwatch"),
          List.of("flink", "tillwatch-nodedupe"),
          List.of("jet", "tillwatch-nodedupe"));

  /**
   * One contestant: medians of the rounds, and under {@code spread} each figure's least and most.
   *
   * @param allocatedOverPoll bytes per event more than the contestant that only polls; negative
   *     when it was not there
   */
  public record Entry(
      String name,
      long events,
      int rounds,
      double cpuSecondsPerMillion,
      double cpuSecondsPerMillionWhole,
      double eventsPerSecond,
      double allocatedBytesPerEvent,
      double allocatedOverPoll,
      double peakRssMiB,
      double brokerCpuSecondsPerMillion,
      double changelogBytesPerEvent,
      double repartitionBytesPerEvent,
      double otherLoadCores,
      boolean equal,
      List<Differences> differences,
      Map<String, Spread> spread) {}

  /** The report of these laps. */
  public static CompareReport of(
      Machine machine, String commit, long seed, long events, Map<String, List<Figures>> laps) {
    double poll =
        Optional.ofNullable(laps.get("poll"))
            .map(l -> spread(l, Figures::allocatedBytesPerEvent).median())
            .orElse(-1.0);
    List<Entry> entries = new ArrayList<>();
    laps.forEach((name, figures) -> entries.add(entry(name, figures, poll)));
    return new CompareReport(machine, commit, seed, events, entries, ratios(entries));
  }

  private static Entry entry(String name, List<Figures> laps, double poll) {
    Map<String, Spread> spread = new LinkedHashMap<>();
    spread.put("cpuSecondsPerMillion", spread(laps, Figures::cpuSecondsPerMillion));
    spread.put("cpuSecondsPerMillionWhole", spread(laps, Figures::cpuSecondsPerMillionWhole));
    spread.put("eventsPerSecond", spread(laps, Figures::eventsPerSecond));
    spread.put("allocatedBytesPerEvent", spread(laps, Figures::allocatedBytesPerEvent));
    spread.put("peakRssMiB", spread(laps, Figures::peakRssMiB));
    spread.put("brokerCpuSecondsPerMillion", spread(laps, Figures::brokerCpuSecondsPerMillion));
    spread.put("otherLoadCores", spread(laps, Figures::otherLoadCores));
    double allocated = spread(laps, Figures::allocatedBytesPerEvent).median();
    List<Differences> differences =
        laps.stream().map(Figures::differences).filter(Objects::nonNull).toList();
    return new Entry(
        name,
        laps.getFirst().events(),
        laps.size(),
        spread(laps, Figures::cpuSecondsPerMillion).median(),
        spread(laps, Figures::cpuSecondsPerMillionWhole).median(),
        spread(laps, Figures::eventsPerSecond).median(),
        allocated,
        poll < 0 ? -1 : allocated - poll,
        spread(laps, Figures::peakRssMiB).median(),
        spread(laps, Figures::brokerCpuSecondsPerMillion).median(),
        spread(laps, Figures::changelogBytesPerEvent).median(),
        spread(laps, Figures::repartitionBytesPerEvent).median(),
        spread(laps, Figures::otherLoadCores).median(),
        differences.stream().allMatch(Differences::isNone),
        differences,
        spread);
  }

  private static Spread spread(List<Figures> laps, ToDoubleFunction<Figures> figure) {
    return Spread.of(laps.stream().map(figure::applyAsDouble).toList());
  }

  private static Map<String, Double> ratios(List<Entry> entries) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (List<String> pair : RATIOS) {
      Optional<Entry> above = named(entries, pair.getFirst());
      Optional<Entry> below = named(entries, pair.getLast());
      if (above.isPresent() && below.isPresent()) {
        ratios.put(
            String.join("/", pair),
            above.get().cpuSecondsPerMillion() / below.get().cpuSecondsPerMillion());
      }
    }
    return ratios;
  }

  private static Optional<Entry> named(List<Entry> entries, String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** Whether every result was the recount's. */
  public boolean allEqual() {
    return contestants.stream().allMatch(Entry::equal);
  }

  /** Writes it as JSON. */
  public void write(Path file) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), this);
  }

  /** Prints it as tables. */
  public void print(PrintWriter out) {
    line(
        out,
        "%n%s, %d cores, %,d MiB, %s, commit %s, seed %d",
        machine.cpu(),
        machine.cores(),
        machine.memoryMiB(),
        machine.java(),
        commit,
        seed);
    line(
        out,
        "%n%-20s %8s %19s %7s %10s %8s %8s %7s %8s %6s %6s  %s",
        "contestant",
        "events",
        "CPU-s/M (min-max)",
        "whole",
        "events/s",
        "B alloc",
        "RSS MiB",
        "broker",
        "chlog B",
        "rep B",
        "other",
        "cells");
    for (Entry e : contestants) {
      Spread cpu = Objects.requireNonNull(e.spread().get("cpuSecondsPerMillion"));
      line(
          out,
          "%-20s %8s %6.2f (%.2f-%.2f) %7.2f %,10.0f %,8.0f %,8.0f %7.2f %8.1f %6.1f %6.2f  %s",
          e.name(),
          "%.1fM".formatted(e.events() / 1e6),
          cpu.median(),
          cpu.min(),
          cpu.max(),
          e.cpuSecondsPerMillionWhole(),
          e.eventsPerSecond(),
          e.allocatedBytesPerEvent(),
          e.peakRssMiB(),
          e.brokerCpuSecondsPerMillion(),
          e.changelogBytesPerEvent(),
          e.repartitionBytesPerEvent(),
          e.otherLoadCores(),
          e.differences().isEmpty() ? "-" : e.equal() ? "equal" : "DIFFER");
    }
    ratios.forEach((pair, ratio) -> line(out, "%s = %.2f", pair, ratio));
    out.flush();
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
