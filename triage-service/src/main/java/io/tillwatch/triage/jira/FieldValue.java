package io.tillwatch.triage.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a field of a new issue is set to: a text, or JSON behind {@value #JSON_PREFIX}; either may
 * name values of the incident as <code>${severity}</code>.
 *
 * <p>In JSON, a text that is nothing but one name becomes a number where the value is one.
 *
 * @param json the value with its names still in it
 * @param typed whether it was written as JSON
 */
record FieldValue(JsonNode json, boolean typed) {

  static final String JSON_PREFIX = "json:";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");

  /**
   * Reads a value as it is written in the settings.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static FieldValue of(String written) {
    JsonNode json = NODES.textNode(written);
    boolean typed = written.startsWith(JSON_PREFIX);
    if (typed) {
      try {
        json = JSON.readTree(written.substring(JSON_PREFIX.length()));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not JSON, expected JSON behind json:", e);
      }
    }
    Matcher names = NAME.matcher(written);
    while (names.find()) {
      if (!NamedValues.NAMES.contains(names.group(1))) {
        throw new IllegalArgumentException(
            "no value is named '%s', expected one of %s"
                .formatted(names.group(1), new TreeSet<>(NamedValues.NAMES)));
      }
    }
    return new FieldValue(json, typed);
  }

  /** The value for one incident. */
  JsonNode with(Map<String, String> values) {
    return filled(json, values);
  }

  private JsonNode filled(JsonNode node, Map<String, String> values) {
    if (node.isTextual()) {
      return text(node.asText(), values);
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.forEach(element -> array.add(filled(element, values)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties()
          .forEach(field -> object.set(field.getKey(), filled(field.getValue(), values)));
      return object;
    }
    return node;
  }

  private JsonNode text(String text, Map<String, String> values) {
    Matcher names = NAME.matcher(text);
    if (names.matches()) {
      String value = values.getOrDefault(names.group(1), "");
      boolean number = typed && NamedValues.NUMBERS.contains(names.group(1));
      if (number && NUMBER.matcher(value).matches()) {
        return NODES.numberNode(new BigDecimal(value));
      }
      return NODES.textNode(value);
    }
    return NODES.textNode(
        names
            .reset()
            .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), ""))));
  }
}
