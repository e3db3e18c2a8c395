package io.tillwatch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.scenario.Truth;
import io.tillwatch.schemas.slice.Slice;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells on the console what happens, in simulated time: what the scenario does, and what Tillwatch
 * makes of it. Each change is told once.
 */
final class Narrator {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Truth truth;
  private final Instant since;
  private final Map<String, String> told = new HashMap<>();
  private final Set<String> happened = new HashSet<>();

  /** Tells of what the scenario does since then, and of all that Tillwatch makes of it. */
  Narrator(PrintStream out, Truth truth, Instant since) {
    this.out = out;
    this.truth = truth;
    this.since = since;
  }

  /** Tells what has changed by now. */
  void tell(Instant now, List<JsonNode> incidents) {
    truth.incidents().forEach(each -> happening(now, each, "incident"));
    truth.traps().forEach(each -> happening(now, each, "trap: must not alert"));
    incidents.forEach(incident -> incident(now, incident));
  }

  private void happening(Instant now, Truth.Happening each, String what) {
    if (each.start().isBefore(since)) {
      return;
    }
    String name = "%s %s".formatted(each.type(), slice(each.scope()));
    if (!each.start().isAfter(now) && happened.add("start" + each.start() + name)) {
      line(each.start(), "truth", "%s begins (%s)".formatted(name, what));
    }
    if (!each.end().isAfter(now) && happened.add("end" + each.start() + name)) {
      line(each.end(), "truth", "%s ends".formatted(name));
    }
  }

  private void incident(Instant now, JsonNode incident) {
    String id = incident.path("id").asText();
    String state = incident.path("state").asText();
    String paged = incident.path("pagedAt").asText("");
    String rank = incident.path("class").asText() + " " + incident.path("severity").asText();
    if (!state.equals(told.put(id + " state", state))) {
      line(now, state, "%s  %s".formatted(id, headline(incident)));
    } else if (!rank.equals(told.get(id + " rank"))) {
      line(now, "update", "%s  %s".formatted(id, headline(incident)));
    }
    told.put(id + " rank", rank);
    if (!paged.isEmpty() && !paged.equals(told.put(id + " paged", paged))) {
      Instant started = Instant.parse(incident.path("startedAt").asText());
      line(
          Instant.parse(paged),
          "paged",
          "%s  %s after its onset"
              .formatted(id, words(Duration.between(started, Instant.parse(paged)))));
    }
  }

  private static String headline(JsonNode incident) {
    return "%s  %s  %.0f approvals lost"
        .formatted(
            incident.path("severity").asText().toUpperCase(Locale.ROOT),
            incident.path("title").asText(),
            incident.path("approvalsLost").asDouble());
  }

  private void line(Instant at, String what, String text) {
    out.printf(Locale.ROOT, "%s  %-12s %s%n", CLOCK.format(at), what, text);
  }

  static String slice(Map<String, String> scope) {
    return scope.isEmpty() ? "everywhere" : Slice.of(scope).toString();
  }

  static String words(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
  }
}
