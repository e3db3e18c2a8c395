package io.tillwatch.triage.stream;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.DeskEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the desk's store in Avro's single-object encoding: the writer's schema is named by its
 * fingerprint in the first ten bytes, so the store needs no registry and an upgrade can read what
 * the version before wrote.
 */
final class DeskEntrySerde implements Serde<DeskEntry> {

  static {
    TrustedClasses.declare();
  }

  private final BinaryMessageEncoder<DeskEntry> encoder = DeskEntry.getEncoder();
  private final BinaryMessageDecoder<DeskEntry> decoder = StoredSchemas.decoder();

  @Override
  public Serializer<@Nullable DeskEntry> serializer() {
    return (topic, entry) -> entry == null ? null : encode(entry);
  }

  private byte[] encode(DeskEntry entry) {
    try {
      ByteBuffer buffer = encoder.encode(entry);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Deserializer<@Nullable DeskEntry> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }

  private DeskEntry decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException e) {
      throw new SerializationException("an entry of the desk's store cannot be read", e);
    }
  }
}
