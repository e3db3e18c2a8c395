package io.tillwatch.triage.pagerduty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.phrase.Phrases;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of PagerDuty's Events API v2, within its limits.
 *
 * @see <a
 *     href="https://developer.pagerduty.com/docs/send-alert-event">developer.pagerduty.com/docs/send-alert-event</a>
 */
final class PagerEvent {

  static final int DEDUP_KEY_MAX = 255;
  static final int SUMMARY_MAX = 1024;

  /** PagerDuty refuses bodies above 512 KB. */
  static final int BODY_BYTES_MAX = 512 * 1000;

  private static final int DETAIL_MAX = 1024;
  private static final int NAME_MAX = 128;
  private static final int LINK_MAX = 2048;
  private static final int ROWS_MAX = 50;
  private static final String CLIENT = "Tillwatch";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PagerEvent() {}

  /** A new problem; while its alert is open the same again adds nothing. */
  static String trigger(Action action, Secret routingKey) {
    ObjectNode event = event("trigger", action, routingKey);
    ObjectNode payload = event.putObject("payload");
    String where = action.getDetails().getOrDefault("where", action.getTenant());
    payload.put("summary", summary(action.getSummary(), action.getIncidentId()));
    payload.put("source", orElse(Texts.line(where, NAME_MAX), "payments"));
    payload.put("severity", severity(action.getSeverity()));
    payload.put("timestamp", action.getCreatedAt().toString());
    payload.put("group", Texts.line(action.getTenant(), NAME_MAX));
    putIfSaid(payload, "class", action.getDetails().get("class"));
    links(event, action.getLinks());
    event.put("client", CLIENT);
    @Nullable String own = action.getLinks().get("tillwatch");
    if (own != null && isWeb(own)) {
      event.put("client_url", own);
    }
    ObjectNode details = rows(action.getDetails());
    details.put("incident", action.getIncidentId());
    details.put("episode", Integer.toString(action.getEpisode()));
    return bounded(event, payload, details);
  }

  /** Somebody has it. */
  static String acknowledge(Action action, Secret routingKey) {
    return event("acknowledge", action, routingKey).toString();
  }

  /** It is over. */
  static String resolve(Action action, Secret routingKey) {
    return event("resolve", action, routingKey).toString();
  }

  /** Something we changed ourselves, shown beside the incidents of the service. */
  static String change(ChangeEvent change, Secret routingKey) {
    ObjectNode event = JSON.objectNode();
    event.put("routing_key", routingKey.reveal());
    ObjectNode payload = event.putObject("payload");
    @Nullable String author = change.getAuthor();
    @Nullable String link = change.getLink();
    Map<String, String> details = new TreeMap<>(change.getScope());
    details.put("type", Phrases.label(change.getType()));
    details.put("id", change.getEventId());
    payload.put("summary", summary(change.getTitle(), change.getEventId()));
    payload.put("timestamp", change.getEventTime().toString());
    payload.put("source", orElse(Texts.line(author == null ? "" : author, NAME_MAX), "a machine"));
    links(event, link == null ? Map.of() : Map.of("change", link));
    return bounded(event, payload, rows(details));
  }

  private static ObjectNode event(String verb, Action action, Secret routingKey) {
    ObjectNode event = JSON.objectNode();
    event.put("routing_key", routingKey.reveal());
    event.put("event_action", verb);
    event.put("dedup_key", dedupKey(action.getDedupKey()));
    return event;
  }

  /** The key itself; one that is too long is hashed, not cut: two would become one. */
  static String dedupKey(String key) {
    return key.length() <= DEDUP_KEY_MAX ? key : StableId.of("tillwatch", key);
  }

  /** Nothing is paged as less than it may be: an unknown severity is an error. */
  static String severity(Severity severity) {
    return switch (severity) {
      case SEV1 -> "critical";
      case SEV2, UNKNOWN -> "error";
      case SEV3 -> "warning";
      case SEV4 -> "info";
    };
  }

  private static String summary(String text, String otherwise) {
    return orElse(Texts.line(text, SUMMARY_MAX), otherwise);
  }

  private static String orElse(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static void putIfSaid(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, Texts.line(value, NAME_MAX));
    }
  }

  private static ObjectNode rows(Map<String, String> texts) {
    ObjectNode rows = JSON.objectNode();
    new TreeMap<>(texts)
        .entrySet().stream()
            .limit(ROWS_MAX)
            .forEach(row ->
                rows.put(
                    Texts.line(row.getKey(), NAME_MAX), Texts.line(row.getValue(), DETAIL_MAX)));
    return rows;
  }

  private static void links(ObjectNode event, Map<String, String> links) {
    ArrayNode array = JSON.arrayNode();
    new TreeMap<>(links)
        .entrySet().stream()
            .filter(link -> isWeb(link.getValue()))
            .limit(ROWS_MAX)
            .forEach(link ->
                array
                    .addObject()
                    .put("href", link.getValue())
                    .put("text", Texts.line(link.getKey(), NAME_MAX)));
    if (!array.isEmpty()) {
      event.set("links", array);
    }
  }

  /** PagerDuty answers 400 to a link that is no address: better a page without it. */
  private static boolean isWeb(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && text.length() <= LINK_MAX;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String bounded(ObjectNode event, ObjectNode payload, ObjectNode details) {
    payload.set("custom_details", details);
    String body = event.toString();
    if (body.getBytes(StandardCharsets.UTF_8).length <= BODY_BYTES_MAX) {
      return body;
    }
    payload.remove("custom_details");
    return event.toString();
  }
}
