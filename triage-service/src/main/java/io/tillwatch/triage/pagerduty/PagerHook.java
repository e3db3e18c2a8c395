package io.tillwatch.triage.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.stream.InputRedaction;
import io.tillwatch.triage.stream.InputRules;
import io.tillwatch.triage.stream.Refusal;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.Latest;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks v3 of PagerDuty: who sent one, and what it means here.
 *
 * <p>Only what a person does there becomes an acknowledgement or a resolve here. What an
 * integration does is the echo of our own pages, and what PagerDuty does by itself (a timeout) is a
 * note: it mends nothing. Deliveries may come twice and in any order: the command's id follows from
 * the event's, and the desk has the last word on what the incident's state allows. Thread-safe.
 *
 * @see <a
 *     href="https://developer.pagerduty.com/docs/webhooks-overview">developer.pagerduty.com/docs/webhooks-overview</a>
 */
public final class PagerHook {

  private static final Logger LOG = LoggerFactory.getLogger(PagerHook.class);

  /** Name of the header that {@link #take} wants. */
  public static final String SIGNATURE = Signatures.HEADER;

  /** Where a command of ours says that it was said there: it is not told to PagerDuty again. */
  static final String CHANNEL = "pagerduty";

  /** Ids of events that are remembered, about 100 bytes each; the desk remembers too. */
  static final int REMEMBERED_MAX = 10_000;

  private static final int AUTHOR_MAX = 64;
  private static final int REASON_MAX = 512;
  private static final int ID_MAX = 128;

  private final List<Secret> secrets;
  private final Signatures signatures;
  private final Function<String, Optional<Incident>> incidents;
  private final Recorder recorder;
  private final InstantSource clock;
  private final InputRules rules;
  private final HookCounts counts = new HookCounts();
  private final Map<String, Boolean> recorded = new Latest<>(REMEMBERED_MAX);

  /** Puts a command on record. */
  @FunctionalInterface
  public interface Recorder {

    /**
     * Returns when it is.
     *
     * @throws NotPublished when it is not known to be
     */
    void record(Command command) throws NotPublished;
  }

  /**
   * A way in.
   *
   * @param secrets what a webhook may be signed with; none closes it
   * @param incidents committed incidents by id
   */
  public PagerHook(
      List<Secret> secrets,
      Function<String, Optional<Incident>> incidents,
      Recorder recorder,
      InstantSource clock) {
    this.secrets = List.copyOf(secrets);
    this.signatures = new Signatures(secrets);
    this.incidents = incidents;
    this.recorder = recorder;
    this.clock = clock;
    this.rules = new InputRules(clock);
  }

  /** Whether anything can be heard: without a secret nobody can be told from anybody. */
  public boolean open() {
    return !secrets.isEmpty();
  }

  /** What came of webhooks so far. */
  public HookCounts counts() {
    return counts;
  }

  /**
   * Takes a webhook: what it means is on record when this returns, or it says that it is not.
   *
   * @param body as it came, not as it was parsed
   * @param signature the header of that name; null when there was none
   */
  public HookOutcome take(byte[] body, @Nullable String signature) {
    Heard heard = hear(body, signature);
    HookOutcome outcome = heard.command() == null ? heard.outcome() : recorded(heard);
    counts.count(outcome);
    return outcome;
  }

  private HookOutcome recorded(Heard heard) {
    Command command = Objects.requireNonNull(heard.command());
    Optional<Refusal> refusal = rules.check(command);
    if (refusal.isPresent()) {
      LOG.warn("A webhook of PagerDuty is not put on record: {}", refusal.get().detail());
      return HookOutcome.REFUSED;
    }
    try {
      recorder.record(InputRedaction.clean(command));
    } catch (NotPublished away) {
      LOG.warn("A webhook of PagerDuty could not be put on record", away);
      return HookOutcome.NOT_RECORDED;
    }
    remember(heard.eventId());
    return heard.outcome();
  }

  /**
   * Judges a webhook; changes nothing.
   *
   * @param body as it came, not as it was parsed
   * @param signature the header of that name; null when there was none
   */
  Heard hear(byte[] body, @Nullable String signature) {
    if (!signatures.match(body, signature)) {
      return Heard.nothing(HookOutcome.UNSIGNED, "");
    }
    try {
      return judge(BoundedJson.object(body).path("event"));
    } catch (BoundedJson.Unreadable e) {
      return Heard.nothing(HookOutcome.UNREADABLE, "");
    }
  }

  private Heard judge(JsonNode event) {
    String id = event.path("id").asText("");
    String type = event.path("event_type").asText("");
    if (id.isBlank() || id.length() > ID_MAX || type.isEmpty()) {
      return Heard.nothing(HookOutcome.UNREADABLE, "");
    }
    if (known(id)) {
      return Heard.nothing(HookOutcome.DUPLICATE, id);
    }
    if (!event.path("data").path("type").asText("").equals("incident")) {
      return Heard.nothing(HookOutcome.IGNORED, id);
    }
    String key = event.path("data").path("incident_key").asText("");
    int slash = key.lastIndexOf('/');
    Optional<Incident> incident =
        slash < 0 ? Optional.empty() : incidents.apply(key.substring(0, slash));
    if (incident.isEmpty()) {
      return Heard.nothing(HookOutcome.UNKNOWN_INCIDENT, id);
    }
    if (!key.substring(slash + 1).equals(Integer.toString(incident.get().getEpisode()))) {
      return Heard.nothing(HookOutcome.OTHER_EPISODE, id);
    }
    return meaning(event, id, type, incident.get());
  }

  private Heard meaning(JsonNode event, String id, String type, Incident incident) {
    boolean person = event.path("agent").path("type").asText("").startsWith("user");
    boolean over = over(incident.getState());
    return switch (type) {
      case "incident.acknowledged" ->
          person
              ? command(event, id, incident, CommandVerb.ACKNOWLEDGE, "acknowledged in PagerDuty")
              : Heard.nothing(HookOutcome.OWN, id);
      case "incident.resolved" -> {
        if (person) {
          yield command(event, id, incident, CommandVerb.RESOLVE, "resolved in PagerDuty");
        }
        yield over
            ? Heard.nothing(HookOutcome.OWN, id)
            : note(
                event, id, incident, "PagerDuty resolved its incident by itself; this one goes on");
      }
      case "incident.unacknowledged" ->
          note(event, id, incident, "nobody has it in PagerDuty any more: acknowledgement ended");
      case "incident.escalated" -> note(event, id, incident, "escalated in PagerDuty" + to(event));
      case "incident.delegated", "incident.reassigned" ->
          note(event, id, incident, "handed over in PagerDuty" + to(event));
      case "incident.reopened" -> note(event, id, incident, "reopened in PagerDuty");
      default -> Heard.nothing(HookOutcome.IGNORED, id);
    };
  }

  private static boolean over(IncidentState state) {
    return state == IncidentState.RESOLVED
        || state == IncidentState.REVIEWED
        || state == IncidentState.MERGED;
  }

  private static String to(JsonNode event) {
    StringJoiner names = new StringJoiner(", ", " to ", "").setEmptyValue("");
    for (JsonNode assignee : event.path("data").path("assignees")) {
      names.add(Texts.line(assignee.path("summary").asText(""), AUTHOR_MAX));
    }
    return names.toString();
  }

  private Heard note(JsonNode event, String id, Incident incident, String text) {
    return command(event, id, incident, CommandVerb.NOTE, text);
  }

  private Heard command(
      JsonNode event, String id, Incident incident, CommandVerb verb, String reason) {
    String author = Texts.line(event.path("agent").path("summary").asText(""), AUTHOR_MAX);
    Instant now = clock.instant();
    Instant at =
        Texts.time(event.path("occurred_at").asText(""))
            .filter(said -> said.isBefore(now))
            .orElse(now);
    return new Heard(
        HookOutcome.COMMAND,
        id,
        Command.newBuilder()
            .setCommandId(StableId.of(CHANNEL, id))
            .setTenant(incident.getTenant())
            .setIncidentId(incident.getIncidentId())
            .setVerb(verb)
            .setAuthor(author.isEmpty() ? "PagerDuty" : author)
            .setReason(Texts.line(reason, REASON_MAX))
            .setChannel(CHANNEL)
            .setAt(at)
            .setEpisode(incident.getEpisode())
            .build());
  }

  private synchronized boolean known(String eventId) {
    return recorded.containsKey(eventId);
  }

  private synchronized void remember(String eventId) {
    recorded.put(eventId, true);
  }
}
