package io.tillwatch.standalone.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.evaluate.GoldenCase.Heard;
import io.tillwatch.standalone.evaluate.GoldenCase.Source;
import io.tillwatch.triage.incident.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cases as JSON: {@code id, seed, source, label{class, owner, cause, scope, start, end}, noise[],
 * heard[{at, burst | change | notice | alert}]}. The records heard are in the JSON encoding of
 * Avro, by the schemas of their topics; fields that have their default are left out.
 */
final class CaseJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CaseJson() {}

  static String write(GoldenCase golden) {
    Label label = golden.label();
    ObjectNode node = JSON.createObjectNode();
    node.put("id", golden.id());
    node.put("seed", golden.seed());
    node.put("source", Label.word(golden.source()));
    ObjectNode labelNode = node.putObject("label");
    labelNode.put("class", Label.word(label.incidentClass()));
    labelNode.put("owner", Label.word(label.owner()));
    labelNode.put("cause", label.cause());
    labelNode.set("scope", JSON.valueToTree(label.scope().toMap()));
    labelNode.put("start", label.start().toString());
    labelNode.put("end", label.end().toString());
    node.set("noise", JSON.valueToTree(golden.noise()));
    ArrayNode heard = node.putArray("heard");
    for (Heard each : golden.heard()) {
      ObjectNode entry = heard.addObject();
      entry.put("at", each.at().toString());
      switch (each.input()) {
        case Input.BurstSeen seen -> entry.set("burst", AvroJson.write(seen.burst()));
        case Input.ChangeSeen seen -> entry.set("change", AvroJson.write(seen.change()));
        case Input.StatusSeen seen -> entry.set("notice", AvroJson.write(seen.notice()));
        case Input.AlertSeen seen -> entry.set("alert", AvroJson.write(seen.alert()));
        default -> throw new IllegalArgumentException("no case holds " + each.input());
      }
    }
    return node.toString();
  }

  /**
   * The case in a text.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static GoldenCase read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<Heard> heard = new ArrayList<>();
      for (JsonNode entry : required(node, "heard")) {
        heard.add(new Heard(instant(entry, "at"), input(entry)));
      }
      List<String> noise = new ArrayList<>();
      node.path("noise").forEach(each -> noise.add(each.asText()));
      return new GoldenCase(
          required(node, "id").asText(),
          node.path("seed").asLong(),
          Source.valueOf(node.path("source").asText("simulated").toUpperCase(Locale.ROOT)),
          label(required(node, "label")),
          noise,
          heard);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Label label(JsonNode node) {
    Map<String, String> scope = new TreeMap<>();
    required(node, "scope").properties().forEach(e -> scope.put(e.getKey(), e.getValue().asText()));
    return new Label(
        symbol(IncidentClass.class, node, "class"),
        symbol(Owner.class, node, "owner"),
        Slice.of(scope),
        instant(node, "start"),
        instant(node, "end"));
  }

  private static Input input(JsonNode entry) {
    if (entry.has("burst")) {
      return new Input.BurstSeen(AvroJson.read(new Burst(), entry.path("burst")));
    }
    if (entry.has("change")) {
      return new Input.ChangeSeen(AvroJson.read(new ChangeEvent(), entry.path("change")));
    }
    if (entry.has("notice")) {
      return new Input.StatusSeen(AvroJson.read(new StatusEvent(), entry.path("notice")));
    }
    if (entry.has("alert")) {
      return new Input.AlertSeen(AvroJson.read(new ExternalAlert(), entry.path("alert")));
    }
    throw new IllegalArgumentException(
        "an entry of 'heard' without burst, change, notice or alert");
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no '%s'".formatted(name));
    }
    return found;
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(required(node, name).asText());
  }

  private static <E extends Enum<E>> E symbol(Class<E> type, JsonNode node, String name) {
    return Enum.valueOf(type, required(node, name).asText().toUpperCase(Locale.ROOT));
  }
}
