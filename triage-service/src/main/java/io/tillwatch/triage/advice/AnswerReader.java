package io.tillwatch.triage.advice;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.triage.wire.BoundedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the answer of a model: untrusted text in which there is to be one JSON object.
 *
 * <p>A byte order mark, a code fence and words before or behind the object are passed over; two
 * objects are refused, as are keys said twice, numbers that are none, other types than agreed on,
 * and what is too long or too deep. Fields nobody asked for are not looked at. Work is linear in
 * the length. Stateless and thread-safe.
 */
final class AnswerReader {

  /** A longer answer is refused unread; ten causes are about 10,000. */
  static final int CHARACTERS_MAX = 64 * 1024;

  /** Causes that are read; more are counted and left. */
  static final int CAUSES_MAX = 8;

  /** Ids that one cause may cite on either side. */
  private static final int CITED_MAX = 32;

  /** Why an answer cannot be read; the record has the word. */
  enum Reason {
    EMPTY,
    TOO_LONG,
    NO_OBJECT,
    MORE_THAN_ONE_OBJECT,
    NO_JSON,
    NO_HYPOTHESES,
    WRONG_TYPE,
    TOO_MANY_CITED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An answer is not what was agreed on; says nothing of what it holds. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Unreadable(Reason reason) {
      super(reason.label());
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  private AnswerReader() {}

  /** What the answer says. */
  static Answer read(String text) throws Unreadable {
    if (text.isBlank()) {
      throw new Unreadable(Reason.EMPTY);
    }
    if (text.length() > CHARACTERS_MAX) {
      throw new Unreadable(Reason.TOO_LONG);
    }
    JsonNode hypotheses = parsed(onlyObject(text)).path("hypotheses");
    if (hypotheses.isMissingNode()) {
      throw new Unreadable(Reason.NO_HYPOTHESES);
    }
    if (!hypotheses.isArray()) {
      throw new Unreadable(Reason.WRONG_TYPE);
    }
    List<Answer.Cause> causes = new ArrayList<>();
    for (int i = 0; i < Math.min(hypotheses.size(), CAUSES_MAX); i++) {
      causes.add(cause(hypotheses.get(i)));
    }
    return new Answer(causes, hypotheses.size() - causes.size());
  }

  private static JsonNode parsed(String object) throws Unreadable {
    try {
      return BoundedJson.object(object.getBytes(StandardCharsets.UTF_8));
    } catch (BoundedJson.Unreadable e) {
      throw new Unreadable(Reason.NO_JSON);
    }
  }

  /** From the first brace to the one that closes it; braces in strings do not count. */
  private static String onlyObject(String text) throws Unreadable {
    int start = text.indexOf('{');
    if (start < 0) {
      throw new Unreadable(Reason.NO_OBJECT);
    }
    int end = endOf(text, start);
    if (end < 0) {
      throw new Unreadable(Reason.NO_JSON);
    }
    if (text.indexOf('{', end) >= 0) {
      throw new Unreadable(Reason.MORE_THAN_ONE_OBJECT);
    }
    return text.substring(start, end);
  }

  private static int endOf(String text, int start) {
    int depth = 0;
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static Answer.Cause cause(JsonNode node) throws Unreadable {
    if (!node.isObject() || !node.path("confidence").isNumber()) {
      throw new Unreadable(Reason.WRONG_TYPE);
    }
    return new Answer.Cause(
        text(node, "cause", "statement"),
        text(node, "class", "incidentClass"),
        text(node, "owner"),
        texts(node, "evidence", "evidenceFor"),
        texts(node, "evidenceAgainst"),
        text(node, "check"),
        text(node, "nextStep"),
        text(node, "runbookPassage"),
        Math.clamp(node.get("confidence").doubleValue(), 0.0, 1.0));
  }

  private static String text(JsonNode node, String... names) throws Unreadable {
    JsonNode field = first(node, names);
    if (field.isMissingNode() || field.isNull()) {
      return "";
    }
    if (!field.isTextual()) {
      throw new Unreadable(Reason.WRONG_TYPE);
    }
    return field.textValue();
  }

  private static List<String> texts(JsonNode node, String... names) throws Unreadable {
    JsonNode field = first(node, names);
    if (field.isMissingNode() || field.isNull()) {
      return List.of();
    }
    if (!field.isArray()) {
      throw new Unreadable(Reason.WRONG_TYPE);
    }
    if (field.size() > CITED_MAX) {
      throw new Unreadable(Reason.TOO_MANY_CITED);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : field) {
      if (!each.isTextual()) {
        throw new Unreadable(Reason.WRONG_TYPE);
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  private static JsonNode first(JsonNode node, String... names) {
    for (String name : names) {
      if (node.has(name)) {
        return node.get(name);
      }
    }
    return node.path(names[0]);
  }
}
