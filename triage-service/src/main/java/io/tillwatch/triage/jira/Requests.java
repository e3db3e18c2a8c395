package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.wire.Texts;
import java.util.Map;
import java.util.Optional;

/** Bodies of the requests that write, as the edition wants them. Pure. */
final class Requests {

  /** Jira takes no longer summary. */
  static final int SUMMARY_CHARACTERS_MAX = 255;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JiraSettings settings;

  Requests(JiraSettings settings) {
    this.settings = settings;
  }

  /** A new issue with its mark. */
  ObjectNode create(Action action, Optional<Incident> incident, Route route) {
    ObjectNode body = NODES.objectNode();
    ObjectNode fields = body.putObject("fields");
    Map<String, String> values = NamedValues.of(action, incident);
    settings.fields().custom().forEach((path, value) -> put(fields, path, value.with(values)));
    fields.putObject("project").put("key", route.project());
    fields.putObject("issuetype").put("name", route.issueType());
    fields.put("summary", summary(action));
    boolean told = !settings.attachEvidence();
    fields.set("description", text(TicketStory.description(action, incident, told)));
    String priority = settings.fields().priorities().get(action.getSeverity());
    if (priority != null) {
      fields.putObject("priority").put("name", priority);
    }
    labels(fields, action.getIncidentId());
    if (!settings.fields().components().isEmpty()) {
      ArrayNode components = fields.putArray("components");
      settings.fields().components().forEach(name -> components.addObject().put("name", name));
    }
    body.putArray("properties").add(Mark.of(action).property());
    return body;
  }

  private void labels(ObjectNode fields, String incidentId) {
    ArrayNode labels = NODES.arrayNode();
    settings.fields().labels().forEach(labels::add);
    if (settings.fields().label()) {
      labels.add(Mark.label(incidentId));
    }
    if (!labels.isEmpty()) {
      fields.set("labels", labels);
    }
  }

  /** A value with parts stands as {@code customfield_1.value}. */
  private static void put(ObjectNode fields, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      fields.set(path, value);
    } else {
      put(fields.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  /** One line; what is too long is cut at its end, where nothing that identifies it stands. */
  private static String summary(Action action) {
    String line = Texts.line(action.getSummary());
    if (line.length() <= SUMMARY_CHARACTERS_MAX) {
      return line;
    }
    String id = "… (" + action.getIncidentId() + ")";
    return line.substring(0, SUMMARY_CHARACTERS_MAX - id.length()) + id;
  }

  /** A comment, and the mark of the action that it is. */
  ObjectNode comment(Action action) {
    ObjectNode body = NODES.objectNode();
    body.putObject("update")
        .putArray("comment")
        .addObject()
        .putObject("add")
        .set("body", text(TicketStory.comment(action)));
    body.putArray("properties").add(Mark.of(action).property());
    return body;
  }

  /** A transition, with a resolution where one is set. */
  static ObjectNode transition(String id, String resolution) {
    ObjectNode body = NODES.objectNode();
    body.putObject("transition").put("id", id);
    if (!resolution.isEmpty()) {
      body.putObject("fields").putObject("resolution").put("name", resolution);
    }
    return body;
  }

  /** The link back to our page; empty when there is none. */
  static Optional<ObjectNode> link(Action action) {
    String page = action.getLinks().get(Links.TILLWATCH);
    if (page == null) {
      return Optional.empty();
    }
    ObjectNode body = NODES.objectNode().put("globalId", "tillwatch=" + action.getIncidentId());
    body.putObject("application").put("type", "io.tillwatch").put("name", "Tillwatch");
    body.putObject("object").put("url", page).put("title", "Tillwatch " + action.getIncidentId());
    return Optional.of(body);
  }

  private JsonNode text(TicketText text) {
    return switch (settings.edition()) {
      case CLOUD -> Adf.of(text);
      case DATA_CENTER -> NODES.textNode(WikiMarkup.of(text));
    };
  }
}
