package io.tillwatch.triage.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.api.IncidentJson;
import io.tillwatch.triage.jira.TicketMaker.Ticket;
import io.tillwatch.triage.outside.Reply;
import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new issue gets besides: the evidence as a file, and the link back to our page.
 *
 * <p>Worth a few tries and no more: an issue without them is a ticket all the same, and its
 * comments are not to wait for a store of files that is down.
 */
final class Extras {

  static final int TRIES_MAX = 3;

  private static final int REMEMBERED_MAX = 1_000;
  private static final List<Integer> PASSING = List.of(401, 408, 409, 429);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JiraClient client;
  private final boolean attach;
  private final Duration settles;
  private final Map<String, Integer> tries = Latest.shared(REMEMBERED_MAX);

  Extras(JiraClient client, JiraSettings settings) {
    this.client = client;
    this.attach = settings.attachEvidence();
    this.settles = settings.waits().settle();
  }

  /** Adds what is missing; what cannot be added is said in the result. */
  Delivery add(Ticket.Known ticket, Action action, Optional<Incident> incident) {
    List<Reply> failed = new ArrayList<>();
    if (attach) {
      incident.flatMap(known -> attached(ticket, known)).ifPresent(failed::add);
    }
    Requests.link(action)
        .map(link -> client.link(ticket.key(), link))
        .filter(reply -> !ok(reply))
        .ifPresent(failed::add);
    String made = ticket.key() + (ticket.made() ? " made" : " was made before");
    if (failed.isEmpty()) {
      tries.remove(ticket.key());
      return new Delivery.Done(ticket.key(), made);
    }
    String problem = made + ", not all was added: " + JiraClient.unread(failed.getFirst()).detail();
    if (failed.stream().anyMatch(Extras::passes)
        && tries.merge(ticket.key(), 1, Integer::sum) < TRIES_MAX) {
      boolean open =
          failed.stream()
              .map(reply -> JiraClient.settled(reply, settles))
              .anyMatch(
                  ended -> ended instanceof Delivery.Retry retry && retry.after().equals(settles));
      return new Delivery.Retry(problem, open ? settles : Duration.ZERO);
    }
    return new Delivery.Done(ticket.key(), problem);
  }

  /** The reply that kept the file from being attached; empty when it is there. */
  private Optional<Reply> attached(Ticket.Known ticket, Incident incident) {
    String file = "%s-%d.json".formatted(incident.getIncidentId(), incident.getEpisode());
    if (!ticket.made() || tries.containsKey(ticket.key())) {
      Reply read = client.issue(ticket.key(), "attachment");
      if (!(read instanceof Reply.Answered answer && answer.ok())) {
        return Optional.of(read);
      }
      if (answer.cut() || Issue.read(JiraClient.json(answer)).files().contains(file)) {
        return Optional.empty();
      }
    }
    return Optional.of(client.attach(ticket.key(), file, evidence(incident)))
        .filter(reply -> !ok(reply));
  }

  /** The incident as the API shows it. */
  private static byte[] evidence(Incident incident) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(IncidentJson.of(incident));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an incident can be written", e);
    }
  }

  /** Whether it may be different the next time. */
  private static boolean passes(Reply reply) {
    return !(reply instanceof Reply.Answered answer)
        || answer.status() / 100 != 4
        || PASSING.contains(answer.status());
  }

  private static boolean ok(Reply reply) {
    return reply instanceof Reply.Answered answer && answer.ok();
  }
}
