package io.tillwatch.standalone.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.frame.TrustedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records in Avro's own JSON, without the fields that have their default: files stay small, and are
 * still read when a later schema has more fields.
 */
final class AvroJson {

  static {
    TrustedClasses.declare();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private AvroJson() {}

  static JsonNode write(SpecificRecordBase record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
      new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
      return slim(JSON.readTree(out.toString(StandardCharsets.UTF_8)), record.getSchema());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills a record.
   *
   * @throws IllegalArgumentException when the JSON is none of its schema
   */
  static <T extends SpecificRecordBase> T read(T empty, JsonNode node) {
    Schema schema = empty.getSchema();
    try {
      String full = whole(node, schema).toString();
      return new SpecificDatumReader<T>(schema, schema, empty.getSpecificData())
          .read(empty, DecoderFactory.get().jsonDecoder(schema, full));
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "no %s: %s".formatted(schema.getName(), e.getMessage()), e);
    }
  }

  private static JsonNode slim(JsonNode node, Schema schema) {
    if (node instanceof ArrayNode array && schema.getType() == Schema.Type.ARRAY) {
      array.forEach(each -> slim(each, schema.getElementType()));
    }
    if (node instanceof ObjectNode object && schema.getType() == Schema.Type.RECORD) {
      for (Schema.Field field : schema.getFields()) {
        JsonNode value = slim(object.path(field.name()), field.schema());
        if (field.hasDefaultValue() && value.equals(defaultOf(field))) {
          object.remove(field.name());
        }
      }
    }
    return node;
  }

  private static JsonNode whole(JsonNode node, Schema schema) {
    if (node instanceof ArrayNode array && schema.getType() == Schema.Type.ARRAY) {
      array.forEach(each -> whole(each, schema.getElementType()));
    }
    if (node instanceof ObjectNode object && schema.getType() == Schema.Type.RECORD) {
      for (Schema.Field field : schema.getFields()) {
        if (object.has(field.name())) {
          whole(object.path(field.name()), field.schema());
        } else if (field.hasDefaultValue()) {
          object.set(field.name(), defaultOf(field));
        }
      }
    }
    return node;
  }

  /** Of the unions here null is the default. */
  private static JsonNode defaultOf(Schema.Field field) {
    Object value = field.defaultVal();
    return JsonProperties.NULL_VALUE.equals(value) ? JSON.nullNode() : JSON.valueToTree(value);
  }
}
