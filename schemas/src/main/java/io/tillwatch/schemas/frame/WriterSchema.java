package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A schema that records of a topic were written with, resolved once against the schema we read
 * with. Thread-safe: Avro's fast reader keeps no state between records, the decoder is one per
 * thread.
 */
final class WriterSchema<T extends SpecificRecord> {

  static {
    TrustedClasses.declare();
  }

  private static final ThreadLocal<BinaryDecoder> DECODER =
      ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

  private final int id;
  private final Schema writer;
  private final FrameCheck check;
  private final DatumReader<T> reader;

  private WriterSchema(int id, Schema writer, FrameCheck check, DatumReader<T> reader) {
    this.id = id;
    this.writer = writer;
    this.check = check;
    this.reader = reader;
  }

  /** Resolves the writer's schema, or says why its records do not belong to this type. */
  static <T extends SpecificRecord> WriterSchema<T> resolve(int id, Schema writer, Class<T> type)
      throws MalformedFrame {
    SpecificData data = SpecificData.getForClass(type);
    Schema ours = data.getSchema(type);
    if (!sameName(writer, ours)) {
      throw notAllowed(
          id, "is %s, expected %s".formatted(writer.getFullName(), ours.getFullName()));
    }
    SchemaCompatibilityResult compatibility =
        SchemaCompatibility.checkReaderWriterCompatibility(ours, writer).getResult();
    if (compatibility.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      throw notAllowed(
          id,
          "cannot be read as %s: %s"
              .formatted(ours.getFullName(), compatibility.getIncompatibilities()));
    }
    try {
      return new WriterSchema<>(id, writer, FrameCheck.of(writer), reader(data, writer, ours));
    } catch (IOException e) {
      throw notAllowed(id, "cannot be resolved: " + e.getMessage());
    }
  }

  private static boolean sameName(Schema writer, Schema ours) {
    return writer.getType() == ours.getType()
        && (writer.getFullName().equals(ours.getFullName())
            || ours.getAliases().contains(writer.getFullName()));
  }

  /** Class names in a schema are data from outside: the reader must not look at them. */
  private static <T> DatumReader<T> reader(SpecificData data, Schema writer, Schema ours)
      throws IOException {
    return new FastReaderBuilder(data)
        .withKeyClassEnabled(false)
        .withClassPropEnabled(false)
        .createDatumReader(writer, ours);
  }

  private static MalformedFrame notAllowed(int id, String why) {
    return new MalformedFrame(
        DeadLetterReason.SCHEMA_NOT_ALLOWED, "the schema with id %d %s".formatted(id, why));
  }

  int id() {
    return id;
  }

  /** The schema itself. */
  Schema writer() {
    return writer;
  }

  T read(byte[] bytes, int from, FrameLimits limits) throws MalformedFrame {
    check.check(bytes, from, limits);
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, DECODER.get());
    try {
      return reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      // Checked bytes always decode; should Avro disagree, its exception's text may quote content.
      throw new MalformedFrame(
          DeadLetterReason.UNDECODABLE, "refused by Avro: " + e.getClass().getSimpleName());
    }
  }
}
