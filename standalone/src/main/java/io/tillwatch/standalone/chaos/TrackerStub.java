package io.tillwatch.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jira Cloud's REST API v3 as far as it matters here: no idempotency key, creates of which a part
 * happen and are never answered, and a search that knows a new issue only after a while.
 */
final class TrackerStub extends Stub {

  private static final String API = "/rest/api/3";
  private static final String PROJECT = "PAY";
  private static final Pattern ISSUE = Pattern.compile(API + "/issue/(PAY-\\d+)(/\\w+)?");
  private static final Pattern LABEL = Pattern.compile("labels = \"([^\"]+)\"");

  /** One issue and when the search knows it. */
  private record Issue(ObjectNode body, String incident, long indexedNanos) {}

  private final SplittableRandom random;
  private final double lostShare;
  private final long lagNanosMax;
  private final Map<String, Issue> issues = new LinkedHashMap<>();

  /**
   * A tracker.
   *
   * @param lostShare part of creates that happen and are not answered
   * @param lagMax longest time until the search knows a new issue
   */
  TrackerStub(long seed, double lostShare, Duration lagMax) throws IOException {
    this.random = new SplittableRandom(seed);
    this.lostShare = lostShare;
    this.lagNanosMax = lagMax.toNanos();
  }

  @Override
  synchronized Mood moodFor(String method, String path) {
    boolean create = method.equals("POST") && path.equals(API + "/issue");
    return mood() == Mood.WELL && create && random.nextDouble() < lostShare
        ? Mood.HANGS_AFTER
        : mood();
  }

  @Override
  synchronized Answer take(String method, String path, JsonNode body, Mood now) {
    if (!now.effect()) {
      return refusal(now);
    }
    Matcher issue = ISSUE.matcher(path);
    if (issue.matches()) {
      return one(method, issue.group(1), issue.group(2), body);
    }
    return switch (path) {
      case API + "/issue" -> create(body, now);
      case API + "/issue/bulkfetch" -> bulk(body);
      case API + "/search/jql" -> search(body);
      case API + "/myself" -> new Answer(200, "{\"accountId\":\"1\"}");
      default -> new Answer(200, "{\"key\":\"" + PROJECT + "\"}");
    };
  }

  private Answer create(JsonNode body, Mood now) {
    String key = PROJECT + "-" + (issues.size() + 1);
    ObjectNode issue = JSON.createObjectNode().put("key", key).put("id", key);
    issue.set("fields", body.path("fields").deepCopy());
    issue.withObjectProperty("fields").putObject("status").put("name", "To Do");
    put(issue, body);
    String incident =
        issue.path("properties").path("tillwatch").path("incident").asText("without a mark");
    long lag = lagNanosMax == 0 ? 0 : random.nextLong(lagNanosMax);
    issues.put(key, new Issue(issue, incident, System.nanoTime() + lag));
    log().add(WireLog.Verb.CREATE, incident, now == Mood.WELL ? 201 : 0, true);
    return new Answer(201, "{\"id\":\"%s\",\"key\":\"%s\"}".formatted(key, key));
  }

  private static void put(ObjectNode issue, JsonNode body) {
    ObjectNode properties = issue.withObjectProperty("properties");
    for (JsonNode property : body.path("properties")) {
      properties.set(property.path("key").asText(), property.path("value").deepCopy());
    }
  }

  private Answer one(String method, String key, @Nullable String part, JsonNode body) {
    Issue issue = issues.get(key);
    if (issue == null) {
      return new Answer(404, "{\"errorMessages\":[\"Issue does not exist\"]}");
    }
    if (part == null && method.equals("PUT")) {
      put(issue.body(), body);
      log().add(WireLog.Verb.COMMENT, issue.incident(), 204, true);
      return new Answer(204, "");
    }
    if (part == null) {
      return new Answer(200, issue.body().toString());
    }
    if (part.equals("/transitions") && method.equals("POST")) {
      issue
          .body()
          .withObjectProperty("fields")
          .putObject("status")
          .put("name", "Done")
          .putObject("statusCategory")
          .put("key", "done");
      log().add(WireLog.Verb.CLOSE, issue.incident(), 204, true);
      return new Answer(204, "");
    }
    return new Answer(
        method.equals("GET") ? 200 : 201,
        "{\"transitions\":[{\"id\":\"31\",\"name\":\"Done\",\"to\":{\"name\":\"Done\","
            + "\"statusCategory\":{\"key\":\"done\"}}}]}");
  }

  private Answer bulk(JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("issues");
    for (JsonNode key : body.path("issueIdsOrKeys")) {
      Issue issue = issues.get(key.asText());
      if (issue != null) {
        found.add(only(issue.body(), body.path("fields")));
      }
    }
    return new Answer(200, answer.toString());
  }

  /** An issue with the fields that were asked for, as a tracker answers: hundreds fit. */
  private static ObjectNode only(ObjectNode issue, JsonNode wanted) {
    ObjectNode told = issue.deepCopy();
    ObjectNode fields = told.putObject("fields");
    for (JsonNode name : wanted) {
      JsonNode value = issue.path("fields").path(name.asText());
      if (!value.isMissingNode()) {
        fields.set(name.asText(), value);
      }
    }
    return told;
  }

  /** By label as far as the index goes; by age it finds none, so that walks are the longest. */
  private Answer search(JsonNode body) {
    String jql = body.path("jql").asText();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("issues");
    Matcher label = LABEL.matcher(jql);
    if (label.find()) {
      String wanted = label.group(1);
      for (Issue issue : issues.values()) {
        if (issue.indexedNanos() - System.nanoTime() <= 0 && labelled(issue, wanted)) {
          found.add(only(issue.body(), body.path("fields")));
        }
      }
    }
    return new Answer(200, answer.toString());
  }

  private static boolean labelled(Issue issue, String wanted) {
    for (JsonNode label : issue.body().path("fields").path("labels")) {
      if (label.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Issues there are. */
  synchronized int issues() {
    return issues.size();
  }
}
