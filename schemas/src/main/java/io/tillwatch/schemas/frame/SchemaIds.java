package io.tillwatch.schemas.frame;

import org.apache.avro.Schema;

/**
 * Which number stands for which schema.
 *
 * <p>Implementations are thread-safe and remember what they have once answered.
 */
public interface SchemaIds {

  /**
   * The id under which records of this schema are written to this subject.
   *
   * @throws UnknownSchemaId when there is none and none can be made
   * @throws RegistryUnavailable when nobody could be asked; worth another try later
   */
  int idOf(String subject, Schema schema);

  /**
   * The schema with this id.
   *
   * @throws UnknownSchemaId when there is none; asking again soon is no use
   * @throws RegistryUnavailable when nobody could be asked; worth another try later
   */
  Schema byId(int id);
}
