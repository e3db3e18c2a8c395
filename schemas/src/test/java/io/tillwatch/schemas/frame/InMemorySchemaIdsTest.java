package io.tillwatch.schemas.frame;

class InMemorySchemaIdsTest extends SchemaIdsContract {

  private final SchemaIds ids = new InMemorySchemaIds();

  @Override
  protected SchemaIds ids() {
    return ids;
  }
}
