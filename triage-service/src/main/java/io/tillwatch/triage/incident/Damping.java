package io.tillwatch.triage.incident;

import io.tillwatch.rules.incident.Flapping;
import io.tillwatch.schemas.incident.Incident;
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

  /**
   * Writes down that another episode begins.
   *
   * @return whether it is one too many
   */
  boolean returns(CaseDraft draft) {
    List<Instant> starts = new ArrayList<>(draft.kept().getEpisodeStarts());
    Instant since = draft.now().minus(flapping.within());
    long lately = starts.stream().filter(start -> start.isAfter(since)).count();
    starts.add(draft.now());
    draft
        .kept()
        .setEpisodeStarts(
            starts.subList(Math.max(0, starts.size() - Flapping.EPISODES_MAX), starts.size()));
    return lately >= flapping.episodes();
  }

  /** From now on nobody is woken for it. */
  void begin(CaseDraft draft) {
    String reason =
        "%d episodes within %s".formatted(flapping.episodes(), words(flapping.within()));
    List<Suppression> all = new ArrayList<>(draft.incident().getSuppressions());
    all.add(
        Suppression.newBuilder()
            .setKind(SuppressionKind.FLAPPING)
            .setName(NAME)
            .setReason(reason)
            .setAuthor(DeskDraft.AUTHOR)
            .setSince(draft.now())
            .build());
    if (all.size() > DeskLimits.SUPPRESSIONS_MAX) {
      all.removeFirst();
    }
    draft.incident().setSuppressions(all);
    draft.touch();
    draft.log(IncidentEvent.SUPPRESSED, "flapping, nobody is woken again: " + reason);
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
    end(draft, "no longer damped: it got worse");
  }

  /** It has stayed away for long enough, or somebody said that it is over. */
  static void over(CaseDraft draft) {
    end(draft, "no longer damped: it is over");
  }

  private static void end(CaseDraft draft, String why) {
    open(draft.incident().getSuppressions())
        .ifPresent(open -> {
          replace(draft, open, each -> each.setUntil(draft.now()));
          draft.kept().setPageHeld(false);
          draft.log(
              IncidentEvent.RELEASED,
              "%s, since %s, %d not sent".formatted(why, open.getSince(), open.getSwallowed()));
        });
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
