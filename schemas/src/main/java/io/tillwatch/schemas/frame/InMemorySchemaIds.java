package io.tillwatch.schemas.frame;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A registry that forgets: numbers schemas from 1 in the order in which they are first written.
 * Stands in for a real one in tests and trials. Thread-safe.
 */
public final class InMemorySchemaIds implements SchemaIds {

  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    int index = schemas.indexOf(schema);
    if (index < 0) {
      schemas.add(schema);
      index = schemas.size() - 1;
    }
    return index + 1;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw UnknownSchemaId.of(id, "the ids in memory");
    }
    return schemas.get(id - 1);
  }
}
