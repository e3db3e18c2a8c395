package io.tillwatch.triage.stream;

import io.tillwatch.schemas.incident.DeskEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;

/**
 * Every version of {@link DeskEntry} that a store may hold. A released version never changes; a new
 * one gets the next number.
 */
final class StoredSchemas {

  /** Resources beside this class, the oldest first. */
  static final List<String> VERSIONS =
      List.of(
          "desk-entry-v1.avsc",
          "desk-entry-v2.avsc",
          "desk-entry-v3.avsc",
          "desk-entry-v4.avsc",
          "desk-entry-v5.avsc");

  private StoredSchemas() {}

  static BinaryMessageDecoder<DeskEntry> decoder() {
    SchemaStore.Cache schemas = new SchemaStore.Cache();
    VERSIONS.forEach(version -> schemas.addSchema(load(version)));
    return DeskEntry.createDecoder(schemas);
  }

  static Schema load(String version) {
    try (InputStream in = StoredSchemas.class.getResourceAsStream(version)) {
      if (in == null) {
        throw new IllegalStateException("resource %s is not on the class path".formatted(version));
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
