package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.match.Traits;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.triage.incident.RuleTraits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An incident that came of what was played, as it stands at the end, with what was sent. */
public final class Followed {

  private final Instant openedAt;
  private final List<Action> actions = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private Incident latest;

  /**
   * One time that it was there.
   *
   * @param number from 1
   * @param toldAt when people were first told of it
   * @param asTold what they were told
   * @param incident as it stood at the end of this time
   */
  public record Episode(int number, Instant toldAt, Incident asTold, Incident incident) {}

  Followed(Incident first, Instant openedAt) {
    this.latest = first;
    this.openedAt = openedAt;
  }

  void is(Incident revision) {
    latest = revision;
    if (!episodes.isEmpty() && episodes.getLast().number() == revision.getEpisode()) {
      Episode current = episodes.removeLast();
      episodes.add(new Episode(current.number(), current.toldAt(), current.asTold(), revision));
    }
  }

  void sent(Action action, Instant at) {
    actions.add(action);
    if (episodes.isEmpty() || episodes.getLast().number() < action.getEpisode()) {
      episodes.add(new Episode(action.getEpisode(), at, latest, latest));
    }
  }

  /** Each time that people were told of it anew, in order. */
  public List<Episode> episodes() {
    return List.copyOf(episodes);
  }

  /** When it was first on record. */
  public Instant openedAt() {
    return openedAt;
  }

  /** As it stood last. */
  public Incident incident() {
    return latest;
  }

  Traits traits() {
    return RuleTraits.of(latest);
  }

  @Nullable Instant resolvedAt() {
    return latest.getResolvedAt();
  }

  /** Whether somebody was woken. */
  public boolean paged() {
    return actions.stream()
        .anyMatch(action ->
            action.getTarget() == ActionTarget.PAGER && action.getVerb() == ActionVerb.TRIGGER);
  }

  /** Whether anything was sent at all. */
  public boolean told() {
    return !actions.isEmpty();
  }

  /** Where it was told: the destination of its first action at a target; null when it was not. */
  @Nullable String route(String target) {
    return actions.stream()
        .filter(action -> action.getTarget().name().toLowerCase(Locale.ROOT).equals(target))
        .map(Action::getRoute)
        .findFirst()
        .orElse(null);
  }

  /** Names of what held it back, in order. */
  Set<String> heldBackBy() {
    return latest.getSuppressions().stream()
        .map(Suppression::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** One line for people. */
  public String text() {
    String routes =
        latest.getRoutes().entrySet().stream()
            .map(route -> route.getKey() + ":" + route.getValue())
            .collect(Collectors.joining(" "));
    return "%s %s, rule %s, opened %s, %s%s%s, %s"
        .formatted(
            latest.getSeverity().name().toLowerCase(Locale.ROOT),
            latest.getTitle(),
            latest.getRule(),
            openedAt,
            paged() ? "paged" : told() ? "told, not paged" : "nobody told",
            routes.isEmpty() ? "" : ", to " + routes,
            heldBackBy().isEmpty() ? "" : ", held back by " + String.join(" ", heldBackBy()),
            latest.getResolvedAt() == null
                ? latest.getState().name().toLowerCase(Locale.ROOT)
                : "resolved " + Objects.requireNonNull(latest.getResolvedAt()));
  }
}
