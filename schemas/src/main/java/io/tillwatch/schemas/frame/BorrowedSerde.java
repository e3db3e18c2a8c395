package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka serde of one of our types on top of any other that is on the class path, for sites that
 * bring their own, for example {@code io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde}.
 *
 * <p>The other one is made by its class name, given its configuration as it is, and may yield any
 * Avro record, generic or of other classes, whose schema ours can be read from. How safe odd bytes
 * are is its affair: what it throws becomes a refusal. Reading is thread-safe: Kafka promises
 * nothing of a serde, so the other one is asked by one thread at a time.
 */
public final class BorrowedSerde<T extends SpecificRecord> implements Serde<T>, RecordReader<T> {

  /** Schema id of records whose bytes do not begin with a frame. */
  static final int NO_SCHEMA_ID = -1;

  private final String topic;
  private final @Nullable Serializer<Object> serializer;
  private final Deserializer<?> deserializer;
  private final RecordConversion<T> conversion;

  private BorrowedSerde(
      Class<T> type,
      String topic,
      @Nullable Serializer<Object> serializer,
      Deserializer<?> deserializer) {
    this.topic = topic;
    this.serializer = serializer;
    this.deserializer = deserializer;
    this.conversion = new RecordConversion<>(type);
  }

  /**
   * Makes it.
   *
   * @param className a {@link Serde}, or a {@link Deserializer} where nothing is written
   * @param config handed to it for values
   * @throws IllegalArgumentException when there is no such class, or it is neither
   */
  public static <T extends SpecificRecord> BorrowedSerde<T> of(
      Class<T> type, String topic, String className, Map<String, ?> config) {
    return switch (instance(className)) {
      case Serde<?> serde -> {
        serde.configure(config, false);
        yield new BorrowedSerde<>(
            type, topic, anySerializer(serde.serializer()), serde.deserializer());
      }
      case Deserializer<?> deserializer -> {
        deserializer.configure(config, false);
        yield new BorrowedSerde<>(type, topic, null, deserializer);
      }
      default ->
          throw new IllegalArgumentException(
              "%s is neither a Kafka serde nor a deserialiser".formatted(className));
    };
  }

  private static Object instance(String className) {
    ClassLoader ours = BorrowedSerde.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(className, true, context == null ? ours : context)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "%s cannot be made, expected a class with a public constructor without parameters"
              .formatted(className),
          e);
    }
  }

  // The other serde's value type is not known here; a wrong one shows with the first record.
  @SuppressWarnings("unchecked")
  private static Serializer<Object> anySerializer(Serializer<?> serializer) {
    return (Serializer<Object>) serializer;
  }

  @Override
  public Framed<T> read(byte @Nullable [] bytes) throws MalformedFrame {
    if (bytes == null) {
      throw new MalformedFrame(DeadLetterReason.TOMBSTONE, "null, expected a record");
    }
    if (bytes.length == 0) {
      throw new MalformedFrame(DeadLetterReason.EMPTY, "no bytes, expected a record");
    }
    if (bytes.length > FrameLimits.EVENT.bytes()) {
      throw new MalformedFrame(
          DeadLetterReason.RECORD_TOO_LARGE,
          "%d bytes, expected at most %d".formatted(bytes.length, FrameLimits.EVENT.bytes()));
    }
    boolean framed = bytes.length >= Frame.HEADER_BYTES && bytes[0] == Frame.MAGIC;
    return new Framed<>(framed ? Frame.idOf(bytes) : NO_SCHEMA_ID, converted(bytes));
  }

  private T converted(byte[] bytes) throws MalformedFrame {
    Object value;
    try {
      synchronized (deserializer) {
        value = deserializer.deserialize(topic, bytes);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // Its message may quote content; bytes that nest deeply may overflow a decoder's stack.
      throw new MalformedFrame(
          DeadLetterReason.UNDECODABLE, "refused with " + e.getClass().getName());
    }
    if (value instanceof IndexedRecord record) {
      return conversion.convert(record);
    }
    throw new MalformedFrame(
        DeadLetterReason.UNDECODABLE,
        "%s, expected an Avro record".formatted(value == null ? null : value.getClass().getName()));
  }

  @Override
  public Serializer<@Nullable T> serializer() {
    Serializer<Object> other = serializer;
    if (other == null) {
      throw new UnsupportedOperationException("only a deserialiser is configured for " + topic);
    }
    return (to, value) -> value == null ? null : other.serialize(to, value);
  }

  @Override
  public Deserializer<@Nullable T> deserializer() {
    return (from, bytes) -> {
      if (bytes == null) {
        return null;
      }
      try {
        return read(bytes).value();
      } catch (MalformedFrame e) {
        throw new SerializationException("%s: %s, %s".formatted(from, e.reason(), e.detail()), e);
      }
    };
  }

  @Override
  public void close() {
    deserializer.close();
    if (serializer != null) {
      serializer.close();
    }
  }
}
