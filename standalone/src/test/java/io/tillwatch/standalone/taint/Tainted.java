package io.tillwatch.standalone.taint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The places of a record that something can be put into, found by walking its schema: a field that
 * somebody adds tomorrow is one too. Flags, enums and fractions have no room for a card number.
 */
final class Tainted {

  private static final long CARD_NUMBER = Long.parseLong(Canary.PAN.core());

  /**
   * One place.
   *
   * @param name of the field, from the record down
   * @param numeric whether only a number fits
   * @param with a copy of a record that holds this there
   */
  record Place(String name, boolean numeric, Filling with) {}

  /** Puts something into a place. */
  @FunctionalInterface
  interface Filling {
    /** A copy of the record that holds this text, or its number, there. */
    SpecificRecord into(SpecificRecord record, String text);
  }

  private Tainted() {}

  /** All places of records of this schema, in its order. */
  static List<Place> places(Schema schema) {
    List<Place> places = new ArrayList<>();
    walk(schema, schema.getName(), UnaryOperator.identity(), places);
    return List.copyOf(places);
  }

  /**
   * Adds the places of one record.
   *
   * @param at from the whole record to this one
   */
  private static void walk(
      Schema schema, String name, UnaryOperator<IndexedRecord> at, List<Place> places) {
    for (Schema.Field field : schema.getFields()) {
      int pos = field.pos();
      walkField(filled(field.schema()), name + "." + field.name(), at, pos, places);
    }
  }

  private static void walkField(
      Schema schema, String name, UnaryOperator<IndexedRecord> at, int pos, List<Place> places) {
    switch (schema.getType()) {
      case STRING -> places.add(place(name, at, pos, text -> text));
      case LONG -> places.add(number(name, at, pos, schema.getLogicalType() != null));
      case MAP -> {
        places.add(place(name + ".key", at, pos, text -> added(schema, text, "value")));
        if (schema.getValueType().getType() == Schema.Type.STRING) {
          places.add(place(name + ".value", at, pos, text -> Map.of("scope", text)));
          places.add(place(name + ".cvv2", at, pos, text -> Map.of("cvv2", lastWord(text))));
        }
      }
      case ARRAY -> walkItems(schema.getElementType(), name, at, pos, places);
      case RECORD ->
          walk(schema, name, record -> (IndexedRecord) at.apply(record).get(pos), places);
      case INT, FLOAT, DOUBLE, BOOLEAN, ENUM, NULL -> {
        // No room.
      }
      case UNION, BYTES, FIXED ->
          throw new IllegalStateException("%s: say how %s is filled".formatted(name, schema));
    }
  }

  private static void walkItems(
      Schema item, String name, UnaryOperator<IndexedRecord> at, int pos, List<Place> places) {
    if (item.getType() == Schema.Type.RECORD) {
      walk(
          item,
          name,
          record -> (IndexedRecord) ((List<?>) at.apply(record).get(pos)).getFirst(),
          places);
    } else {
      places.add(place(name, at, pos, List::of));
    }
  }

  private static Map<String, Object> added(Schema map, String key, String text) {
    boolean texts = map.getValueType().getType() == Schema.Type.STRING;
    Map<String, Object> added = new HashMap<>();
    added.put(key, texts ? text : (Object) 1);
    return added;
  }

  private static String lastWord(String text) {
    return text.substring(text.lastIndexOf(' ') + 1);
  }

  private static Schema filled(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  private static Place place(
      String name, UnaryOperator<IndexedRecord> at, int pos, Function<String, Object> value) {
    return new Place(
        name,
        false,
        (record, text) -> {
          SpecificRecord copy = SpecificData.get().deepCopy(record.getSchema(), record);
          at.apply(copy).put(pos, value.apply(text));
          return copy;
        });
  }

  private static Place number(
      String name, UnaryOperator<IndexedRecord> at, int pos, boolean isTime) {
    Object number = isTime ? Instant.ofEpochMilli(CARD_NUMBER) : (Object) CARD_NUMBER;
    return new Place(
        name,
        true,
        (record, text) -> {
          SpecificRecord copy = SpecificData.get().deepCopy(record.getSchema(), record);
          at.apply(copy).put(pos, number);
          return copy;
        });
  }
}
