package io.tillwatch.schemas.frame;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka serde of one Avro type, in frames.
 *
 * <p>For what Tillwatch writes itself: bytes that cannot be read are a {@link
 * SerializationException}. Where bytes come from outside, a topology reads them with {@link
 * FramedReader} instead. Null stays null. Thread-safe.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

  private final Class<T> type;
  private final FramedWriter<T> writer;
  private final FramedReader<T> reader;
  private final String subject;

  /**
   * @param subject name of the topic with {@code -value} or {@code -key}, as Confluent clients name
   *     their subjects
   */
  public AvroSerde(Class<T> type, String subject, SchemaIds ids) {
    Schema schema = SpecificData.get().getSchema(type);
    this.type = type;
    this.subject = subject;
    this.writer = new FramedWriter<>(type, () -> ids.idOf(subject, schema));
    this.reader = new FramedReader<>(type, ids, FrameLimits.OWN);
  }

  /** What it reads and writes. */
  public Class<T> type() {
    return type;
  }

  /**
   * Asks for the schema id now instead of with the first record.
   *
   * @throws UnknownSchemaId when there is none
   * @throws RegistryUnavailable when nobody could be asked
   */
  public void prepare() {
    writer.prepare();
  }

  /** The frame of a record. */
  public byte[] toBytes(T value) {
    return writer.write(value);
  }

  /**
   * The record in a frame.
   *
   * @throws SerializationException when it is not one whole record of this type
   */
  public T fromBytes(byte[] bytes) {
    try {
      return reader.read(bytes).value();
    } catch (MalformedFrame e) {
      throw new SerializationException("%s: %s, %s".formatted(subject, e.reason(), e.detail()), e);
    }
  }

  @Override
  public Serializer<@Nullable T> serializer() {
    return (topic, value) -> value == null ? null : toBytes(value);
  }

  @Override
  public Deserializer<@Nullable T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
  }
}
