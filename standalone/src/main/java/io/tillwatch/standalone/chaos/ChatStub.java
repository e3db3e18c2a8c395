package io.tillwatch.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.standalone.chaos.WireLog.Verb;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Slack's Web API as far as it matters here: no idempotency key, posts as often as it is asked,
 * history newest first and cut at its limit, and more than about a message a second to the channel
 * is answered with 429. What is asked for with a GET is answered whatever gets lost of the others'
 * answers: else nothing would ever be posted of which the answer is lost.
 */
final class ChatStub extends Stub {

  static final String CHANNEL = "C0CHA05TUB";

  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";
  private static final int POSTS_MAX = 15;
  private static final long POSTS_NANOS = Duration.ofSeconds(10).toNanos();

  /** Of others, from before there was anything to tell: more than a history has at once. */
  private static final int OLDER = 120;

  private static final Duration OLDER_ENDED = Duration.ofMinutes(10);

  /** What was lately sent for a message. */
  private record Kept(String thread, String postedFor, JsonNode metadata) {}

  /**
   * A message as the channel shows it.
   *
   * @param thread the message it replies to; empty when it stands for itself
   * @param postedFor the action it was posted for
   * @param shows the action that it says now
   * @param episode whose message it is; empty on replies and notices
   */
  record Message(String ts, String thread, String postedFor, String shows, String episode) {}

  private final SplittableRandom random;
  private final double lostShare;
  private final InstantSource clock;
  private final List<String> older = new ArrayList<>();
  private long lastSecond;
  private final Map<String, Kept> messages = new LinkedHashMap<>();
  private final Deque<Long> posts = new ArrayDeque<>();

  /**
   * A chat.
   *
   * @param lostShare part of posts and edits that happen and are not answered
   */
  ChatStub(long seed, double lostShare) throws IOException {
    this(seed, lostShare, InstantSource.system());
  }

  /** A chat with a clock of its own: messages have its time, so that {@code oldest} counts. */
  ChatStub(long seed, double lostShare, InstantSource clock) throws IOException {
    this.random = new SplittableRandom(seed);
    this.lostShare = lostShare;
    this.clock = clock;
    this.lastSecond = clock.instant().getEpochSecond();
    long ended = clock.instant().minus(OLDER_ENDED).getEpochSecond();
    for (int i = 1; i <= OLDER; i++) {
      older.add(ts(ended - OLDER + i, 0));
    }
  }

  private static String ts(long second, int number) {
    return String.format(Locale.ROOT, "%d.%06d", second, number);
  }

  /** In order, also when the clock is set back; no two are alike. */
  private String nextTs() {
    lastSecond = Math.max(lastSecond, clock.instant().getEpochSecond());
    return ts(lastSecond, messages.size());
  }

  /** Settings by which messages go there. */
  String settings() {
    return "slack: {base-url: \"%s\", token: xoxb-not-a-real-one, channel: %s}"
        .formatted(url(), CHANNEL);
  }

  @Override
  synchronized Mood moodFor(String method, String path) {
    Mood now = mood();
    boolean acts = path.equals(POST) || path.equals(UPDATE);
    if (!acts) {
      return now.effect() ? Mood.WELL : now;
    }
    return now == Mood.WELL && random.nextDouble() < lostShare ? Mood.RESETS_AFTER : now;
  }

  @Override
  synchronized Answer take(String method, String path, JsonNode body, Mood now) {
    boolean limited = path.equals(POST) && now.effect() && tooMany();
    String said = body.path("metadata").path("event_payload").path("action_id").asText();
    if (!now.effect() || limited) {
      Answer no = limited || now == Mood.BUSY ? busy() : refusal(now);
      log().add(Verb.OTHER, said, no.status(), false);
      return no;
    }
    int status = now == Mood.WELL ? 200 : 0;
    return switch (path) {
      case POST -> post(body, said, status);
      case UPDATE -> update(body, said, status);
      case "/api/conversations.history" -> list(body, "");
      case "/api/conversations.replies" -> list(body, body.path("ts").asText());
      default -> ok(JSON.createObjectNode());
    };
  }

  private boolean tooMany() {
    long now = System.nanoTime();
    while (!posts.isEmpty() && now - posts.peekFirst() > POSTS_NANOS) {
      posts.removeFirst();
    }
    if (posts.size() >= POSTS_MAX) {
      return true;
    }
    posts.addLast(now);
    return false;
  }

  private static Answer busy() {
    return new Answer(429, "{\"ok\":false,\"error\":\"ratelimited\"}", Map.of("Retry-After", "1"));
  }

  private Answer post(JsonNode body, String said, int status) {
    String ts = nextTs();
    String thread = body.path("thread_ts").asText("");
    messages.put(ts, new Kept(thread, said, body.path("metadata").deepCopy()));
    log().add(thread.isEmpty() ? Verb.CREATE : Verb.COMMENT, said, status, true);
    return ok(JSON.createObjectNode().put("channel", CHANNEL).put("ts", ts));
  }

  private Answer update(JsonNode body, String said, int status) {
    String ts = body.path("ts").asText();
    Kept before = messages.get(ts);
    if (before == null) {
      return new Answer(200, "{\"ok\":false,\"error\":\"message_not_found\"}");
    }
    messages.put(
        ts, new Kept(before.thread(), before.postedFor(), body.path("metadata").deepCopy()));
    log().add(Verb.EDIT, said, status, true);
    return ok(JSON.createObjectNode().put("channel", CHANNEL).put("ts", ts));
  }

  /** A thread begins with its parent, however old that is, and goes on from the oldest. */
  private Answer list(JsonNode asked, String thread) {
    List<String> found = new ArrayList<>(thread.isEmpty() ? older : List.of());
    messages.forEach((ts, message) -> {
      boolean here = message.thread().equals(thread); // the channel's own have none
      if (here) {
        found.add(ts);
      }
    });
    BigDecimal oldest = new BigDecimal(asked.path("oldest").asText("0"));
    found.removeIf(ts -> new BigDecimal(ts).compareTo(oldest) <= 0);
    if (!thread.isEmpty() && messages.containsKey(thread)) {
      found.addFirst(thread);
    }
    ArrayNode shown = JSON.createArrayNode();
    List<String> ordered = thread.isEmpty() ? found.reversed() : found;
    for (String ts : ordered.subList(0, Math.min(asked.path("limit").asInt(), found.size()))) {
      ObjectNode message = shown.addObject().put("ts", ts);
      Kept kept = messages.get(ts);
      if (kept != null && asked.path("include_all_metadata").asText().equals("true")) {
        message.set("metadata", kept.metadata());
      }
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.set("messages", shown);
    return ok(answer);
  }

  private static Answer ok(ObjectNode answer) {
    return new Answer(200, answer.put("ok", true).toString());
  }

  /** The channel and its threads as they are shown, oldest first. */
  synchronized List<Message> messages() {
    List<Message> shown = new ArrayList<>();
    messages.forEach((ts, message) -> {
      JsonNode payload = message.metadata().path("event_payload");
      shown.add(
          new Message(
              ts,
              message.thread(),
              message.postedFor(),
              payload.path("action_id").asText(),
              payload.path("episode").asText()));
    });
    return shown;
  }

  /** Posts and edits that happened and were not answered. */
  long unanswered() {
    return log().entries().stream().filter(entry -> entry.effect() && entry.answer() == 0).count();
  }
}
