package io.tillwatch.triage.incident;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.PagerStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two incidents become one, or one becomes two: by a burst that is the cause of both, or because a
 * person says so. What a person has parted, no burst brings together again.
 */
final class Regrouping {

  private final Opening opening;
  private final Assessor assessor;
  private final Progress progress;
  private final Outbox outbox;

  Regrouping(Opening opening, Assessor assessor, Progress progress, Outbox outbox) {
    this.opening = opening;
    this.assessor = assessor;
    this.progress = progress;
    this.outbox = outbox;
  }

  /**
   * Makes one incident part of another, which has room for it and is to be carried on afterwards.
   */
  void merge(CaseDraft part, CaseDraft into) {
    merge(part, into, DeskDraft.AUTHOR, "");
  }

  private void merge(CaseDraft part, CaseDraft into, String author, String why) {
    String text = "merged into " + into.incidentId() + why;
    boolean takesOver = Outbox.woken(part) && into.kept().getPager() == PagerStep.NONE;
    part.become(IncidentState.MERGED);
    part.incident().setMergedInto(into.incidentId());
    part.kept().setMergedInto(into.incidentId());
    part.desk().log(part, IncidentEvent.MERGED, author, text);
    splitOff(part, into);
    part.bursts().forEach(into::put);
    part.bursts().clear();
    into.news(IncidentEvent.MERGED, author, part.incidentId() + " is part of this" + why);
    if (takesOver) {
      assessor.assess(into);
      outbox.takeOver(part, into);
    }
    outbox.over(part, text);
  }

  /** What a person parted from either stays apart from both, unless it is together now. */
  private static void splitOff(CaseDraft part, CaseDraft into) {
    Set<String> apart = new LinkedHashSet<>(part.kept().getSplitOff());
    apart.addAll(into.kept().getSplitOff());
    part.bursts().forEach(burst -> apart.remove(burst.getBurstId()));
    into.bursts().forEach(burst -> apart.remove(burst.getBurstId()));
    into.kept().setSplitOff(latest(List.copyOf(apart)));
  }

  private static List<String> latest(List<String> apart) {
    return apart.subList(Math.max(0, apart.size() - DeskLimits.SPLIT_OFF_MAX), apart.size());
  }

  /** Why one cannot be made part of the other; empty when it can. */
  static Optional<String> whyNotMerged(CaseDraft part, CaseDraft into) {
    return into.roomFor(part.bursts())
        ? Optional.empty()
        : Optional.of(
            "%s has no room for %d bursts more, expected at most %d in one"
                .formatted(into.incidentId(), part.bursts().size(), DeskLimits.BURSTS_MAX));
  }

  /** A person sees one cause behind both; what was parted before is together again. */
  void mergeByHand(CaseDraft part, CaseDraft into, Command command) {
    merge(part, into, command.getAuthor(), because(command));
    progress.carryOn(into);
  }

  /** Why these bursts cannot be split off; empty when they can. */
  Optional<String> whyNotSplit(CaseDraft from, List<String> burstIds) {
    List<String> held = from.bursts().stream().map(Burst::getBurstId).toList();
    List<String> strange = burstIds.stream().filter(id -> !held.contains(id)).toList();
    if (!strange.isEmpty()) {
      return Optional.of(
          "it does not hold %s, expected some of %s"
              .formatted(String.join(", ", strange), String.join(", ", held)));
    }
    if (burstIds.containsAll(held)) {
      return Optional.of("it would hold no burst any more, expected one to stay");
    }
    return Opening.full(from.desk())
        ? Optional.of("the desk is full, expected less than %d open".formatted(DeskLimits.LIVE_MAX))
        : Optional.empty();
  }

  /** Bursts become an incident of their own, whose id follows from the first of them. */
  void split(CaseDraft from, Command command) {
    List<Burst> parted =
        from.bursts().stream()
            .filter(burst -> command.getBurstIds().contains(burst.getBurstId()))
            .toList();
    List<String> ids = parted.stream().map(Burst::getBurstId).toList();
    DeskDraft desk = from.desk();
    String id =
        Ids.incident(
            from.incident().getTenant(),
            ids.getFirst() + "/split",
            parted.getFirst().getRevision(),
            desk.cases()::containsKey);
    from.bursts().removeAll(parted);
    List<String> left = new ArrayList<>(from.incident().getBurstIds());
    left.removeAll(ids);
    from.incident().setBurstIds(left);
    List<String> apart = new ArrayList<>(from.kept().getSplitOff());
    apart.addAll(ids);
    from.kept().setSplitOff(latest(apart));
    from.news(
        IncidentEvent.SPLIT,
        command.getAuthor(),
        "%s became %s%s".formatted(String.join(", ", ids), id, because(command)));
    opening.open(desk, id, parted, "split from %s: ".formatted(from.incidentId()));
    progress.carryOn(from);
  }

  /** Whether a person has parted the two. */
  static boolean apart(CaseDraft draft, IncidentCase known) {
    return known.getBursts().stream()
            .anyMatch(burst -> draft.kept().getSplitOff().contains(burst.getBurstId()))
        || draft.bursts().stream().anyMatch(burst -> apart(known, burst));
  }

  /** Whether a person has split this burst off. */
  static boolean apart(IncidentCase known, Burst burst) {
    return known.getSplitOff().contains(burst.getBurstId());
  }

  private static String because(Command command) {
    return command.getReason().isBlank()
        ? " (" + command.getAuthor() + ")"
        : " (%s: %s)".formatted(command.getAuthor(), command.getReason());
  }
}
