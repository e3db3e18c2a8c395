package io.tillwatch.triage.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * PagerDuty's Events API as its pages describe it: dedupes by key while an alert is open, drops
 * what has no open alert, answers 400 to what breaks its limits.
 */
final class FakePagerDuty {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

  private final List<ActionVerb> effects = new ArrayList<>();
  private final Set<String> open = new HashSet<>();

  synchronized Act handle(StubServer.Request request) {
    if (!request.path().equals("/v2/enqueue") || !request.method().equals("POST")) {
      return Act.json(404, "{}");
    }
    JsonNode event = read(request.body());
    String problem = problem(event, request.body());
    if (!problem.isEmpty()) {
      return Act.json(
          400,
          "{\"status\":\"invalid event\",\"message\":\"invalid\",\"errors\":[\"%s\"]}"
              .formatted(problem));
    }
    apply(event);
    return Act.json(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
  }

  private void apply(JsonNode event) {
    String alert = event.path("routing_key").asText() + "/" + event.path("dedup_key").asText();
    ActionVerb verb =
        ActionVerb.valueOf(event.path("event_action").asText().toUpperCase(Locale.ROOT));
    boolean effect =
        switch (verb) {
          case TRIGGER -> open.add(alert);
          case RESOLVE -> open.remove(alert);
          default -> open.contains(alert);
        };
    if (effect) {
      effects.add(verb);
    }
  }

  private static String problem(JsonNode event, String body) {
    String action = event.path("event_action").asText("");
    if (body.getBytes(StandardCharsets.UTF_8).length > 512 * 1024) {
      return "too large";
    }
    if (event.path("routing_key").asText("").isEmpty()) {
      return "routing_key is missing";
    }
    if (!List.of("trigger", "acknowledge", "resolve").contains(action)) {
      return "event_action is invalid";
    }
    String key = event.path("dedup_key").asText("");
    if (key.length() > 255 || (key.isEmpty() && !action.equals("trigger"))) {
      return "dedup_key is invalid";
    }
    return action.equals("trigger") ? payloadProblem(event) : "";
  }

  private static String payloadProblem(JsonNode event) {
    JsonNode payload = event.path("payload");
    String summary = payload.path("summary").asText("");
    if (summary.isBlank() || summary.length() > 1024) {
      return "payload.summary is invalid";
    }
    if (payload.path("source").asText("").isBlank()) {
      return "payload.source is missing";
    }
    if (!SEVERITIES.contains(payload.path("severity").asText(""))) {
      return "payload.severity is invalid";
    }
    for (JsonNode link : event.path("links")) {
      if (!link.path("href").asText("").matches("https?://[^/ ]+.*")) {
        return "links.href is invalid";
      }
    }
    return "";
  }

  synchronized List<ActionVerb> effects() {
    return List.copyOf(effects);
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
