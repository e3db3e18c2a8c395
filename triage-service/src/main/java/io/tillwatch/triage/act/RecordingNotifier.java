package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The twin behind every target until a real one is configured: prints each action once as a
 * readable block and remembers it.
 *
 * <p>Dedupes like a pager: an action id has one effect, and while a dedup key is triggered a second
 * trigger adds nothing. Remembers the latest {@link #LIMIT} effects (about 2 MiB). Thread-safe.
 */
public final class RecordingNotifier implements Notifier {

  static final int LIMIT = 1_000;

  private final Consumer<String> out;
  private final Map<String, Action> effects = new LinkedHashMap<>();
  private final Map<String, String> triggered = new LinkedHashMap<>();

  /** A twin that hands each printed block to the given sink. */
  public RecordingNotifier(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public synchronized Delivery deliver(Errand errand) {
    Action action = errand.action();
    if (effects.containsKey(action.getActionId())) {
      return done(action, "recorded before");
    }
    if (action.getVerb() == ActionVerb.TRIGGER
        && triggered.putIfAbsent(alarm(action), action.getActionId()) != null) {
      return done(action, "already triggered");
    }
    if (action.getVerb() == ActionVerb.RESOLVE) {
      triggered.remove(alarm(action));
    }
    effects.put(action.getActionId(), action);
    dropOldest(effects);
    dropOldest(triggered);
    out.accept(Notice.text(action));
    return done(action, "recorded");
  }

  /** What has had an effect, oldest first. */
  public synchronized List<Action> effects() {
    return new ArrayList<>(effects.values());
  }

  private static String alarm(Action action) {
    return action.getTarget() + "/" + action.getDedupKey();
  }

  private static Delivery done(Action action, String detail) {
    return new Delivery.Done("console:" + action.getDedupKey(), detail);
  }

  private static void dropOldest(Map<String, ?> map) {
    if (map.size() > LIMIT) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
