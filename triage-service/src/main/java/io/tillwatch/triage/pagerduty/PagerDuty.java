package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.Reach;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.HttpDoor;
import io.tillwatch.triage.outside.Rate;
import io.tillwatch.triage.outside.Reply;
import io.tillwatch.triage.outside.RetryTable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages through PagerDuty's Events API v2.
 *
 * <p>All events of an episode carry its dedup key, so that a trigger that is sent again while the
 * alert is open adds nothing. That protects only until the resolve: no trigger is tried again once
 * a resolve is queued, which is the executor's. Thread-safe.
 */
public final class PagerDuty implements Notifier {

  /**
   * Only 202 says that it was accepted: any other 2xx comes from something in between, and a page
   * is not to end there.
   */
  static final RetryTable TABLE =
      RetryTable.citing("https://developer.pagerduty.com/docs/events-api-v2-overview")
          .and(202, RetryTable.Fate.DONE)
          .and(200, 299, RetryTable.Fate.RETRY)
          .and(400, RetryTable.Fate.REFUSED)
          .and(429, RetryTable.Fate.RETRY)
          .and(500, 599, RetryTable.Fate.RETRY);

  private static final Logger LOG = LoggerFactory.getLogger(PagerDuty.class);
  private static final String EVENTS = "/v2/enqueue";
  private static final String CHANGES = "/v2/change/enqueue";
  private static final String AT = "@";

  private final PagerDutySettings settings;
  private final HttpDoor door;
  private final Rate pages;
  private final Rate changes;

  private PagerDuty(PagerDutySettings settings) {
    this.settings = settings;
    this.door = HttpDoor.open(settings.door(), settings.keys());
    int shown = settings.changesPerMinute();
    this.pages = Rate.within(settings.eventsPerMinute() - shown);
    this.changes = Rate.within(Math.max(1, shown));
  }

  /** Opens the way there; connects to nothing yet. */
  public static PagerDuty open(PagerDutySettings settings) {
    return new PagerDuty(settings);
  }

  @Override
  public Delivery deliver(Errand errand) {
    Action action = errand.action();
    Route route = route(paged(errand));
    return switch (action.getVerb()) {
      case TRIGGER, CREATE -> send(action, route, PagerEvent.trigger(action, route.key));
      case ACKNOWLEDGE -> send(action, route, PagerEvent.acknowledge(action, route.key));
      case RESOLVE, CLOSE -> send(action, route, PagerEvent.resolve(action, route.key));
      case UPDATE, COMMENT, OTHER ->
          new Delivery.Refused(
              "a pager has no " + action.getVerb().name().toLowerCase(Locale.ROOT));
    };
  }

  private Delivery send(Action action, Route route, String event) {
    Reply reply = post(EVENTS, event, new Ask.Limit(limitName(route.key), pages));
    Delivery delivery = TABLE.delivery(reply);
    return delivery instanceof Delivery.Done done
        ? new Delivery.Done(name(action, route), done.detail() + route.note)
        : delivery;
  }

  /** PagerDuty counts by key: routes that share one share its limit. */
  private String limitName(Secret key) {
    String first =
        settings.routes().entrySet().stream()
            .filter(route -> route.getValue().equals(key))
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElse("");
    return "route " + (key.equals(settings.routingKey()) ? "" : first);
  }

  /** The dedup key and, behind an {@value #AT}, the route it was sent by. */
  private static String name(Action action, Route route) {
    String key = PagerEvent.dedupKey(action.getDedupKey());
    return route.name.isEmpty() ? key : key + AT + route.name;
  }

  /**
   * The route the episode was paged by, whatever rules say by now: PagerDuty drops an
   * acknowledgement or a resolve that comes with another key.
   */
  private static String paged(Errand errand) {
    Action action = errand.action();
    @Nullable String known = errand.externalId();
    String key = PagerEvent.dedupKey(action.getDedupKey());
    if (known == null || !(known + AT).startsWith(key + AT)) {
      return action.getRoute();
    }
    return known.length() == key.length() ? "" : known.substring(key.length() + 1);
  }

  /**
   * Shows a change of ours beside the incidents of the default service; sent twice, shown twice.
   * Takes nothing of what is kept for pages.
   */
  Delivery tell(ChangeEvent change) {
    return TABLE.delivery(
        post(
            CHANGES,
            PagerEvent.change(change, settings.routingKey()),
            new Ask.Limit("changes", changes)));
  }

  private Reply post(String path, String json, Ask.Limit limit) {
    return door.send(Ask.json("POST", path, json).within(limit));
  }

  private record Route(String name, Secret key, String note) {}

  /** A route nobody configured is no reason not to page. */
  private Route route(String name) {
    if (name.isEmpty()) {
      return new Route("", settings.routingKey(), "");
    }
    @Nullable Secret key = settings.routes().get(name);
    if (key != null && key.isSet()) {
      return new Route(name, key, "");
    }
    LOG.warn("PagerDuty has no route '{}': paged by the default one", name);
    return new Route(
        "", settings.routingKey(), "; no route '%s', paged by the default".formatted(name));
  }

  /** Whether it is there: the Events API has no question without an effect, so no key is shown. */
  @Override
  public Reach check() {
    return switch (door.send(Ask.get("/"))) {
      case Reply.Answered answer when answer.status() >= 500 -> new Reach(false, answer.detail());
      case Reply.Answered _ -> Reach.FINE;
      case Reply.Unanswered silence -> new Reach(false, silence.why());
      case Reply.NotSent held -> new Reach(false, held.why().detail());
    };
  }

  @Override
  public void close() {
    door.close();
  }
}
