package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import java.util.Locale;
import java.util.Optional;

/**
 * What an issue knows of us, kept in its entity property {@value #PROPERTY}: whose issue it is, and
 * which action was the last to write there.
 *
 * <p>It is set by the same request that creates the issue or adds a comment. Actions of one
 * incident come in order, so that the last one is all it takes to know a repeated one.
 *
 * @param action id of the last action that wrote
 */
record Mark(String incident, int episode, String action) {

  static final String PROPERTY = "tillwatch";

  static Mark of(Action action) {
    return new Mark(action.getIncidentId(), action.getEpisode(), action.getActionId());
  }

  /** The property's value; empty when it is not one of ours. */
  static Optional<Mark> read(JsonNode value) {
    String incident = value.path("incident").asText();
    return incident.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(incident, value.path("episode").asInt(), value.path("action").asText()));
  }

  /** The property as it stands in the body of a request. */
  ObjectNode property() {
    ObjectNode property = JsonNodeFactory.instance.objectNode().put("key", PROPERTY);
    property
        .putObject("value")
        .put("incident", incident)
        .put("episode", episode)
        .put("action", action);
    return property;
  }

  /** The label by which a search finds the issue. */
  static String label(String incidentId) {
    return "tillwatch-" + incidentId.toLowerCase(Locale.ROOT);
  }
}
