package io.tillwatch.schemas.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** The fields of a type that are wanted, numbered, with the defaults of those a writer may lack. */
final class FieldChoice {

  private static final byte[] NO_TEXT = {};

  private final Schema type;
  private final List<String> paths;
  private final byte[][] defaultTexts;

  FieldChoice(Schema type, List<String> paths) {
    this.type = type;
    this.paths = List.copyOf(paths);
    this.defaultTexts = new byte[paths.size()][];
    for (int slot = 0; slot < paths.size(); slot++) {
      Schema.Field field = field(type, paths.get(slot));
      defaultTexts[slot] =
          field.hasDefaultValue() && field.defaultVal() instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : NO_TEXT;
    }
  }

  private static Schema.Field field(Schema type, String path) {
    int dot = path.indexOf('.');
    Schema.Field field = type.getField(dot < 0 ? path : path.substring(0, dot));
    if (field == null) {
      throw new IllegalArgumentException("no field '%s' in %s".formatted(path, type.getFullName()));
    }
    return dot < 0 ? field : field(field.schema(), path.substring(dot + 1));
  }

  /** The schema it reads with. */
  Schema type() {
    return type;
  }

  /** By slot. */
  byte[][] defaultTexts() {
    return defaultTexts;
  }

  /** Slot of the field with this path; -1 when it is not wanted. */
  int slot(String path) {
    return paths.indexOf(path);
  }

  /** Whether a field within this one is wanted. */
  boolean isWithin(String path) {
    return paths.stream().anyMatch(wanted -> wanted.startsWith(path + "."));
  }
}
