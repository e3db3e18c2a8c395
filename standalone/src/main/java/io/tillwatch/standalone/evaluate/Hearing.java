package io.tillwatch.standalone.evaluate;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.evaluate.GoldenCase.Heard;
import io.tillwatch.standalone.noise.Rails;
import io.tillwatch.standalone.rulecase.Followed;
import io.tillwatch.standalone.rulecase.VirtualDesk;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case before the incident desk of production, in virtual time.
 *
 * <p>The answer to a case is the incident of its time and place that people were told of first. A
 * class that is informational is never told: there the incident on the screen counts, and one that
 * was told is wrong.
 *
 * @param told as people were first told
 * @param ended as it stood when what happened was over
 * @param took what the desk took for each burst: class, evidence and hypotheses written anew
 */
record Hearing(GoldenCase golden, Answer told, Answer ended, List<Duration> took) {

  /** An onset is an estimate: an incident may claim to have begun a little before its truth. */
  private static final Duration ONSET_TOLERANCE = Duration.ofMinutes(3);

  /** What drifts is believed to have begun at some time before it was seen. */
  private static final Duration DRIFT_TOLERANCE = Duration.ofMinutes(90);

  static Hearing of(GoldenCase golden, RuleBook rules, Author author) {
    VirtualDesk desk = new VirtualDesk(rules, Rails.TENANT);
    Instant until = golden.label().end().plus(Stage.AFTERWARDS);
    Instant tick = next(golden.heard().isEmpty() ? until : golden.heard().getFirst().at());
    List<Duration> took = new ArrayList<>();
    for (Heard each : golden.heard()) {
      for (; tick.isBefore(each.at()); tick = tick.plus(VirtualDesk.TICK)) {
        desk.decide(new Input.Tick(), tick);
      }
      long begin = System.nanoTime();
      desk.decide(each.input(), each.at());
      if (each.input() instanceof Input.BurstSeen) {
        took.add(Duration.ofNanos(System.nanoTime() - begin));
      }
    }
    for (; tick.isBefore(until); tick = tick.plus(VirtualDesk.TICK)) {
      desk.decide(new Input.Tick(), tick);
    }
    Followed found = found(golden.label(), desk.incidents());
    if (found == null) {
      Answer none = new Answer(null, until, List.of());
      return new Hearing(golden, none, none, took);
    }
    Incident first = found.told() ? found.episodes().getFirst().asTold() : found.incident();
    Incident last = last(found, desk.incidents());
    return new Hearing(
        golden,
        new Answer(first, knownAt(found), author.write(golden, first)),
        new Answer(last, until, author.write(golden, last)),
        took);
  }

  private static Instant next(Instant at) {
    long tick = VirtualDesk.TICK.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), tick) * tick);
  }

  private static @Nullable Followed found(Label label, List<Followed> incidents) {
    return incidents.stream()
        .filter(each -> each.told() || isInformational(label))
        .filter(each -> isOf(each.incident(), label))
        .min(Comparator.comparing(Hearing::knownAt))
        .orElse(null);
  }

  private static boolean isInformational(Label label) {
    return label.incidentClass() == IncidentClass.MIX_SHIFT;
  }

  private static Instant knownAt(Followed followed) {
    return followed.told() ? followed.episodes().getFirst().toldAt() : followed.openedAt();
  }

  /** What it became part of stands for it. */
  private static Incident last(Followed followed, List<Followed> incidents) {
    Incident incident = followed.incident();
    return incident.getState() == IncidentState.MERGED
        ? incidents.stream()
            .map(Followed::incident)
            .filter(each -> each.getIncidentId().equals(incident.getMergedInto()))
            .findFirst()
            .orElse(incident)
        : incident;
  }

  private static boolean isOf(Incident incident, Label label) {
    Duration before =
        label.incidentClass() == IncidentClass.SLOW_DRIFT ? DRIFT_TOLERANCE : ONSET_TOLERANCE;
    return incident.getStartedAt().isAfter(label.start().minus(before))
        && incident.getStartedAt().isBefore(label.end())
        && incident.getRootCells().stream()
            .map(root -> Slice.of(root.getSlice()))
            .anyMatch(root -> isNear(root, label.scope()));
  }

  /** Two cells that share no dimension overlap too, and have nothing to do with each other. */
  private static boolean isNear(Slice root, Slice scope) {
    return root.overlaps(scope)
        && ((root.mask() & scope.mask()) != 0 || root.covers(scope) || scope.covers(root));
  }
}
