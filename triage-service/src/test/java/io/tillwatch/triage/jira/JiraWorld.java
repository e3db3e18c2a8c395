package io.tillwatch.triage.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.Reply;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Jira in memory, as far as it is used: issues are there at once when read by key, and after a
 * lag of their own when searched for. Its time is the number {@link #nanos}.
 */
final class JiraWorld implements Function<Ask, Reply> {

  /** What becomes of a request. */
  enum Fault {
    NONE,
    LOST_BEFORE,
    LOST_AFTER,
    LOST_AND_LATER,
    UNAVAILABLE_AFTER,
    UNAUTHORIZED,
    FORBIDDEN,
    TOO_MANY,
    BROKEN_PIPE
  }

  /** One issue as it is stored. */
  static final class Stored {
    final String key;
    final JsonNode fields;
    final long createdAt;
    final long indexedAt;
    final List<JsonNode> comments = new ArrayList<>();
    final Map<String, JsonNode> properties = new TreeMap<>();
    final Map<String, JsonNode> links = new TreeMap<>();
    final List<String> files = new ArrayList<>();
    String status = "To Do";

    /** What is answered with; empty after a change. */
    String shown = "";

    Stored(String key, JsonNode fields, long createdAt, long indexedAt) {
      this.key = key;
      this.fields = fields;
      this.createdAt = createdAt;
      this.indexedAt = indexedAt;
    }

    boolean done() {
      return status.equals("Done");
    }
  }

  /** A request as it came. */
  record Request(String method, String path, String body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** A request that Jira goes on with after its sender has let go of it. */
  record Later(long atNanos, Request request) {}

  /** An answer before it is one of the door's. */
  record Answer(int status, String body) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern ISSUE = Pattern.compile("/issue/([^/?]+)(/[a-z]+)?");
  private static final Pattern LABELS = Pattern.compile("labels = \"([^\"]+)\"");
  private static final Pattern OLDER = Pattern.compile("created <= \"-(\\d+)m\"");

  final SequencedMap<String, Stored> issues = new LinkedHashMap<>();
  final List<Request> requests = new ArrayList<>();
  final Map<String, List<String>> moves =
      new TreeMap<>(Map.of("To Do", List.of("Done", "In Progress"), "Done", List.of("Reopened")));
  final List<Later> later = new ArrayList<>();
  Duration settles = Duration.ofSeconds(50);
  long nanos;
  long lastNumber;
  Function<Request, Fault> faults = request -> Fault.NONE;
  Function<Request, Duration> lag = request -> Duration.ZERO;

  /** Issues of other people, made at this time. */
  void others(int count) {
    for (int i = 0; i < count; i++) {
      add(NODES.objectNode(), nanos);
    }
  }

  private Stored add(JsonNode fields, long indexedAt) {
    Stored stored = new Stored("PAY-" + ++lastNumber, fields, nanos, indexedAt);
    issues.put(stored.key, stored);
    return stored;
  }

  /** The issues of an incident. */
  List<Stored> of(String incidentId) {
    return issues.values().stream()
        .filter(issue -> issue.properties.containsKey(Mark.PROPERTY))
        .filter(issue ->
            issue.properties.get(Mark.PROPERTY).path("incident").asText().equals(incidentId))
        .toList();
  }

  @Override
  public Reply apply(Ask ask) {
    Request request = new Request(ask.method(), ask.path(), body(ask));
    requests.add(request);
    catchUp();
    return switch (faults.apply(request)) {
      case NONE -> answered(answer(request));
      case LOST_BEFORE -> new Reply.Unanswered("no answer within 8000 ms", true);
      case LOST_AFTER -> {
        answer(request);
        yield new Reply.Unanswered("no answer within 8000 ms", true);
      }
      case LOST_AND_LATER -> {
        later.add(new Later(nanos + settles.toNanos(), request));
        yield new Reply.Unanswered("no answer within 8000 ms", true);
      }
      case UNAVAILABLE_AFTER -> {
        answer(request);
        yield answered(new Answer(503, "{}"));
      }
      case UNAUTHORIZED -> answered(new Answer(401, "{\"errorMessages\":[\"Who are you?\"]}"));
      case FORBIDDEN -> answered(new Answer(403, "{}"));
      case TOO_MANY -> answered(new Answer(429, "{}"));
      case BROKEN_PIPE -> new Reply.Unanswered("ConnectException", false);
    };
  }

  /** Does what was under way for long enough. */
  void catchUp() {
    List<Later> due = later.stream().filter(each -> each.atNanos - nanos <= 0).toList();
    later.removeAll(due);
    due.forEach(each -> answer(each.request));
  }

  private static Reply.Answered answered(Answer answer) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return new Reply.Answered(answer.status, none, answer.body, false, Duration.ZERO);
  }

  static String body(Ask ask) {
    var collected = BodySubscribers.ofString(StandardCharsets.UTF_8);
    ask.body()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                collected.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer item) {
                collected.onNext(List.of(item));
              }

              @Override
              public void onError(Throwable failure) {
                collected.onError(failure);
              }

              @Override
              public void onComplete() {
                collected.onComplete();
              }
            });
    return collected.getBody().toCompletableFuture().join();
  }

  /** Answers a request as Jira does. */
  Answer answer(Request request) {
    String path = request.path.replaceFirst("^/rest/api/[23]", "").replaceFirst("\\?.*", "");
    String what = request.method + " " + path;
    if (what.equals("GET /myself") || what.equals("GET /project/PAY")) {
      return ok(NODES.objectNode());
    }
    return switch (what) {
      case "POST /issue" -> create(request);
      case "POST /issue/bulkfetch" -> bulk(tree(request.body));
      case "POST /search/jql", "POST /search" -> search(tree(request.body));
      default -> {
        Matcher issue = ISSUE.matcher(path);
        Stored stored = issue.matches() ? issues.get(issue.group(1)) : null;
        yield stored == null
            ? new Answer(404, "{\"errorMessages\":[\"Issue does not exist\"]}")
            : ofIssue(request, stored, issue.group(2) == null ? "" : issue.group(2));
      }
    };
  }

  private Answer create(Request request) {
    JsonNode body = tree(request.body);
    JsonNode fields = body.path("fields");
    if (fields.path("priority").path("name").asText().equals("Unheard of")) {
      return new Answer(
          400, "{\"errorMessages\":[],\"errors\":{\"priority\":\"'Unheard of' is not valid\"}}");
    }
    Stored stored = add(fields, nanos + lag.apply(request).toNanos());
    body.path("properties").forEach(p -> stored.properties.put(key(p), p.path("value")));
    stored.shown = "";
    return new Answer(201, NODES.objectNode().put("id", "1").put("key", stored.key).toString());
  }

  private static String key(JsonNode property) {
    return property.path("key").asText();
  }

  private Answer bulk(JsonNode body) {
    StringJoiner found = new StringJoiner(",", "{\"issues\":[", "]}");
    for (JsonNode key : body.path("issueIdsOrKeys")) {
      Stored stored = issues.get(key.asText());
      if (stored != null) {
        found.add(shown(stored));
      }
    }
    return new Answer(200, found.toString());
  }

  private Answer search(JsonNode body) {
    String jql = body.path("jql").asText();
    Matcher labels = LABELS.matcher(jql);
    Matcher older = OLDER.matcher(jql);
    long before =
        older.find() ? nanos - Duration.ofMinutes(Long.parseLong(older.group(1))).toNanos() : nanos;
    String label = labels.find() ? labels.group(1) : null;
    ArrayNode found = NODES.arrayNode();
    issues.sequencedValues().reversed().stream()
        .filter(issue -> issue.indexedAt <= nanos && issue.createdAt <= before)
        .filter(issue -> label == null || labels(issue).contains(label))
        .limit(body.path("maxResults").asInt())
        .forEach(issue -> found.addObject().put("key", issue.key));
    return ok(NODES.objectNode().set("issues", found));
  }

  private static List<String> labels(Stored issue) {
    List<String> labels = new ArrayList<>();
    issue.fields.path("labels").forEach(label -> labels.add(label.asText()));
    return labels;
  }

  private Answer ofIssue(Request request, Stored issue, String part) {
    JsonNode body = request.method.equals("GET") ? NODES.nullNode() : tree(request.body);
    issue.shown = request.method.equals("GET") ? issue.shown : "";
    return switch (request.method + part) {
      case "GET" -> new Answer(200, shown(issue));
      case "PUT" -> {
        body.path("update")
            .path("comment")
            .forEach(each -> issue.comments.add(each.path("add").path("body")));
        body.path("properties").forEach(p -> issue.properties.put(key(p), p.path("value")));
        yield new Answer(204, "");
      }
      case "GET/transitions" -> transitions(issue);
      case "POST/transitions" -> {
        issue.status = body.path("transition").path("id").asText();
        yield new Answer(204, "");
      }
      case "POST/remotelink" -> {
        issue.links.put(body.path("globalId").asText(), body);
        yield new Answer(201, "{}");
      }
      case "POST/attachments" -> {
        Matcher file = Pattern.compile("filename=\"([^\"]+)\"").matcher(request.body);
        issue.files.add(file.find() ? file.group(1) : "?");
        yield ok(NODES.arrayNode());
      }
      default -> new Answer(405, "{}");
    };
  }

  private Answer transitions(Stored issue) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode list = answer.putArray("transitions");
    for (String to : moves.getOrDefault(issue.status, List.of())) {
      list.addObject().put("id", to).put("name", "To " + to).set("to", status(to));
    }
    return ok(answer);
  }

  private static ObjectNode status(String name) {
    ObjectNode status = NODES.objectNode().put("name", name);
    status.putObject("statusCategory").put("key", name.equals("Done") ? "done" : "new");
    return status;
  }

  private static String shown(Stored issue) {
    if (issue.shown.isEmpty()) {
      ObjectNode shown = NODES.objectNode().put("key", issue.key);
      ObjectNode fields = shown.putObject("fields");
      fields.set("status", status(issue.status));
      ArrayNode files = fields.putArray("attachment");
      issue.files.forEach(file -> files.addObject().put("filename", file));
      ObjectNode properties = shown.putObject("properties");
      issue.properties.forEach(properties::set);
      issue.shown = shown.toString();
    }
    return issue.shown;
  }

  private static Answer ok(JsonNode body) {
    return new Answer(200, body.toString());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return NODES.nullNode();
    }
  }
}
