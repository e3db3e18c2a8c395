package io.tillwatch.topology.detect;

import io.tillwatch.rules.watch.Objective;
import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The slices that one watch holds to its objective, minute by minute.
 *
 * <p>A slice is broken when over the window more is bad than is allowed and that is sure: its
 * {@link Terms#evidence}, allowing for failures that come in clumps as the baseline knows them,
 * exceeds {@code ln(false-alarm budget in minutes) + ln(slices)}, so that slices which only just
 * keep it are told about once in the budget at most, all together, as far as the baseline knows the
 * clumps. It is kept again when the newest quarter of the window, five minutes at least, has kept
 * it for as long. Slices under a root cell of an open burst of this detector or of the failures'
 * are not judged: what is broken there is part of that burst. Where work is planned, those that are
 * broken stay as they are.
 */
final class HeldSlices {

  /** Broken slices of one objective at once, those that are surest first. */
  static final int BROKEN_MAX = 16;

  private static final int NEWEST_MINUTES_MIN = 5;
  private static final int TELL_EVERY_MINUTES = 5;
  private static final int TELL_EACH_UNTIL_MINUTES = 3;

  private final WatchRule rule;
  private final Objective objective;
  private final Terms terms;
  private final long overMillis;
  private final int newestMinutes;
  private final ObjectiveCounts counts;
  private final TreeMap<Slice, BrokenSlice> broken = new TreeMap<>();

  /** Until when slices were broken: what was counted before says nothing any more. */
  private final TreeMap<Slice, Long> over = new TreeMap<>();

  private int slicesLeftOut;

  HeldSlices(WatchRule rule) {
    this.rule = rule;
    this.objective = Objects.requireNonNull(rule.objective(), "a watch with an objective");
    this.terms = Terms.of(rule);
    this.overMillis = objective.over().toMillis();
    this.newestMinutes = Math.max(NEWEST_MINUTES_MIN, (int) objective.over().toMinutes() / 4);
    this.counts = new ObjectiveCounts(terms, new Selected(rule, objective), overMillis);
  }

  /** Slices are named by where and each; a value that is asked for is one of several. */
  private record Selected(Map<Dimension, Set<String>> values, Set<Dimension> named)
      implements ObjectiveCounts.Matching {

    Selected(WatchRule rule, Objective objective) {
      this(new EnumMap<>(Dimension.class), EnumSet.noneOf(Dimension.class));
      rule.where().wanted().forEach((label, wanted) -> values.put(dimension(label), wanted));
      named.addAll(values.keySet());
      objective.each().forEach(label -> named.add(dimension(label)));
    }

    private static Dimension dimension(String label) {
      return Dimension.byLabel(label)
          .orElseThrow(() -> new IllegalArgumentException("dimension " + label));
    }

    @Override
    public boolean holds(Slice leaf) {
      for (Map.Entry<Dimension, Set<String>> wanted : values.entrySet()) {
        String value = leaf.get(wanted.getKey());
        if (value == null || !wanted.getValue().contains(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Slice sliceOf(Slice leaf) {
      return leaf.keep(named);
    }
  }

  String name() {
    return rule.name();
  }

  /** Takes one minute; answers with what is to be told. */
  List<Burst> add(Minute minute, Memory memory) {
    long now = minute.at + Watch.MINUTE_MILLIS;
    counts.add(minute, memory);
    over.values().removeIf(until -> until <= now - overMillis);
    List<Burst> told = new ArrayList<>();
    List<Slice> planned = memory.settings.planned(minute.at);
    for (BrokenSlice each : List.copyOf(broken.values())) {
      if (planned.stream().noneMatch(plan -> plan.covers(each.slice))) {
        follow(each, minute, memory, told);
      }
    }
    List<Sure> found = seek(now, memory);
    int free = Math.clamp(found.size(), 0, BROKEN_MAX - broken.size());
    found.subList(0, free).forEach(sure -> told.add(open(sure, minute, memory)));
    slicesLeftOut = found.size() - free;
    return told;
  }

  private void follow(BrokenSlice each, Minute minute, Memory memory, List<Burst> told) {
    long now = minute.at + Watch.MINUTE_MILLIS;
    each.ageMinutes++;
    boolean wasKept = each.keptMinutes > 0;
    each.add(minute, memory);
    ObjectiveCounts.Count newest =
        counts.since(each.slice, now - newestMinutes * Watch.MINUTE_MILLIS);
    if (newest.judged() > 0) {
      boolean kept = terms.isKept(newest.judged(), newest.bad());
      each.keptMinutes = kept ? each.keptMinutes + 1 : 0;
    }
    each.lostPerMinute = lostPerMinute(each.slice, now);
    boolean isOver =
        each.keptMinutes >= newestMinutes
            || counts.of(each.slice).judged() == 0
            || isExplained(each.slice, memory);
    if (isOver) {
      close(each, minute.closedAt);
      over.put(each.slice, now);
    }
    if (isOver
        || wasKept != each.keptMinutes > 0
        || each.ageMinutes <= TELL_EACH_UNTIL_MINUTES
        || each.ageMinutes % TELL_EVERY_MINUTES == 0) {
      told.add(ObjectiveReport.of(each, memory, minute.closedAt));
    }
  }

  private void close(BrokenSlice each, long at) {
    each.closedAt = at;
    broken.remove(each.slice);
  }

  private double lostPerMinute(Slice slice, long now) {
    ObjectiveCounts.Count last =
        counts.since(slice, now - NEWEST_MINUTES_MIN * Watch.MINUTE_MILLIS);
    double beyond = last.bad() - terms.allowed() * last.judged();
    long minutes = Math.min(NEWEST_MINUTES_MIN, overMillis / Watch.MINUTE_MILLIS);
    return Math.max(0, beyond / minutes);
  }

  /** Whether an open burst holds all of it: one of this detector, or one of failures. */
  private static boolean isExplained(Slice slice, Memory memory) {
    return memory.failing.stream().anyMatch(root -> root.covers(slice))
        || memory.bursts.stream()
            .flatMap(burst -> burst.slices().stream())
            .anyMatch(root -> root.covers(slice));
  }

  /** A slice that is broken, how sure that is, and how sure it had to be. */
  private record Sure(Slice slice, double evidence, double threshold) {}

  /** The slices that are broken since now, the surest first. */
  private List<Sure> seek(long now, Memory memory) {
    double threshold =
        Math.log(objective.falseAlarmEvery().toMinutes())
            + Math.log(Math.max(1, counts.judgedSlices()));
    List<Sure> found = new ArrayList<>();
    for (Slice slice : counts.withEvents()) {
      if (broken.containsKey(slice)) {
        continue;
      }
      ObjectiveCounts.Count count =
          over.containsKey(slice) ? counts.since(slice, from(slice, now)) : counts.of(slice);
      if (count.judged() < objective.eventsMin() || terms.isKept(count.judged(), count.bad())) {
        continue;
      }
      double evidence =
          memory.baseline.effective(count.perRow()) * terms.evidence(count.judged(), count.bad());
      if (evidence > threshold
          && count.payments() >= rule.failuresMin()
          && !isExplained(slice, memory)) {
        found.add(new Sure(slice, evidence, threshold));
      }
    }
    found.sort(Comparator.comparingDouble(Sure::evidence).reversed().thenComparing(Sure::slice));
    return found;
  }

  private long from(Slice slice, long now) {
    return Math.max(now - overMillis, over.getOrDefault(slice, 0L));
  }

  private Burst open(Sure sure, Minute minute, Memory memory) {
    long now = minute.at + Watch.MINUTE_MILLIS;
    long onset = counts.onset(sure.slice(), from(sure.slice(), now));
    BrokenSlice opened =
        new BrokenSlice(
            terms,
            sure.slice(),
            new BrokenSlice.Birth(
                BurstId.of(memory, rule.name(), List.of(sure.slice()), onset),
                onset,
                minute.closedAt,
                sure.evidence(),
                sure.threshold()));
    opened.locate(memory, now);
    opened.lostPerMinute = lostPerMinute(sure.slice(), now);
    broken.put(sure.slice(), opened);
    return ObjectiveReport.of(opened, memory, minute.closedAt);
  }

  void write(BytesOut out) {
    out.text(rule.name()).number(broken.size());
    broken.values().forEach(each -> each.write(out));
    out.number(over.size());
    over.forEach((slice, until) -> {
      Names.write(slice, out);
      out.number(until);
    });
  }

  /**
   * Goes on with what another one of its name had, before a restart or other rules.
   *
   * @return those of the open ones that were held to something else: they are not its own
   */
  List<BrokenSlice> takeOver(List<BrokenSlice> open, Map<Slice, Long> ended) {
    List<BrokenSlice> others = new ArrayList<>();
    for (BrokenSlice each : open) {
      if (each.terms.equals(terms)) {
        broken.put(each.slice, each);
      } else {
        others.add(each);
      }
    }
    over.putAll(ended);
    return others;
  }

  /** What its limits left out in the last minute. */
  LeftOut leftOut() {
    return new LeftOut(rule.name(), slicesLeftOut, counts.leavesLeftOut());
  }

  List<BrokenSlice> broken() {
    return List.copyOf(broken.values());
  }

  Map<Slice, Long> ended() {
    return new TreeMap<>(over);
  }
}
