package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes one of our records of any Avro record of the same name, by way of bytes: what writer and
 * reader may differ in is then Avro's own rule. Thread-safe.
 */
final class RecordConversion<T extends SpecificRecord> {

  static {
    TrustedClasses.declare();
  }

  /** Schemas remembered; a site has a handful. */
  private static final int KNOWN_MAX = 1000;

  private final Class<T> type;
  private final Map<Schema, WriterSchema<T>> known = new ConcurrentHashMap<>();
  private final GenericData generic = new GenericData();

  RecordConversion(Class<T> type) {
    this.type = type;
    generic.addLogicalTypeConversion(new TimestampMillisConversion());
  }

  T convert(IndexedRecord record) throws MalformedFrame {
    if (type.isInstance(record)) {
      return type.cast(record);
    }
    byte[] bytes = bytes(record);
    return writer(record.getSchema()).read(bytes, 0, FrameLimits.EVENT);
  }

  private WriterSchema<T> writer(Schema schema) throws MalformedFrame {
    WriterSchema<T> writer = known.get(schema);
    if (writer == null) {
      writer = WriterSchema.resolve(BorrowedSerde.NO_SCHEMA_ID, schema, type);
      if (known.size() < KNOWN_MAX) {
        known.put(schema, writer);
      }
    }
    return writer;
  }

  private byte[] bytes(IndexedRecord record) throws MalformedFrame {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      writerOf(record).write(record, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException e) {
      throw new MalformedFrame(
          DeadLetterReason.UNDECODABLE,
          "a record that does not fit its own schema: " + e.getClass().getSimpleName());
    }
    return out.toByteArray();
  }

  private GenericDatumWriter<IndexedRecord> writerOf(IndexedRecord record) {
    return record instanceof SpecificRecord
        ? new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
        : new GenericDatumWriter<>(record.getSchema(), generic);
  }
}
