package io.tillwatch.triage.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.outside.StubServer.Act;
import io.tillwatch.triage.outside.StubServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Slack's Web API as its pages describe it: posts whatever it is sent, as often as it is sent. */
final class FakeSlack {

  static final String TOKEN = "xoxb-0123456789-secret";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is posted, by ts, oldest first; replies carry thread_ts. */
  final Map<String, ObjectNode> messages = new LinkedHashMap<>();

  /** The methods that were called, oldest first. */
  final List<String> calls = new ArrayList<>();

  /** The queries of the searches, oldest first. */
  final List<String> searches = new ArrayList<>();

  /** Error of a method that fails; none is asked of the others. */
  final Map<String, String> errors = new LinkedHashMap<>();

  synchronized Act handle(Request request) {
    String method = request.path().replaceFirst("^/api/", "").replaceFirst("\\?.*$", "");
    calls.add(method);
    if (!("Bearer " + TOKEN).equals(request.headers().get("authorization"))) {
      return error("invalid_auth");
    }
    if (errors.containsKey(method)) {
      return error(errors.get(method));
    }
    return switch (method) {
      case "auth.test" -> ok(JSON.createObjectNode());
      case "chat.postMessage" -> post((ObjectNode) read(request.body()));
      case "chat.update" -> update((ObjectNode) read(request.body()));
      case "conversations.history" -> list(null, request.path());
      case "conversations.replies" ->
          list(request.path().replaceFirst("^.*&ts=([^&]*).*$", "$1"), request.path());
      default -> error("unknown_method");
    };
  }

  private Act post(ObjectNode message) {
    String wrong = wrong(message);
    if (!wrong.isEmpty()) {
      return error(wrong);
    }
    String ts = "1794970990.%06d".formatted(messages.size() + 1);
    messages.put(ts, message);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("channel", message.path("channel").asText()).put("ts", ts);
    return ok(answer);
  }

  private Act update(ObjectNode message) {
    String ts = message.path("ts").asText();
    if (!messages.containsKey(ts)) {
      return error("message_not_found");
    }
    String wrong = wrong(message);
    if (!wrong.isEmpty()) {
      return error(wrong);
    }
    messages.put(ts, message);
    return ok(JSON.createObjectNode());
  }

  private static String wrong(JsonNode message) {
    if (message.path("text").asText("").isBlank()) {
      return "no_text";
    }
    if (message.path("blocks").size() > 50) {
      return "invalid_blocks";
    }
    for (JsonNode block : message.path("blocks")) {
      if (block.path("text").path("text").asText("x").length() > 3_000
          || block.path("fields").size() > 10
          || block.path("elements").size() > 10) {
        return "invalid_blocks";
      }
      for (JsonNode field : block.path("fields")) {
        if (field.path("text").asText("").length() > 2_000) {
          return "invalid_blocks";
        }
      }
    }
    return "";
  }

  /** The parent of a thread is listed however old it is. */
  private Act list(String thread, String path) {
    searches.add(path);
    String oldest =
        path.contains("&oldest=") ? path.replaceFirst("^.*&oldest=([^&]*).*$", "$1") : "";
    if (thread != null && !messages.containsKey(thread)) {
      return error("thread_not_found");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("messages");
    messages.forEach((ts, message) -> {
      String parent = message.path("thread_ts").asText("");
      boolean asked =
          thread == null ? parent.isEmpty() : ts.equals(thread) || parent.equals(thread);
      boolean young = ts.equals(thread) || ts.compareTo(oldest) > 0;
      if (asked && young) {
        found.addObject().put("ts", ts).set("metadata", message.path("metadata"));
      }
    });
    return ok(answer);
  }

  private static Act ok(ObjectNode answer) {
    return Act.json(200, answer.put("ok", true).toString());
  }

  private static Act error(String error) {
    return Act.json(200, "{\"ok\":false,\"error\":\"%s\"}".formatted(error));
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
