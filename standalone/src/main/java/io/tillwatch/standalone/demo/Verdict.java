package io.tillwatch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.scenario.Truth;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How what was found compares with what really happened: each truth has exactly one incident whose
 * root cell is the scope of the truth, and no incident is without a truth.
 *
 * @param lines what to tell, one per truth and per incident that has none
 * @param right whether all of it is as it should be
 */
record Verdict(List<String> lines, boolean right) {

  /** What began so shortly before the end is not held against anybody. */
  static final Duration TIME_TO_FIND = Duration.ofMinutes(5);

  /** An onset is an estimate: an incident may claim to have begun a little before its truth. */
  private static final Duration ONSET_TOLERANCE = Duration.ofMinutes(3);

  static Verdict of(Truth truth, List<JsonNode> incidents, Instant end) {
    List<String> lines = new ArrayList<>();
    List<JsonNode> unexplained = new ArrayList<>(incidents);
    boolean right = true;
    for (Truth.Happening happening : truth.before(end).incidents()) {
      List<JsonNode> found = incidents.stream().filter(i -> during(happening, i)).toList();
      unexplained.removeAll(found);
      Optional<String> fault = fault(happening, found, end);
      right &= fault.isEmpty();
      lines.add(line(happening, found, fault));
    }
    for (JsonNode incident : unexplained) {
      lines.add(
          "FALSE   %s  %s"
              .formatted(incident.path("id").asText(), incident.path("title").asText()));
      right = false;
    }
    return new Verdict(List.copyOf(lines), right);
  }

  private static boolean during(Truth.Happening happening, JsonNode incident) {
    Instant started = Instant.parse(incident.path("startedAt").asText());
    return started.isAfter(happening.start().minus(ONSET_TOLERANCE))
        && started.isBefore(happening.end());
  }

  private static Optional<String> fault(
      Truth.Happening happening, List<JsonNode> found, Instant end) {
    if (found.isEmpty()) {
      boolean tooEarlyToSay = happening.start().plus(TIME_TO_FIND).isAfter(end);
      return tooEarlyToSay ? Optional.empty() : Optional.of("not found");
    }
    if (found.size() > 1) {
      return Optional.of(found.size() + " incidents for one cause");
    }
    Slice scope = Slice.of(happening.scope());
    JsonNode cells = found.getFirst().path("rootCells");
    boolean exact = cells.size() == 1 && slice(cells.path(0)).equals(scope);
    return exact ? Optional.empty() : Optional.of("root cell is not the truth's");
  }

  private static String line(
      Truth.Happening happening, List<JsonNode> found, Optional<String> fault) {
    String what = "%s  %s".formatted(happening.type(), Narrator.slice(happening.scope()));
    if (found.isEmpty()) {
      return fault.isPresent() ? "MISSED  " + what : "pending " + what;
    }
    JsonNode incident = found.getFirst();
    Duration delay =
        Duration.between(happening.start(), Instant.parse(incident.path("detectedAt").asText()));
    List<String> cells = new ArrayList<>();
    incident.path("rootCells").forEach(cell -> cells.add(slice(cell).toString()));
    return "%s %s  found after %s  %s  root cell %s%s"
        .formatted(
            fault.isPresent() ? "WRONG  " : "found  ",
            what,
            Narrator.words(delay),
            incident.path("id").asText(),
            String.join(" + ", cells),
            fault.map(f -> "  (" + f + ")").orElse(""));
  }

  /** The dimensions of a root cell as the API writes it, among its numbers. */
  static Slice slice(JsonNode rootCell) {
    Map<String, String> values = new LinkedHashMap<>();
    for (io.tillwatch.schemas.slice.Dimension dimension :
        io.tillwatch.schemas.slice.Dimension.ALL) {
      JsonNode value = rootCell.path(dimension.label());
      if (value.isTextual()) {
        values.put(dimension.label(), value.asText());
      }
    }
    return Slice.of(values);
  }
}
