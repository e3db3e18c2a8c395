package io.tillwatch.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * An Avro container file of records. A field within a record is a column named by its path; arrays
 * and maps are left out. Logical types keep their plain value: a timestamp is a number.
 */
final class AvroRows implements Rows {

  /**
   * Records within records; deeper fields, and those of records that hold themselves, are no
   * columns.
   */
  private static final int DEPTH_MAX = 8;

  private final Path file;
  private final DataFileReader<GenericRecord> records;
  private long number;

  AvroRows(Path file) throws IOException {
    this.file = file;
    this.records = new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
    if (records.getSchema().getType() != Schema.Type.RECORD) {
      records.close();
      throw new IOException(file + ": holds no records but " + records.getSchema().getType());
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    number++;
    try {
      if (!records.hasNext()) {
        return null;
      }
      Map<String, String> values = new HashMap<>();
      flatten("", records.next(), values, 1);
      return new Row(number, values);
    } catch (AvroRuntimeException e) {
      throw new IOException(
          "%s:%d: no Avro record from here on: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private static void flatten(
      String prefix, GenericRecord row, Map<String, String> values, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    for (Schema.Field field : row.getSchema().getFields()) {
      String name = prefix + field.name();
      switch (row.get(field.pos())) {
        case null -> {}
        case GenericRecord inner -> flatten(name + ".", inner, values, depth + 1);
        case CharSequence text -> values.put(name, text.toString());
        case Number value -> values.put(name, value.toString());
        case Boolean value -> values.put(name, value.toString());
        case GenericEnumSymbol<?> value -> values.put(name, value.toString());
        default -> {}
      }
    }
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    name("", records.getSchema(), columns, 1);
    return columns;
  }

  private static void name(String prefix, Schema schema, Set<String> columns, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    for (Schema.Field field : schema.getFields()) {
      for (Schema each : alternatives(field.schema())) {
        if (each.getType() == Schema.Type.RECORD) {
          name(prefix + field.name() + ".", each, columns, depth + 1);
        } else {
          columns.add(prefix + field.name());
        }
      }
    }
  }

  private static Iterable<Schema> alternatives(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
