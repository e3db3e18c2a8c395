package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.Reach;
import io.tillwatch.triage.jira.TicketMaker.Ticket;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.HttpDoor;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps one issue per incident: made once, commented, closed with the incident and taken up again
 * by its next episode.
 *
 * <p>Whatever writes looks first: the mark on the issue says which action was the last to write, so
 * that a repeated one adds nothing. An issue that somebody deleted is not made again.
 */
public final class JiraNotifier implements Notifier {

  private static final int NOT_FOUND = 404;

  private final JiraSettings settings;
  private final JiraClient client;
  private final Requests requests;
  private final TicketMaker tickets;
  private final Extras extras;
  private final UnderWay underWay;
  private final Incidents incidents;
  private final AutoCloseable way;

  JiraNotifier(JiraSettings settings, Incidents incidents, Function<Ask, Reply> way, Time time) {
    this(settings, incidents, way, time, () -> {});
  }

  private JiraNotifier(
      JiraSettings settings,
      Incidents incidents,
      Function<Ask, Reply> way,
      Time time,
      AutoCloseable closing) {
    this.settings = settings;
    this.client = new JiraClient(settings, way);
    this.requests = new Requests(settings);
    this.tickets = new TicketMaker(client, settings, time.clock(), time.ticker());
    this.extras = new Extras(client, settings);
    this.underWay = new UnderWay(settings.waits().settle(), time.ticker());
    this.incidents = incidents;
    this.way = closing;
  }

  /**
   * What time it is.
   *
   * @param clock tells how old an action is
   * @param ticker monotonic nanoseconds, for waits
   */
  record Time(InstantSource clock, LongSupplier ticker) {}

  /** Opens the way to a Jira; connects to nothing yet. */
  public static JiraNotifier open(JiraSettings settings, Incidents incidents, InstantSource clock) {
    HttpDoor door =
        HttpDoor.open(
            settings.door(),
            List.of(
                settings.token(), JiraClient.authorization(settings), JiraClient.basic(settings)));
    return new JiraNotifier(
        settings, incidents, door::send, new Time(clock, System::nanoTime), door);
  }

  @Override
  public Delivery deliver(Errand errand) {
    return switch (errand.action().getVerb()) {
      case CREATE -> create(errand);
      case COMMENT -> written(errand, issue -> done(issue.key(), "commented"));
      case UPDATE -> takeUp(errand);
      case CLOSE -> written(errand, this::close);
      case TRIGGER, ACKNOWLEDGE, RESOLVE, OTHER ->
          new Delivery.Refused(
              "a ticket has no " + errand.action().getVerb().name().toLowerCase(Locale.ROOT));
    };
  }

  /** What follows once an issue has the comment. */
  @FunctionalInterface
  private interface Then {
    Delivery go(Issue issue);
  }

  private Delivery create(Errand errand) {
    Action action = errand.action();
    Optional<Incident> incident = incidents.of(action);
    Route route = settings.route(action.getRoute());
    return switch (tickets.findOrMake(
        errand, route.project(), () -> requests.create(action, incident, route))) {
      case Ticket.Known known -> extras.add(known, action, incident);
      case Ticket.NotNow later -> later.why();
      case Ticket.None _ -> throw new IllegalStateException("it was to be made");
    };
  }

  /** A later episode: what was told of the first is not told again, so one that is missing is. */
  private Delivery takeUp(Errand errand) {
    Action action = errand.action();
    Optional<Incident> incident = incidents.of(action);
    Route route = settings.route(action.getRoute());
    return switch (tickets.findOrMake(
        errand, route.project(), () -> requests.create(action, incident, route))) {
      case Ticket.Known known when known.made() -> extras.add(known, action, incident);
      case Ticket.Known known -> write(known.key(), errand, this::reopen);
      case Ticket.NotNow later -> later.why();
      case Ticket.None _ -> throw new IllegalStateException("it was to be made");
    };
  }

  private Delivery written(Errand errand, Then then) {
    Route route = settings.route(errand.action().getRoute());
    return switch (tickets.find(errand, route.project())) {
      case Ticket.Known known -> write(known.key(), errand, then);
      case Ticket.NotNow later -> later.why();
      case Ticket.None _ ->
          new Delivery.Done(null, "the incident has no issue: there is nothing to write to");
    };
  }

  private Delivery write(String key, Errand errand, Then then) {
    Action action = errand.action();
    Reply read = client.issue(key, "status,summary");
    if (!(read instanceof Reply.Answered answer && answer.ok())) {
      return isNotFound(read) ? gone(key) : JiraClient.unread(read);
    }
    Issue issue = Issue.read(JiraClient.json(answer));
    if (issue.key().isEmpty()) {
      return JiraClient.unread(read);
    }
    boolean written =
        issue.mark().filter(mark -> mark.action().equals(action.getActionId())).isPresent();
    if (!written) {
      Duration wait = underWay.wait(errand);
      if (wait.isPositive()) {
        return new Delivery.Held("its comment may be under way", wait);
      }
      Reply reply = client.edit(issue.key(), requests.comment(action));
      if (!(reply instanceof Reply.Answered said && said.ok())) {
        return isNotFound(reply) ? gone(key) : settled(reply);
      }
    }
    return then.go(issue);
  }

  private Delivery close(Issue issue) {
    if (issue.done()) {
      return done(issue.key(), "commented, it was closed already");
    }
    if (settings.flow().close().equals(JiraSettings.Flow.NONE)) {
      return done(issue.key(), "commented, closing is left to people");
    }
    Reply reply = client.transitions(issue.key());
    if (!(reply instanceof Reply.Answered answer && answer.ok())) {
      return JiraClient.unread(reply);
    }
    Workflow workflow = Workflow.read(JiraClient.json(answer));
    return workflow
        .closing(settings.flow().close())
        .map(way -> move(issue, way, Requests.transition(way.id(), settings.flow().resolution())))
        .orElseGet(() ->
            new Delivery.Refused(
                "%s is commented and not closed: %s from status '%s', there are %s"
                    .formatted(
                        issue.key(),
                        settings.flow().close().isEmpty()
                            ? "no transition leads to a status that counts as done"
                            : "there is no transition '%s'".formatted(settings.flow().close()),
                        issue.status(),
                        workflow.names())));
  }

  private Delivery reopen(Issue issue) {
    String wanted = settings.flow().reopen();
    if (wanted.isEmpty() || !issue.done()) {
      return done(issue.key(), "commented");
    }
    Reply reply = client.transitions(issue.key());
    if (!(reply instanceof Reply.Answered answer && answer.ok())) {
      return JiraClient.unread(reply);
    }
    return Workflow.read(JiraClient.json(answer))
        .named(wanted)
        .map(way -> move(issue, way, Requests.transition(way.id(), "")))
        .orElseGet(() ->
            done(
                issue.key(),
                "commented; there is no transition '%s' from status '%s'"
                    .formatted(wanted, issue.status())));
  }

  private Delivery move(Issue issue, Workflow.Transition way, ObjectNode body) {
    Reply reply = client.transition(issue.key(), body);
    return reply instanceof Reply.Answered answer && answer.ok()
        ? done(issue.key(), "commented, now '%s'".formatted(way.to()))
        : settled(reply);
  }

  private Delivery settled(Reply reply) {
    return JiraClient.settled(reply, settings.waits().settle());
  }

  /** Somebody deleted it, unless we are not let in: then nothing can be seen. */
  private Delivery gone(String key) {
    Reply me = client.myself();
    return me instanceof Reply.Answered answer && answer.ok()
        ? done(key, "is not there any more, somebody deleted it: there is nothing to write to")
        : JiraClient.unread(me);
  }

  private static boolean isNotFound(Reply reply) {
    return reply instanceof Reply.Answered answer && answer.status() == NOT_FOUND;
  }

  private static Delivery done(String key, String what) {
    return new Delivery.Done(key, key + " " + what);
  }

  @Override
  public Reach check() {
    return JiraClient.ANSWERS.reach(client.myself());
  }

  @Override
  public void close() {
    try {
      way.close();
    } catch (Exception e) {
      throw new IllegalStateException("the way to Jira did not close", e);
    }
  }
}
