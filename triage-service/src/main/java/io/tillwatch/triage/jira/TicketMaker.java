package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.outside.Reply;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the issue of an incident, or makes it, as {@link CreateOnce} decides.
 *
 * <p>What is doubted is kept in memory, for the latest {@link #REMEMBERED_MAX} incidents (about 1
 * MiB). It need not outlive the process: an action that was read before and has no result on record
 * says by itself that somebody may have tried it.
 */
final class TicketMaker {

  static final int REMEMBERED_MAX = 10_000;

  private static final int REQUEST_TIMEOUT = 408;

  /** The issue, or why there is none. */
  sealed interface Ticket {
    /**
     * There is one.
     *
     * @param made whether it was made just now
     */
    record Known(String key, boolean made) implements Ticket {}

    /** There is none, and none was to be made. */
    record None() implements Ticket {}

    /** It is not known yet. */
    record NotNow(Delivery why) implements Ticket {}
  }

  private final JiraClient client;
  private final IssueFinder finder;
  private final CreateOnce.Waits waits;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final Map<String, CreateOnce> begun = Latest.shared(REMEMBERED_MAX);
  private final Map<String, String> keys = Latest.shared(REMEMBERED_MAX);

  TicketMaker(JiraClient client, JiraSettings settings, InstantSource clock, LongSupplier ticker) {
    this.client = client;
    this.finder = new IssueFinder(client, settings, ticker);
    this.waits = settings.waits();
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The issue of an errand's incident; none is made. */
  Ticket find(Errand errand, String project) {
    return known(errand, project, null);
  }

  /** The issue of an errand's incident, made when there is none. */
  Ticket findOrMake(Errand errand, String project, Supplier<ObjectNode> issue) {
    return known(errand, project, issue);
  }

  private Ticket known(Errand errand, String project, @Nullable Supplier<ObjectNode> issue) {
    Action action = errand.action();
    String incidentId = action.getIncidentId();
    String key = errand.externalId();
    if (key == null || !Issue.isKey(key)) {
      key = keys.get(incidentId);
    }
    if (key != null) {
      return new Ticket.Known(key, false);
    }
    CreateOnce once = state(errand);
    if (once.next() == CreateOnce.Step.LOOK) {
      switch (finder.look(action, project, clock.instant())) {
        case Look.Found found -> {
          return remembered(incidentId, found.key(), false);
        }
        case Look.Blind blind -> {
          return new Ticket.NotNow(blind.why());
        }
        case Look.None none -> {
          long now = ticker.getAsLong();
          once = once.foundNone(none.sight(), waits, now);
          begun.put(incidentId, once);
          if (once.next() == CreateOnce.Step.LOOK) {
            return new Ticket.NotNow(
                new Delivery.Held(
                    "an issue may be under way: looked %d times, saw %s"
                        .formatted(once.looks(), none.sight()),
                    once.wait(waits, now)));
          }
        }
      }
    }
    return issue == null ? new Ticket.None() : make(incidentId, once, issue.get());
  }

  /**
   * Where the making stands. What was clear when the action was read the last time need not be any
   * more: another executor may have had it meanwhile.
   */
  private CreateOnce state(Errand errand) {
    String incidentId = errand.action().getIncidentId();
    CreateOnce known = begun.get(incidentId);
    boolean justRead = errand.attempt() == 1;
    if (known != null && !(justRead && known.state() == CreateOnce.State.CLEAR)) {
      return known;
    }
    CreateOnce begin = begin(errand);
    begun.put(incidentId, begin);
    return begin;
  }

  /** Only a create that nobody can have tried yet begins without doubt. */
  private CreateOnce begin(Errand errand) {
    boolean first = errand.action().getVerb() == ActionVerb.CREATE && !errand.maybeTried();
    return first ? CreateOnce.untried() : CreateOnce.maybeTried(ticker.getAsLong());
  }

  private Ticket make(String incidentId, CreateOnce once, ObjectNode issue) {
    if (Thread.currentThread().isInterrupted()) {
      return new Ticket.NotNow(new Delivery.Retry("stopped before a create", Duration.ZERO));
    }
    begun.put(incidentId, once.sending(ticker.getAsLong()));
    Reply reply = client.create(issue);
    if (reply instanceof Reply.Answered answer && answer.ok()) {
      String key = JiraClient.json(answer).path("key").asText();
      if (Issue.isKey(key)) {
        return remembered(incidentId, key, true);
      }
    }
    begun.put(
        incidentId, madeNothing(reply) ? once.madeNothing() : once.unanswered(ticker.getAsLong()));
    return new Ticket.NotNow(JiraClient.unread(reply));
  }

  /** Whether it is certain that no issue came of a create. */
  private static boolean madeNothing(Reply reply) {
    return switch (reply) {
      case Reply.NotSent _ -> true;
      case Reply.Unanswered silence -> !silence.mayHaveHappened();
      case Reply.Answered answer ->
          answer.status() / 100 == 4 && answer.status() != REQUEST_TIMEOUT;
    };
  }

  private Ticket remembered(String incidentId, String key, boolean made) {
    keys.put(incidentId, key);
    begun.remove(incidentId);
    return new Ticket.Known(key, made);
  }
}
