package io.tillwatch.schemas.frame;

/** No schema has this id, or no id stands for this schema. */
public final class UnknownSchemaId extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public UnknownSchemaId(String message) {
    super(message);
  }

  /** For an id that no schema has; {@code where} says who was asked. */
  public static UnknownSchemaId of(int id, String where) {
    return new UnknownSchemaId("schema id %d is unknown to %s".formatted(id, where));
  }
}
