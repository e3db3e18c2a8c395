package io.tillwatch.triage.statuspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.triage.statuspage.Summary.Part;
import io.tillwatch.triage.statuspage.Summary.Trouble;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /api/v2/summary.json}.
 *
 * <p>Lenient in what does not matter: unknown fields and words are passed over, a component or an
 * incident without id, name or time is left out. Strict in what does: a document without its three
 * lists is not a summary.
 *
 * @see <a href="https://metastatuspage.com/api#summary">Statuspage's summary</a>
 */
final class SummaryReader {

  /** Components of one page that are looked at; the first of them count. */
  static final int PARTS_MAX = 500;

  /** Incidents, and maintenances, of one page that are looked at. */
  static final int TROUBLES_MAX = 50;

  private static final int ID_MAX = 40;
  private static final int NAME_MAX = 256;
  private static final int WORD_MAX = 32;
  private static final int LINK_MAX = 2_048;

  private static final Set<String> OVER = Set.of("resolved", "postmortem", "completed");
  private static final String PLANNED = "scheduled";

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Trouble> troubles = new LinkedHashMap<>();

  private SummaryReader() {}

  /**
   * The summary in these bytes.
   *
   * @throws Unreadable when they hold none
   */
  static Summary read(byte[] body) throws Unreadable {
    JsonNode root = BoundedJson.object(body);
    SummaryReader reader = new SummaryReader();
    int count = 0;
    for (JsonNode node : list(root, "components")) {
      if (count++ < PARTS_MAX && !node.path("group").asBoolean(false)) {
        part(node).ifPresent(part -> reader.parts.put(part.id(), part));
      }
    }
    reader.troubles(list(root, "incidents"), false);
    reader.troubles(list(root, "scheduled_maintenances"), true);
    return new Summary(reader.parts, reader.troubles);
  }

  private static JsonNode list(JsonNode root, String name) throws Unreadable {
    JsonNode list = root.path(name);
    if (!list.isArray()) {
      throw new Unreadable("no list '%s', expected a Statuspage summary".formatted(name));
    }
    return list;
  }

  private void troubles(JsonNode list, boolean maintenance) {
    int count = 0;
    for (JsonNode node : list) {
      if (count++ < TROUBLES_MAX) {
        trouble(node, maintenance).ifPresent(trouble -> troubles.put(trouble.id(), trouble));
      }
    }
  }

  private static Optional<Part> part(JsonNode node) {
    String id = text(node, "id", ID_MAX);
    String name = text(node, "name", NAME_MAX);
    String status = text(node, "status", WORD_MAX);
    Instant since = time(node, "updated_at");
    return id.isEmpty() || name.isEmpty() || since == null
        ? Optional.empty()
        : Optional.of(new Part(id, name, status, ofPart(status), since));
  }

  private static Optional<Trouble> trouble(JsonNode node, boolean maintenance) {
    String id = text(node, "id", ID_MAX);
    String name = text(node, "name", NAME_MAX);
    String status = text(node, "status", WORD_MAX);
    Instant since = since(node, status);
    Instant startedAt = firstTime(node, "started_at", "scheduled_for", "created_at");
    if (id.isEmpty()
        || name.isEmpty()
        || since == null
        || OVER.contains(status)
        || status.equals(PLANNED)) {
      return Optional.empty();
    }
    StatusIndicator indicator =
        maintenance ? StatusIndicator.MAINTENANCE : ofImpact(text(node, "impact", WORD_MAX));
    String link = text(node, "shortlink", LINK_MAX);
    return Optional.of(
        new Trouble(
            id,
            name,
            status,
            indicator,
            since,
            startedAt == null ? since : startedAt,
            link.startsWith("https://") ? link : null,
            touched(node)));
  }

  /** When it came into this status: each further update of the same status leaves that alone. */
  private static @Nullable Instant since(JsonNode node, String status) {
    Instant since = null;
    for (JsonNode update : node.path("incident_updates")) {
      Instant at = time(update, "created_at");
      boolean same = status.equals(text(update, "status", WORD_MAX));
      if (!same) {
        break; // the latest update stands first
      }
      since = at == null ? since : at;
    }
    return since == null ? firstTime(node, "updated_at", "created_at") : since;
  }

  private static Map<String, String> touched(JsonNode node) {
    Map<String, String> touched = new LinkedHashMap<>();
    for (JsonNode part : node.path("components")) {
      put(touched, text(part, "id", ID_MAX), text(part, "name", NAME_MAX));
    }
    for (JsonNode update : node.path("incident_updates")) {
      for (JsonNode part : update.path("affected_components")) {
        put(touched, text(part, "code", ID_MAX), text(part, "name", NAME_MAX));
      }
    }
    return touched;
  }

  private static void put(Map<String, String> touched, String id, String name) {
    if (!id.isEmpty() && touched.size() < PARTS_MAX) {
      touched.putIfAbsent(id, name);
    }
  }

  private static StatusIndicator ofPart(String status) {
    return switch (status) {
      case "operational" -> StatusIndicator.NONE;
      case "degraded_performance" -> StatusIndicator.MINOR;
      case "partial_outage" -> StatusIndicator.MAJOR;
      case "major_outage" -> StatusIndicator.CRITICAL;
      case "under_maintenance" -> StatusIndicator.MAINTENANCE;
      default -> StatusIndicator.UNKNOWN;
    };
  }

  /** An incident without impact is one that the page wants to be read all the same. */
  private static StatusIndicator ofImpact(String impact) {
    return switch (impact) {
      case "none", "minor" -> StatusIndicator.MINOR;
      case "major" -> StatusIndicator.MAJOR;
      case "critical" -> StatusIndicator.CRITICAL;
      case "maintenance" -> StatusIndicator.MAINTENANCE;
      default -> StatusIndicator.UNKNOWN;
    };
  }

  private static @Nullable Instant firstTime(JsonNode node, String... names) {
    for (String name : names) {
      Instant time = time(node, name);
      if (time != null) {
        return time;
      }
    }
    return null;
  }

  private static @Nullable Instant time(JsonNode node, String name) {
    return Texts.time(node.path(name).asText("")).orElse(null);
  }

  private static String text(JsonNode node, String name, int charactersMax) {
    return Texts.line(node.path(name), charactersMax);
  }
}
