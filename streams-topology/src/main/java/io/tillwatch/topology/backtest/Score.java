package io.tillwatch.topology.backtest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.backtest.Labels.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How well a recording's events were found, by the published protocol (load-tests/BENCHMARK.md).
 *
 * <p>An onset is a root cell of an incident as first told. It is good when it comes within an
 * event, or {@link #TOLERANCE} minutes after, and has to do with its cells; neutral up to {@link
 * #RECOVERY} minutes after; false otherwise. Onsets within {@link #GROUP} minutes of the first are
 * one page.
 *
 * @param events whose success rate fell
 * @param delayP95DetectedMinutes of those that were found
 * @param incidentsPerEvent incidents that were opened for one event, on average
 */
record Score(
    int events,
    double recall,
    double precision,
    double f1,
    @Nullable Double delayMedianMinutes,
    @Nullable Double delayP95DetectedMinutes,
    double falseIncidentsPerDay,
    double falseAlarmsPerDayPerThousandCells,
    int trapsAlerted,
    int traps,
    double incidentsPerEvent,
    int incidentsOpened,
    Map<String, TypeScore> byType,
    Map<String, String> trapsByType,
    RootSet rootSetAt0,
    RootSet rootSetAt3,
    RootSet rootSetAt5,
    Map<String, SideScore> side) {

  static final int TOLERANCE = 10;
  static final int RECOVERY = 60;
  private static final int GROUP = 30;
  private static final double DAY_MINUTES = 1_440;
  static final String RATE_CHANNEL = "success_rate";

  /** Channels of what is no fall of the success rate, and the types of event they should find. */
  static final Map<String, List<String>> SIDES =
      Map.of(
          "latency", List.of("latency"),
          "webhook", List.of("webhook_backlog", "webhook_silence"),
          "decline_mix", List.of("decline_shift"));

  /** Events of one type. */
  record TypeScore(int found, int of, @Nullable Double delayMedianMinutes) {}

  /** Cells named, against those to be named, as exact sets. */
  record RootSet(double f1, double exact) {}

  /** One channel beside the success rate. */
  record SideScore(
      int found,
      int of,
      @Nullable Double delayMedianMinutes,
      double falsePerDay,
      @JsonProperty("trapsAlerted") int traps) {}

  /** One root cell as first told. */
  private record Onset(int minute, String cell) {}

  /** Scores what was found in a labelled recording. */
  static Score of(List<FoundIncident> found, Labels labels, Places places) {
    return new Scoring(found, labels, places).score();
  }

  /** One scoring. */
  private static final class Scoring {

    private final Labels labels;
    private final Places places;
    private final double days;
    private final List<FoundIncident> incidents;
    private final List<FoundIncident> rates;
    private final List<Onset> onsets;
    private final BitSet good = new BitSet();
    private final BitSet neutral = new BitSet();
    private final List<Integer> opened = new ArrayList<>();
    private final Map<String, List<Integer>> delays = new TreeMap<>();

    /** Delay of an event that was not found. */
    private static final int MISSED = Integer.MAX_VALUE;

    Scoring(List<FoundIncident> found, Labels labels, Places places) {
      this.labels = labels;
      this.places = places;
      this.days = (labels.minutes() - labels.warmUpMinutes()) / DAY_MINUTES;
      this.incidents = found.stream().filter(i -> i.openedAt() >= labels.warmUpMinutes()).toList();
      this.rates = incidents.stream().filter(i -> i.channel().equals(RATE_CHANNEL)).toList();
      this.onsets =
          rates.stream()
              .flatMap(i -> i.rootCausesAfter(0).stream().map(c -> new Onset(i.openedAt(), c)))
              .sorted(Comparator.comparingInt(Onset::minute))
              .toList();
    }

    Score score() {
      labels.of(Role.RATE).forEach(this::judge);
      List<Integer> all = delays.values().stream().flatMap(List::stream).toList();
      List<Integer> inTime = all.stream().filter(delay -> delay != MISSED).toList();
      BitSet wrong = new BitSet();
      wrong.set(0, onsets.size());
      wrong.andNot(good);
      wrong.andNot(neutral);
      int[] pages = pages();
      double recall = (double) inTime.size() / all.size();
      double precision = (double) pages[0] / Math.max(1, pages[0] + pages[1]);
      Map<String, List<Boolean>> traps = traps(wrong);
      return new Score(
          all.size(),
          recall,
          precision,
          2 * recall * precision / Math.max(1e-9, recall + precision),
          quantile(inTime, .5),
          quantile(inTime, .95),
          pages[1] / days,
          wrong.cardinality() / days / (places.cells() / 1e3),
          (int) traps.values().stream().flatMap(List::stream).filter(hit -> hit).count(),
          (int) traps.values().stream().mapToLong(List::size).sum(),
          opened.stream().mapToInt(count -> count).average().orElse(0),
          rates.size(),
          byType(),
          traps.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, e -> hits(e.getValue()), (a, b) -> a, TreeMap::new)),
          rootSet(0),
          rootSet(3),
          rootSet(5),
          sides());
    }

    private void judge(LabelledEvent event) {
      int first = MISSED;
      Set<Integer> minutes = new HashSet<>();
      for (int i = 0; i < onsets.size(); i++) {
        Onset onset = onsets.get(i);
        if (isWithin(event, onset.minute, RECOVERY) && places.related(event, onset.cell)) {
          neutral.set(i);
          if (isWithin(event, onset.minute, TOLERANCE)) {
            good.set(i);
            minutes.add(onset.minute);
            first = Math.min(first, onset.minute - event.start());
          }
        }
      }
      opened.add(minutes.size());
      delays.computeIfAbsent(event.type(), type -> new ArrayList<>()).add(first);
    }

    private static boolean isWithin(LabelledEvent event, int minute, int after) {
      return event.start() <= minute && minute <= event.end() + after;
    }

    /** Good pages and false ones. */
    private int[] pages() {
      int[] pages = new int[2];
      int from = 0;
      while (from < onsets.size()) {
        int to = from;
        boolean isGood = false;
        boolean isNeutral = false;
        while (to < onsets.size() && onsets.get(to).minute <= onsets.get(from).minute + GROUP) {
          isGood |= good.get(to);
          isNeutral |= neutral.get(to);
          to++;
        }
        pages[0] += isGood ? 1 : 0;
        pages[1] += isGood || isNeutral ? 0 : 1;
        from = to;
      }
      return pages;
    }

    /** By type: for each trap whether it was alerted. */
    private Map<String, List<Boolean>> traps(BitSet wrong) {
      Map<String, List<Boolean>> traps = new TreeMap<>();
      for (LabelledEvent trap : labels.of(Role.TRAP)) {
        boolean hit =
            wrong.stream()
                .mapToObj(onsets::get)
                .anyMatch(o -> isWithin(trap, o.minute, TOLERANCE) && places.related(trap, o.cell));
        traps.computeIfAbsent(trap.type(), type -> new ArrayList<>()).add(hit);
      }
      return traps;
    }

    private static String hits(List<Boolean> traps) {
      return "%d/%d".formatted(traps.stream().filter(hit -> hit).count(), traps.size());
    }

    private Map<String, TypeScore> byType() {
      Map<String, TypeScore> scores = new TreeMap<>();
      delays.forEach((type, all) -> {
        List<Integer> inTime = all.stream().filter(delay -> delay != MISSED).toList();
        scores.put(type, new TypeScore(inTime.size(), all.size(), quantile(inTime, .5)));
      });
      return scores;
    }

    private RootSet rootSet(int minutes) {
      int right = 0;
      int said = 0;
      int wanted = 0;
      int exact = 0;
      List<LabelledEvent> events = labels.of(Role.RATE);
      for (LabelledEvent event : events) {
        Set<String> truth =
            Arrays.stream(event.rootCause().split(";", -1))
                .map(Places::sorted)
                .collect(Collectors.toSet());
        Set<String> named = new HashSet<>();
        for (FoundIncident incident : rates) {
          List<String> cells = incident.rootCausesAfter(minutes);
          if (isWithin(event, incident.openedAt(), TOLERANCE)
              && cells.stream().anyMatch(cell -> places.related(event, cell))) {
            named.addAll(cells);
          }
        }
        wanted += truth.size();
        said += named.size();
        exact += truth.equals(named) ? 1 : 0;
        right += (int) named.stream().filter(truth::contains).count();
      }
      return new RootSet(2.0 * right / Math.max(1, said + wanted), (double) exact / events.size());
    }

    private Map<String, SideScore> sides() {
      Map<String, SideScore> scores = new TreeMap<>();
      SIDES.forEach((channel, types) -> {
        List<LabelledEvent> events =
            labels.of(Role.SIDE).stream().filter(e -> types.contains(e.type())).toList();
        if (!events.isEmpty()) {
          scores.put(
              channel,
              side(incidents.stream().filter(i -> i.channel().equals(channel)).toList(), events));
        }
      });
      return scores;
    }

    private SideScore side(List<FoundIncident> seen, List<LabelledEvent> events) {
      Set<FoundIncident> used = new HashSet<>();
      List<Integer> inTime = new ArrayList<>();
      for (LabelledEvent event : events) {
        List<FoundIncident> hits =
            seen.stream()
                .filter(i -> isWithin(event, i.openedAt(), TOLERANCE) && isCompatible(event, i))
                .toList();
        used.addAll(hits);
        hits.stream()
            .mapToInt(FoundIncident::openedAt)
            .min()
            .ifPresent(first -> inTime.add(first - event.start()));
      }
      List<FoundIncident> unused = seen.stream().filter(i -> !used.contains(i)).toList();
      Predicate<FoundIncident> real =
          i ->
              labels.events().stream()
                  .filter(e -> e.role() == Role.RATE || e.role() == Role.SIDE)
                  .anyMatch(e -> isWithin(e, i.openedAt(), RECOVERY));
      long alerted =
          labels.of(Role.TRAP).stream()
              .filter(
                  trap -> unused.stream().anyMatch(i -> isWithin(trap, i.openedAt(), TOLERANCE)))
              .count();
      return new SideScore(
          inTime.size(),
          events.size(),
          quantile(inTime, .5),
          unused.stream().filter(real.negate()).count() / days,
          (int) alerted);
    }

    private static boolean isCompatible(LabelledEvent event, FoundIncident incident) {
      return incident.rootCausesAfter(0).stream()
          .anyMatch(
              cell -> event.causes().stream().anyMatch(cause -> Places.compatible(cell, cause)));
    }

    /** Linear between the two values next to it; null without values. */
    private static @Nullable Double quantile(List<Integer> values, double share) {
      if (values.isEmpty()) {
        return null;
      }
      List<Integer> sorted = values.stream().sorted().toList();
      double at = (sorted.size() - 1) * share;
      int low = (int) at;
      int high = Math.min(low + 1, sorted.size() - 1);
      return sorted.get(low) + (sorted.get(high) - sorted.get(low)) * (at - low);
    }
  }
}
