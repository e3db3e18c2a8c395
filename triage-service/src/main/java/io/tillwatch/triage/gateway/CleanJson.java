package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.gateway.redact.SensitiveType;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.StableId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * JSON without what may not pass: names, texts and numbers one by one, and then all of it once more
 * as the text it is, for what only shows beside its neighbours. For one thread.
 */
final class CleanJson {

  /** Names of one call that both sides use to say which: a label in their place would say none. */
  private static final Set<String> IDS = Set.of("id", "tool_call_id", "tool_use_id");

  private final Redactor redactor = new Redactor();
  private final Map<String, Long> redactions = new TreeMap<>();

  /**
   * The JSON without what may not pass.
   *
   * @throws Unreadable when what is left after redaction is no JSON any more
   */
  JsonNode of(JsonNode root) throws Unreadable {
    JsonNode clean = cleaned(root, "");
    String text = clean.toString();
    String once = redacted(text);
    return once.equals(text) ? clean : BoundedJson.object(once.getBytes(StandardCharsets.UTF_8));
  }

  /** What was taken out so far, by type. */
  Map<String, Long> redactions() {
    return redactions;
  }

  private JsonNode cleaned(JsonNode node, String name) {
    return switch (node) {
      case ObjectNode object -> cleaned(object);
      case ArrayNode array -> {
        ArrayNode clean = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(item -> clean.add(cleaned(item, name)));
        yield clean;
      }
      case TextNode text -> TextNode.valueOf(text(text.textValue(), name));
      default -> node.isNumber() ? number(node) : node;
    };
  }

  private ObjectNode cleaned(ObjectNode object) {
    ObjectNode clean = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(property ->
            clean.set(
                redacted(property.getKey()), cleaned(property.getValue(), property.getKey())));
    return clean;
  }

  private String text(String text, String name) {
    String clean = redacted(text);
    return IDS.contains(name) && !clean.equals(text) ? StableId.of("id", text) : clean;
  }

  /** A card number may be written as a number. */
  private JsonNode number(JsonNode number) {
    String text = number.asText();
    String clean = redacted(text);
    return clean.equals(text) ? number : TextNode.valueOf(clean);
  }

  private String redacted(String text) {
    return redactor.redact(text, finding -> count(finding.type()));
  }

  private void count(SensitiveType type) {
    redactions.merge(type.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
  }
}
