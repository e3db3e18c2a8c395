package io.tillwatch.schemas.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * The schema ids that are compiled in: no registry to run, the same numbers everywhere.
 *
 * <p>Each line of {@code ids.txt} gives a schema version its number, for good; the schemas
 * themselves are in {@code history/<Name>/v<version>.avsc}, every version there ever was, so that
 * old records stay readable. Subjects make no difference. Immutable and thread-safe.
 */
public final class EmbeddedSchemaIds implements SchemaIds {

  private static final String FOLDER = "/io/tillwatch/schemas/";

  private final Map<Integer, Schema> byId = new HashMap<>();
  private final Map<Schema, Integer> bySchema = new HashMap<>();

  private EmbeddedSchemaIds() {}

  /** A schema version and its number: one line of {@code ids.txt}. */
  record Entry(int id, String name, int version) {

    String resource() {
      return FOLDER + "history/" + name + "/v" + version + ".avsc";
    }

    static Entry parse(String line) {
      String[] words = line.split("\\s+", 3);
      return new Entry(
          Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2].substring(1)));
    }
  }

  /** Reads what is compiled in. */
  public static EmbeddedSchemaIds load() {
    EmbeddedSchemaIds ids = new EmbeddedSchemaIds();
    for (Entry entry : entries()) {
      Schema schema = new Schema.Parser().parse(text(entry.resource()));
      ids.byId.put(entry.id(), schema);
      ids.bySchema.put(schema, entry.id());
    }
    return ids;
  }

  /** The lines of {@code ids.txt} in order. */
  static List<Entry> entries() {
    return text(FOLDER + "ids.txt")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(Entry::parse)
        .toList();
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(EmbeddedSchemaIds.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int idOf(String subject, Schema schema) {
    Integer id = bySchema.get(schema);
    if (id == null) {
      throw new UnknownSchemaId(
          "%s in the form used for %s has no embedded id; expected a version of it in ids.txt"
              .formatted(schema.getFullName(), subject));
    }
    return id;
  }

  @Override
  public Schema byId(int id) {
    Schema schema = byId.get(id);
    if (schema == null) {
      throw UnknownSchemaId.of(id, "the embedded ids");
    }
    return schema;
  }
}
