package io.tillwatch.triage.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.Texts;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON object that somebody sent, field by field. */
record SentJson(JsonNode object) {

  /**
   * Reads a body.
   *
   * @param known names of the fields it may have
   */
  static SentJson read(byte @Nullable [] body, Set<String> known) throws NotUnderstood {
    JsonNode object;
    try {
      object = BoundedJson.object(body == null ? new byte[0] : body);
    } catch (BoundedJson.Unreadable unreadable) {
      throw new NotUnderstood(String.valueOf(unreadable.getMessage()), "one JSON object");
    }
    for (var names = object.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        throw new NotUnderstood("an unknown field", String.join(", ", new TreeSet<>(known)));
      }
    }
    return new SentJson(object);
  }

  /** A field's value; empty when it has none. */
  @Nullable JsonNode value(String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? null : value;
  }

  /** A field's text as one line; empty when it has none. */
  String text(String name, int charactersMax) throws NotUnderstood {
    JsonNode value = value(name);
    if (value == null) {
      return "";
    }
    if (!value.isTextual()) {
      throw new NotUnderstood(name + " is no text", "a text");
    }
    return line(name, value.textValue(), charactersMax);
  }

  /** One line of a text. */
  static String line(String name, String text, int charactersMax) throws NotUnderstood {
    String line = Texts.line(text, Integer.MAX_VALUE);
    if (line.length() > charactersMax) {
      throw new NotUnderstood(
          "%s of %d characters".formatted(name, line.length()), "at most " + charactersMax);
    }
    return line;
  }
}
