package io.tillwatch.triage.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.Reach;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.HttpDoor;
import io.tillwatch.triage.outside.Rate;
import io.tillwatch.triage.outside.Reply;
import io.tillwatch.triage.outside.RetryTable;
import io.tillwatch.triage.wire.BoundedJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a channel through Slack's Web API.
 *
 * <p>The first word of an episode is a message of its own; later ones are replies in its thread,
 * and the message is edited to say how it stands. Its name is {@code channel:ts}. Before a message
 * or a reply is posted, the channel or the thread is searched for one with the action's id: the
 * answer to an earlier attempt, of this process or another, may have been lost. A channel that we
 * may not read, or whose history is longer than we read, is posted to all the same: said twice is
 * better than not at all. Thread-safe.
 */
public final class Slack implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(Slack.class);

  /** A hundred messages with their blocks. */
  private static final int HISTORY_BYTES_MAX = 1024 * 1024;

  private static final int HISTORY = 100;

  /** Before the action was decided nothing was posted for it; their clock may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final Pattern NAME = Pattern.compile("[CGD][A-Z0-9]{6,20}:\\d+\\.\\d+");

  /** One message a second to a channel, and a few at once; a method of tier 3 fifty a minute. */
  private static final Rate POSTS = new Rate(3, Duration.ofSeconds(1));

  private static final Rate TIER_3 = Rate.perMinute(50, 10);

  private static final String NO_JSON = "no JSON";

  /** Answers to a search after which it is posted all the same; a history may be cut. */
  private static final List<String> UNREADABLE =
      List.of(
          "missing_scope", "not_in_channel", "not_allowed_token_type", "no_permission", NO_JSON);

  private final SlackSettings settings;
  private final HttpDoor door;

  private Slack(SlackSettings settings) {
    this.settings = settings;
    this.door = HttpDoor.open(settings.door(), List.of(settings.token()));
  }

  /** Opens the way there; connects to nothing yet. */
  public static Slack open(SlackSettings settings) {
    return new Slack(settings);
  }

  /** A message at Slack. */
  private record Message(String channel, String ts) {
    String name() {
      return channel + ":" + ts;
    }

    /** Empty for what is no name of ours: the console, which may have stood here, gives others. */
    static Optional<Message> named(@Nullable String name) {
      if (name == null || !NAME.matcher(name).matches()) {
        return Optional.empty();
      }
      int colon = name.indexOf(':');
      return Optional.of(new Message(name.substring(0, colon), name.substring(colon + 1)));
    }
  }

  @Override
  public Delivery deliver(Errand errand) {
    Action action = errand.action();
    if (action.getTarget() != ActionTarget.CHAT) {
      return notice(action);
    }
    return switch (action.getVerb()) {
      case CREATE, TRIGGER -> begin(action);
      case UPDATE, COMMENT, ACKNOWLEDGE, RESOLVE, CLOSE ->
          Message.named(errand.externalId())
              .map(message -> carryOn(message, action))
              .orElseGet(() -> takeUp(action));
      case OTHER -> new Delivery.Refused("nothing that can be said in a channel");
    };
  }

  private Delivery notice(Action action) {
    Search search = search(settings.channel(), null, action, sent(action));
    return search.orElse(() -> post(SlackMessage.notice(settings.channel(), action)));
  }

  private Delivery begin(Action action) {
    String channel = channel(action.getRoute());
    Search search = search(channel, null, action, episode(action));
    return search.orElse(() -> post(SlackMessage.episode(channel, action)));
  }

  /**
   * The name of the episode's message is not known: it may be there all the same, posted for an
   * action before this one.
   */
  private Delivery takeUp(Action action) {
    String channel = channel(action.getRoute());
    Search search = search(channel, null, null, episode(action));
    @Nullable Message found = search.found;
    return found == null
        ? search.orElse(() -> post(SlackMessage.episode(channel, action)))
        : carryOn(found, action);
  }

  private Delivery carryOn(Message message, Action action) {
    Search search = search(message.channel, message.ts, action, sent(action));
    if (search.gone) {
      return begin(action);
    }
    if (!search.episode.isEmpty() && !search.episode.equals(action.getDedupKey())) {
      return takeUp(action); // the message of an earlier episode, which stays as it ended
    }
    Delivery said =
        search.orElse(() -> post(SlackMessage.reply(message.channel, message.ts, action)));
    if (!(said instanceof Delivery.Done)) {
      return said;
    }
    Result edited = call("chat.update", SlackMessage.edited(message.channel, message.ts, action));
    if (edited.ok() || SlackErrors.fixed(edited.error)) {
      return new Delivery.Done(message.name(), said.detail());
    }
    return SlackErrors.gone(edited.error) ? begin(action) : tried(edited.failure);
  }

  /** Half of it has happened: what is held back now is an attempt all the same. */
  private static Delivery tried(Delivery failure) {
    return failure instanceof Delivery.Held held
        ? new Delivery.Retry(held.detail(), held.after())
        : failure;
  }

  private static Predicate<JsonNode> episode(Action action) {
    return metadata -> metadata.path(SlackMessage.EPISODE).asText("").equals(action.getDedupKey());
  }

  private static Predicate<JsonNode> sent(Action action) {
    return metadata ->
        metadata.path(SlackMessage.ACTION_ID).asText("").equals(action.getActionId());
  }

  /**
   * What a search found.
   *
   * @param found the message; null when there is none, or nobody can tell
   * @param failure why nothing may be posted before it is searched again; null when it may
   * @param gone whether the thread that was searched is not there any more
   * @param episode whose thread was searched; empty when nobody can tell
   */
  private record Search(
      @Nullable Message found, @Nullable Delivery failure, boolean gone, String episode) {

    Delivery orElse(Supplier<Delivery> post) {
      if (found != null) {
        return new Delivery.Done(found.name(), "posted before");
      }
      return failure == null ? post.get() : failure;
    }
  }

  /**
   * Looks for a message of ours.
   *
   * @param thread where it is looked for; null for the channel itself
   * @param since the action it cannot be older than; null when it may be
   * @param ours tells it by its metadata
   */
  private Search search(
      String channel, @Nullable String thread, @Nullable Action since, Predicate<JsonNode> ours) {
    Result seen = look(channel, thread, since);
    if (!seen.ok()) {
      boolean blind = UNREADABLE.contains(seen.error);
      if (blind) {
        LOG.warn("Slack does not let us look whether a message was posted: {}", seen.error);
      }
      boolean gone = SlackErrors.gone(seen.error);
      return new Search(null, blind || gone ? null : seen.failure, gone, "");
    }
    String episode = "";
    for (JsonNode message : seen.body.path("messages")) {
      JsonNode metadata = message.path("metadata");
      JsonNode payload = metadata.path("event_payload");
      if (!metadata.path("event_type").asText("").equals(SlackMessage.METADATA)) {
        continue;
      }
      String ts = message.path("ts").asText("");
      episode = ts.equals(thread) ? payload.path(SlackMessage.EPISODE).asText("") : episode;
      if (ours.test(payload)) {
        return new Search(new Message(channel, ts), null, false, episode);
      }
    }
    return new Search(null, null, false, episode);
  }

  private Delivery post(ObjectNode message) {
    Result posted = call("chat.postMessage", message);
    if (!posted.ok()) {
      return posted.failure;
    }
    String channel = posted.body.path("channel").asText(message.path("channel").asText());
    return new Delivery.Done(
        new Message(channel, posted.body.path("ts").asText("")).name(), "posted");
  }

  private Result look(String channel, @Nullable String thread, @Nullable Action since) {
    String query = "channel=%s&limit=%d&include_all_metadata=true".formatted(channel, HISTORY);
    if (since != null) {
      long oldest = since.getCreatedAt().minus(CLOCK_SKEW).getEpochSecond();
      query += "&oldest=%d.000000".formatted(oldest);
    }
    String method = thread == null ? "conversations.history" : "conversations.replies";
    String path = "/api/" + method + "?" + query + (thread == null ? "" : "&ts=" + thread);
    return result(
        door.send(
            authorised(Ask.get(path)).within(new Ask.Limit(method, TIER_3)), HISTORY_BYTES_MAX));
  }

  private Result call(String method, ObjectNode message) {
    Ask.Limit limit =
        method.equals("chat.postMessage")
            ? new Ask.Limit("channel " + message.path("channel").asText(), POSTS)
            : new Ask.Limit(method, TIER_3);
    return result(
        door.send(
            authorised(Ask.json("POST", "/api/" + method, message.toString())).within(limit)));
  }

  private Ask authorised(Ask ask) {
    return ask.with("Authorization", "Bearer " + settings.token().reveal());
  }

  /** An answer as Slack means it: {@code ok} or the error, and what follows from that. */
  private record Result(String error, JsonNode body, Delivery failure) {
    boolean ok() {
      return error.isEmpty();
    }
  }

  private static Result result(Reply reply) {
    JsonNode nothing = MissingNode.getInstance();
    if (!(reply instanceof Reply.Answered answer)
        || SlackErrors.TABLE.of(answer.status()) != RetryTable.Fate.DONE) {
      return new Result("no answer", nothing, SlackErrors.TABLE.delivery(reply));
    }
    JsonNode body;
    try {
      body = BoundedJson.object(answer.body().getBytes(StandardCharsets.UTF_8));
    } catch (BoundedJson.Unreadable e) {
      return new Result(NO_JSON, nothing, retry(answer));
    }
    if (body.path("ok").asBoolean(false)) {
      return new Result("", body, new Delivery.Done(null, "ok"));
    }
    String error = body.path("error").asText("unknown_error");
    return new Result(
        error,
        nothing,
        SlackErrors.of(error) == RetryTable.Fate.REFUSED
            ? new Delivery.Refused(answer.detail())
            : retry(answer));
  }

  private static Delivery retry(Reply.Answered answer) {
    return new Delivery.Retry(answer.detail(), answer.after());
  }

  /** A route nobody configured is no reason to say nothing. */
  private String channel(String route) {
    String channel = settings.routes().getOrDefault(route, "");
    if (channel.isEmpty() && !route.isEmpty()) {
      LOG.warn("Slack has no route '{}': told in the default channel", route);
    }
    return channel.isEmpty() ? settings.channel() : channel;
  }

  @Override
  public Reach check() {
    Result result = result(door.send(authorised(Ask.json("POST", "/api/auth.test", "{}"))));
    return result.ok() ? Reach.FINE : new Reach(false, result.failure.detail());
  }

  @Override
  public void close() {
    door.close();
  }
}
