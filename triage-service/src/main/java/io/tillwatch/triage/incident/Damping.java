package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.Flapping;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.schemas.incident.SuppressionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What comes back too often wakes nobody again: it is kept on record, told in chat and ticket, and
 * stays open until it has stayed away for longer. What comes back worse wakes somebody all the
 * same.
 */
final class Damping {

  private static final String NAME = "flapping";

  private final Flapping flapping;

  Damping(Flapping flapping) {
    this.flapping = flapping;
  }

  /** Whether somebody was woken for it so often lately that it would be once too many. */
  boolean tooOften(CaseDraft draft) {
    Instant since = draft.now().minus(flapping.within());
    long lately =
        draft.kept().getEpisodeStarts().stream().filter(woken -> woken.isAfter(since)).count();
    return lately >= flapping.episodes();
  }

  /** Writes down that somebody is woken. */
  static void woke(CaseDraft draft) {
    List<Instant> times = new ArrayList<>(draft.kept().getEpisodeStarts());
    times.add(draft.now());
    draft
        .kept()
        .setEpisodeStarts(
            times.subList(Math.max(0, times.size() - Flapping.EPISODES_MAX), times.size()));
  }

  /** From now on nobody is woken for it. */
  void begin(CaseDraft draft) {
    String reason = "%d pages within %s".formatted(flapping.episodes(), words(flapping.within()));
    add(draft, reason);
    draft.log(IncidentEvent.SUPPRESSED, "flapping, nobody is woken again: " + reason);
  }

  /** It was away and is back within its episode: how long it burns without a break counts anew. */
  static void again(CaseDraft draft) {
    open(draft.incident().getSuppressions())
        .ifPresent(open -> {
          replace(draft, open, each -> each.setUntil(draft.now()));
          add(draft, open.getReason());
        });
  }

  private static void add(CaseDraft draft, String reason) {
    List<Suppression> all = new ArrayList<>(draft.incident().getSuppressions());
    all.add(
        Suppression.newBuilder()
            .setKind(SuppressionKind.FLAPPING)
            .setName(NAME)
            .setReason(reason)
            .setAuthor(DeskDraft.AUTHOR)
            .setSince(draft.now())
            .build());
    draft.incident().setSuppressions(Suppressor.bounded(all));
    draft.touch();
  }

  /** Whether it has burned without a break for as long as it would have to stay away. */
  boolean endures(IncidentCase known, Instant now, Duration quietFor) {
    Incident incident = known.getIncident();
    return IncidentLife.live(incident.getState())
        && known.getBursts().stream().anyMatch(Bursts::active)
        && open(incident.getSuppressions())
            .filter(open -> !now.isBefore(open.getSince().plus(quietFor(incident, quietFor))))
            .isPresent();
  }

  /** Whether nobody is woken for it. */
  static boolean damped(Incident incident) {
    return open(incident.getSuppressions()).isPresent();
  }

  /** How long it has to be quiet until it is over. */
  Duration quietFor(Incident incident, Duration otherwise) {
    boolean longer = damped(incident) && flapping.quietFor().compareTo(otherwise) > 0;
    return longer ? flapping.quietFor() : otherwise;
  }

  /** Whether a page is not to be sent; each episode's is counted once. */
  static boolean swallows(CaseDraft draft) {
    Optional<Suppression> open = open(draft.incident().getSuppressions());
    if (open.isEmpty()) {
      return false;
    }
    if (!draft.kept().getPageHeld()) {
      draft.kept().setPageHeld(true);
      replace(draft, open.get(), each -> each.setSwallowed(open.get().getSwallowed() + 1));
      draft.log(IncidentEvent.SUPPRESSED, "not sent: page (flapping)");
    }
    return true;
  }

  /** Worse than it ever was wakes somebody. */
  static void worse(CaseDraft draft) {
    end(draft, "no longer damped: it got worse").ifPresent(text -> released(draft, text));
  }

  /** What burns on is no flapping. */
  static void goesOn(CaseDraft draft) {
    end(draft, "no longer damped: it burns without a break")
        .ifPresent(text -> draft.news(IncidentEvent.RELEASED, text));
  }

  /** Somebody was woken for what is part of it now. */
  static void taken(CaseDraft draft) {
    end(draft, "no longer damped: it takes over a page").ifPresent(text -> released(draft, text));
  }

  /** It has stayed away for long enough, or somebody said that it is over. */
  static void over(CaseDraft draft) {
    end(draft, "no longer damped: it is over").ifPresent(text -> released(draft, text));
  }

  private static void released(CaseDraft draft, String text) {
    draft.log(IncidentEvent.RELEASED, text);
  }

  /** What is to be said of its end; empty when it was not damped. */
  private static Optional<String> end(CaseDraft draft, String why) {
    Optional<Suppression> open = open(draft.incident().getSuppressions());
    open.ifPresent(ended -> {
      replace(draft, ended, each -> each.setUntil(draft.now()));
      draft.kept().setPageHeld(false);
    });
    return open.map(ended ->
        "%s, since %s, %d not sent".formatted(why, ended.getSince(), ended.getSwallowed()));
  }

  private static Optional<Suppression> open(List<Suppression> suppressions) {
    return suppressions.stream()
        .filter(each -> each.getKind() == SuppressionKind.FLAPPING && each.getUntil() == null)
        .findFirst();
  }

  private static void replace(
      CaseDraft draft, Suppression before, UnaryOperator<Suppression.Builder> change) {
    List<Suppression> all = new ArrayList<>(draft.incident().getSuppressions());
    all.set(all.indexOf(before), change.apply(Suppression.newBuilder(before)).build());
    draft.incident().setSuppressions(all);
    draft.touch();
  }

  private static String words(Duration duration) {
    return duration.toMinutes() % 60 == 0
        ? duration.toHours() + " h"
        : duration.toMinutes() + " min";
  }
}
