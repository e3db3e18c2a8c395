package io.tillwatch.schemas.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes records of one type as frames; asks for the schema id with the first one. Thread-safe. */
final class FramedWriter<T extends SpecificRecord> {

  private static final ThreadLocal<@Nullable BinaryEncoder> ENCODER = new ThreadLocal<>();

  private final SpecificDatumWriter<T> datumWriter;
  private final IntSupplier schemaId;
  private volatile byte @Nullable [] header;

  static {
    TrustedClasses.declare();
  }

  FramedWriter(Class<T> type, IntSupplier schemaId) {
    SpecificData data = SpecificData.getForClass(type);
    this.datumWriter = new SpecificDatumWriter<>(data.getSchema(type), data);
    this.schemaId = schemaId;
  }

  /** Asks for the schema id. */
  void prepare() {
    header();
  }

  byte[] write(T value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(header());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, ENCODER.get());
    ENCODER.set(encoder);
    try {
      datumWriter.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  // Two threads may ask at once: they get the same answer.
  private byte[] header() {
    byte[] known = header;
    if (known == null) {
      known = Frame.header(schemaId.getAsInt());
      header = known;
    }
    return known;
  }
}
