package io.tillwatch.triage.incident;

import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.suppress.Inhibition;
import io.tillwatch.rules.suppress.Silence;
import io.tillwatch.rules.suppress.SuppressionRules;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.PagerStep;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.schemas.incident.SuppressionKind;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an incident from being told now, on its record.
 *
 * <p>One thing holds at a time, for as long as it does: so each that was not sent is counted once.
 * An incident holds another back only while it is told itself, and pages only when somebody was
 * woken for it: what stands behind it may not be the only one that anybody would hear of.
 */
final class Suppressor {

  private final SuppressionRules rules;

  Suppressor(SuppressionRules rules) {
    this.rules = rules;
  }

  /** One thing that holds an incident back. */
  private record Hold(
      SuppressionKind kind, String name, String reason, String author, @Nullable String behind) {

    static Hold of(Silence silence) {
      return new Hold(
          SuppressionKind.SILENCE, silence.name(), silence.reason(), silence.author(), null);
    }

    static Hold of(Inhibition inhibition, String behind) {
      return new Hold(
          SuppressionKind.INHIBITION, inhibition.name(), inhibition.reason(), "", behind);
    }

    boolean is(Suppression open) {
      return open.getKind() == kind && open.getName().equals(name);
    }

    Suppression begin(Instant since) {
      return Suppression.newBuilder()
          .setKind(kind)
          .setName(name)
          .setReason(reason)
          .setAuthor(author)
          .setBehind(behind)
          .setSince(since)
          .build();
    }

    String text() {
      String of = author.isEmpty() ? "" : " of " + author;
      String front = behind == null ? "" : ", behind " + behind;
      return "%s %s%s%s: %s".formatted(Phrases.label(kind), name, of, front, reason);
    }
  }

  /**
   * Brings up to date what holds an incident back.
   *
   * @param page whether somebody would be woken
   * @return whether anything does
   */
  boolean holds(CaseDraft draft, boolean page) {
    Incident incident = draft.incident().build();
    Optional<Hold> hold = holdOn(draft.desk(), incident, page || draft.kept().getPageHeld());
    Optional<Suppression> open = open(incident);
    if (open.isPresent() && hold.filter(each -> each.is(open.get())).isEmpty()) {
      release(draft, open.get());
    }
    if (hold.isPresent() && open(draft.incident().build()).isEmpty()) {
      begin(draft, hold.get());
    }
    return hold.isPresent();
  }

  /** Whether what holds a case back no longer does, so that it has to be looked at again. */
  boolean ended(DeskDraft desk, IncidentCase known) {
    Optional<Suppression> open = open(known.getIncident());
    return open.isPresent()
        && IncidentLife.live(known.getIncident().getState())
        && holdOn(desk, known.getIncident(), known.getPageHeld())
            .filter(hold -> hold.is(open.get()))
            .isEmpty();
  }

  /** Writes down what was not sent. */
  void swallowed(CaseDraft draft, List<String> notSent) {
    Suppression open = open(draft.incident().build()).orElseThrow();
    replace(
        draft,
        open,
        Suppression.newBuilder(open).setSwallowed(open.getSwallowed() + notSent.size()).build());
    draft.touch();
    draft.log(
        IncidentEvent.SUPPRESSED,
        "not sent: %s (%s %s)"
            .formatted(String.join(", ", notSent), Phrases.label(open.getKind()), open.getName()));
  }

  /** How much was not sent since it holds. */
  static int swallowed(CaseDraft draft) {
    return open(draft.incident().build()).map(Suppression::getSwallowed).orElse(0);
  }

  /** Ends what holds an incident back, because the incident is over. */
  void over(CaseDraft draft) {
    open(draft.incident().build())
        .ifPresent(open -> {
          end(draft, open);
          draft.log(IncidentEvent.RELEASED, "over while held back: " + told(open));
        });
  }

  private Optional<Hold> holdOn(DeskDraft desk, Incident incident, boolean page) {
    Traits traits = RuleTraits.of(incident);
    Stream<Hold> silences =
        rules.silences().stream()
            .filter(silence -> silence.holds(traits, desk.now()))
            .map(Hold::of);
    Stream<Hold> inhibitions =
        rules.inhibitions().stream()
            .filter(inhibition -> inhibition.target().everywhere(traits))
            .flatMap(inhibition ->
                front(desk, incident, inhibition, page)
                    .map(front -> Hold.of(inhibition, front))
                    .stream());
    List<Hold> all = Stream.concat(silences, inhibitions).toList();
    Optional<Suppression> open = open(incident);
    return all.stream()
        .filter(hold -> open.filter(hold::is).isPresent())
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** The incident that explains another by such a rule. */
  private static Optional<String> front(
      DeskDraft desk, Incident behind, Inhibition inhibition, boolean page) {
    Traits traits = RuleTraits.of(behind);
    return desk.cases().values().stream()
        .filter(known -> !known.getIncident().getIncidentId().equals(behind.getIncidentId()))
        .map(desk::asItStands)
        .filter(known -> stands(known, page))
        .filter(known -> inhibition.explains(RuleTraits.of(known.getIncident()), traits))
        .map(known -> known.getIncident().getIncidentId())
        .findFirst();
  }

  private static boolean stands(IncidentCase front, boolean page) {
    boolean woken =
        front.getPager() == PagerStep.TRIGGERED || front.getPager() == PagerStep.ACKNOWLEDGED;
    return IncidentLife.live(front.getIncident().getState())
        && front.getAnnounced()
        && (woken || !page)
        && front.getIncident().getSuppressions().stream().noneMatch(Suppressor::isOpen);
  }

  private static boolean isOpen(Suppression suppression) {
    return suppression.getUntil() == null;
  }

  /** What holds it now; what others keep on the same record is theirs. */
  private static Optional<Suppression> open(Incident incident) {
    return incident.getSuppressions().stream()
        .filter(each ->
            each.getKind() == SuppressionKind.SILENCE
                || each.getKind() == SuppressionKind.INHIBITION)
        .filter(Suppressor::isOpen)
        .findFirst();
  }

  private static void begin(CaseDraft draft, Hold hold) {
    List<Suppression> all = new ArrayList<>(draft.incident().getSuppressions());
    all.add(hold.begin(draft.now()));
    draft.incident().setSuppressions(bounded(all));
    draft.kept().setPageHeld(false);
    draft.touch();
    draft.log(IncidentEvent.SUPPRESSED, "held back by " + hold.text());
  }

  /** What fits on the record: the oldest that is over goes first. */
  static List<Suppression> bounded(List<Suppression> all) {
    List<Suppression> kept = new ArrayList<>(all);
    if (kept.size() > DeskLimits.SUPPRESSIONS_MAX) {
      kept.stream()
          .filter(each -> !isOpen(each))
          .findFirst()
          .ifPresentOrElse(kept::remove, kept::removeFirst);
    }
    return kept;
  }

  private static void release(CaseDraft draft, Suppression open) {
    end(draft, open);
    draft.news(
        IncidentEvent.RELEASED,
        "no longer held back by %s %s, %s"
            .formatted(Phrases.label(open.getKind()), open.getName(), told(open)));
  }

  private static void end(CaseDraft draft, Suppression open) {
    replace(draft, open, Suppression.newBuilder(open).setUntil(draft.now()).build());
    draft.kept().setPageHeld(false);
    draft.touch();
  }

  private static String told(Suppression ended) {
    return "since %s, %d not sent".formatted(ended.getSince(), ended.getSwallowed());
  }

  private static void replace(CaseDraft draft, Suppression before, Suppression after) {
    List<Suppression> all = new ArrayList<>(draft.incident().getSuppressions());
    all.set(all.indexOf(before), after);
    draft.incident().setSuppressions(all);
  }
}
