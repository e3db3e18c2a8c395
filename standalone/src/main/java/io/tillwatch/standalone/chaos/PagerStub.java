package io.tillwatch.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * PagerDuty's Events API v2 as far as it matters here: an alert is open per dedup key, a trigger
 * adds nothing while it is and rings again after its resolve, and more than 120 calls a minute are
 * answered with 429.
 */
final class PagerStub extends Stub {

  private static final int CALLS_A_MINUTE_MAX = 120;
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Set<String> open = new HashSet<>();
  private final Set<String> rung = new HashSet<>();
  private final Deque<Long> calls = new ArrayDeque<>();

  PagerStub() throws IOException {}

  @Override
  synchronized Answer take(String method, String path, JsonNode body, Mood now) {
    String action = body.path("event_action").asText();
    String key = body.path("dedup_key").asText();
    WireLog.Verb verb =
        switch (action) {
          case "trigger" -> WireLog.Verb.TRIGGER;
          case "acknowledge" -> WireLog.Verb.ACKNOWLEDGE;
          case "resolve" -> WireLog.Verb.RESOLVE;
          default -> WireLog.Verb.OTHER;
        };
    Answer answer = answer(verb, key, now);
    boolean effect = now.effect() && answer.status() < 300;
    if (effect) {
      effect(verb, key);
    }
    log().add(verb, key, answer.status(), effect);
    return answer;
  }

  private Answer answer(WireLog.Verb verb, String key, Mood now) {
    if (now != Mood.WELL) {
      return refusal(now);
    }
    if (verb == WireLog.Verb.OTHER) {
      return new Answer(202, "{\"status\":\"success\"}");
    }
    if (tooMany()) {
      return new Answer(429, "{\"status\":\"throttle exceeded\"}");
    }
    return new Answer(
        202,
        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"%s\"}"
            .formatted(key));
  }

  private boolean tooMany() {
    long now = System.nanoTime();
    while (!calls.isEmpty() && now - calls.peekFirst() > MINUTE_NANOS) {
      calls.removeFirst();
    }
    calls.addLast(now);
    return calls.size() > CALLS_A_MINUTE_MAX;
  }

  private void effect(WireLog.Verb verb, String key) {
    if (verb == WireLog.Verb.RESOLVE) {
      open.remove(key);
    } else if (verb == WireLog.Verb.TRIGGER) {
      open.add(key);
      rung.add(key);
    }
  }

  /** Alerts that are open. */
  synchronized Set<String> open() {
    return Set.copyOf(open);
  }

  /** Alerts that somebody was paged for. */
  synchronized Set<String> rung() {
    return Set.copyOf(rung);
  }
}
