package io.tillwatch.schemas.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;

/**
 * Versions of a schema as other producers may have it, the same for the same seed: fields missing,
 * added, in another order, null in another place or not at all, enums that grew and were reordered,
 * int where we have long.
 */
final class WriterVersions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> ADDED =
      List.of(
          "\"string\"",
          "\"double\"",
          "{\"type\":\"array\",\"items\":\"long\"}",
          "{\"type\":\"map\",\"values\":[\"null\",\"int\",\"string\"]}",
          "{\"type\":\"fixed\",\"name\":\"Print%d\",\"size\":5}",
          "{\"type\":\"record\",\"name\":\"Chain%d\",\"fields\":"
              + "[{\"name\":\"next\",\"type\":[\"null\",\"Chain%d\"]}]}",
          "[\"boolean\",\"bytes\",{\"type\":\"enum\",\"name\":\"Mood%d\","
              + "\"symbols\":[\"A\",\"B\"]}]");

  private final Random random;
  private int names;

  private WriterVersions(long seed) {
    this.random = new Random(seed);
  }

  static Schema of(Schema ours, long seed) throws IOException {
    JsonNode json = JSON.readTree(ours.toString());
    new WriterVersions(seed).change(json);
    return new Schema.Parser().parse(json.toString());
  }

  private void change(JsonNode type) {
    if (type.path("type").asText().equals("record")) {
      changeRecord((ObjectNode) type);
    } else if (type.path("type").asText().equals("enum")) {
      changeEnum((ObjectNode) type);
    }
  }

  private void changeRecord(ObjectNode type) {
    List<JsonNode> fields = new ArrayList<>();
    for (JsonNode field : type.get("fields")) {
      if (!field.has("default") || chance(85)) {
        changeField((ObjectNode) field);
        fields.add(field);
      }
    }
    while (chance(50)) {
      fields.add(random.nextInt(fields.size() + 1), added());
    }
    if (chance(40)) {
      Collections.shuffle(fields, random);
    }
    ArrayNode all = JSON.createArrayNode();
    all.addAll(fields);
    type.set("fields", all);
  }

  private void changeField(ObjectNode field) {
    JsonNode type = field.get("type");
    field.remove("default");
    if (type.isArray()) {
      change(type.get(1));
      if (chance(20)) {
        field.set("type", type.get(1));
      } else if (chance(30)) {
        field.set("type", JSON.createArrayNode().add(type.get(1)).add(type.get(0)));
      }
    } else if (type.asText().equals("long") && chance(30)) {
      field.put("type", "int");
    } else if (type.path("logicalType").isTextual() && chance(4)) {
      field.put("type", "long");
    } else {
      change(type);
    }
  }

  private void changeEnum(ObjectNode type) {
    List<JsonNode> symbols = new ArrayList<>();
    type.get("symbols").forEach(symbols::add);
    if (chance(50)) {
      symbols.add(TextNode.valueOf("OF_LATER"));
    }
    if (chance(30)) {
      Collections.shuffle(symbols, random);
    }
    ArrayNode all = JSON.createArrayNode();
    all.addAll(symbols);
    type.set("symbols", all);
  }

  private ObjectNode added() {
    ObjectNode field = JSON.createObjectNode();
    field.put("name", "added" + names);
    String type = ADDED.get(random.nextInt(ADDED.size())).replace("%d", String.valueOf(names++));
    try {
      field.set("type", JSON.readTree(type));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return field;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
