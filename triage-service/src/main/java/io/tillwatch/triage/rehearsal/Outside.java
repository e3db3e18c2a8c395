package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.act.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One outside system: a pager, a tracker or a chat, with moods.
 *
 * <p>A pager dedupes by key while its alert is open, and only then: a trigger after the resolve
 * pages again. The others know an action by its id, as their adapters promise.
 */
final class Outside {

  /** How it answers at the moment. */
  enum Mood {
    WELL,
    BUSY,
    BROKEN,
    RESETS_BEFORE,
    RESETS_AFTER,
    HANGS,
    HANGS_AFTER,
    REFUSES
  }

  /** What became of an attempt: the answer, and whether it was waited for till the deadline. */
  record Answer(Delivery delivery, boolean hung) {}

  private static final int RETRY_AFTER_SECONDS_MAX = 20;
  private static final String NO_ANSWER = "no answer within 10000 ms";

  private final SplittableRandom random;
  private final Set<String> open = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Integer> pages = new HashMap<>();
  private final Map<String, Integer> tickets = new HashMap<>();
  private final Map<String, Integer> furthest = new HashMap<>();
  private Mood mood = Mood.WELL;

  Outside(SplittableRandom random) {
    this.random = random;
  }

  void become(Mood next) {
    mood = next;
  }

  Answer take(Action action, boolean pager) {
    if (pager) {
      inOrder(action);
    }
    return switch (mood) {
      case WELL -> new Answer(done(action, pager), false);
      case BUSY ->
          answer("429", Duration.ofSeconds(random.nextInt(RETRY_AFTER_SECONDS_MAX)), false);
      case BROKEN -> answer("503", Duration.ZERO, false);
      case RESETS_BEFORE -> answer("connection reset", Duration.ZERO, false);
      case HANGS -> answer(NO_ANSWER, Duration.ZERO, true);
      case RESETS_AFTER -> {
        effect(action, pager);
        yield answer("connection reset", Duration.ZERO, false);
      }
      case HANGS_AFTER -> {
        effect(action, pager);
        yield answer(NO_ANSWER, Duration.ZERO, true);
      }
      case REFUSES -> new Answer(new Delivery.Refused("400 invalid"), false);
    };
  }

  private static Answer answer(String detail, Duration after, boolean hung) {
    return new Answer(new Delivery.Retry(detail, after), hung);
  }

  private Delivery done(Action action, boolean pager) {
    effect(action, pager);
    return new Delivery.Done("X-" + action.getIncidentId(), "ok");
  }

  /** Trigger, acknowledge, resolve: what was asked once is never asked back. */
  private void inOrder(Action action) {
    int rank = rank(action.getVerb());
    int before = furthest.getOrDefault(action.getDedupKey(), rank);
    Violation.unless(
        rank >= before,
        "order: %s of %s was sent after a later step",
        action.getVerb(),
        action.getDedupKey());
    furthest.put(action.getDedupKey(), rank);
  }

  private static int rank(ActionVerb verb) {
    return switch (verb) {
      case TRIGGER -> 0;
      case ACKNOWLEDGE -> 1;
      default -> 2;
    };
  }

  private void effect(Action action, boolean pager) {
    if (pager) {
      page(action);
    } else if (known.add(action.getActionId()) && action.getVerb() == ActionVerb.CREATE) {
      tickets.merge(action.getIncidentId(), 1, Integer::sum);
    }
  }

  private void page(Action action) {
    String key = action.getDedupKey();
    if (action.getVerb() == ActionVerb.RESOLVE) {
      open.remove(key);
    } else if (action.getVerb() == ActionVerb.TRIGGER && open.add(key)) {
      String episode = action.getIncidentId() + "/" + action.getEpisode();
      int count = pages.merge(episode, 1, Integer::sum);
      Violation.unless(count == 1, "pages: %s was paged %d times", episode, count);
    }
  }

  /** Whether somebody was paged for an episode. */
  boolean paged(String episode) {
    return pages.containsKey(episode);
  }

  /** Alerts that are open. */
  Set<String> open() {
    return open;
  }

  /** What was created, by incident. */
  Map<String, Integer> tickets() {
    return tickets;
  }

  int pages() {
    return pages.size();
  }
}
