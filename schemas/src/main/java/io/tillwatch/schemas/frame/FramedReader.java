package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads framed records of one type from bytes that may be anything.
 *
 * <p>Gives either the record or a {@link MalformedFrame} that says why not; never another
 * exception, and never more memory than a small multiple of the frame. Records written with an
 * older or newer version of the schema are read by Avro's rules; the work of resolving versions is
 * done once per schema id. Thread-safe.
 */
public final class FramedReader<T extends SpecificRecord> implements RecordReader<T> {

  static {
    TrustedClasses.declare();
  }

  /** Schema ids remembered per reader; more are resolved again each time. About 1 KiB each. */
  private static final int KNOWN_MAX = 1000;

  private final Class<T> type;
  private final SchemaIds ids;
  private final FrameLimits limits;
  private final Map<Integer, WriterSchema<T>> known = new ConcurrentHashMap<>();
  private final Map<Integer, MalformedFrame> refused = new ConcurrentHashMap<>();
  private volatile @Nullable WriterSchema<T> latest;

  public FramedReader(Class<T> type, SchemaIds ids, FrameLimits limits) {
    this.type = type;
    this.ids = ids;
    this.limits = limits;
  }

  @Override
  public Framed<T> read(byte @Nullable [] bytes) throws MalformedFrame {
    byte[] frame = frameIn(bytes);
    int id = Frame.idOf(frame);
    try {
      return new Framed<>(id, writer(id).read(frame, Frame.HEADER_BYTES, limits));
    } catch (MalformedFrame e) {
      throw e.under(id);
    }
  }

  private byte[] frameIn(byte @Nullable [] bytes) throws MalformedFrame {
    if (bytes == null) {
      throw new MalformedFrame(DeadLetterReason.TOMBSTONE, "null, expected a record");
    }
    if (bytes.length == 0) {
      throw new MalformedFrame(DeadLetterReason.EMPTY, "no bytes, expected a record");
    }
    if (bytes[0] != Frame.MAGIC) {
      throw new MalformedFrame(
          DeadLetterReason.BAD_MAGIC,
          "first byte is 0x%02x, expected 0x%02x".formatted(bytes[0], Frame.MAGIC));
    }
    if (bytes.length < Frame.HEADER_BYTES) {
      throw new MalformedFrame(
          DeadLetterReason.SHORT_FRAME,
          "%d bytes, expected at least %d".formatted(bytes.length, Frame.HEADER_BYTES));
    }
    if (bytes.length > limits.bytes()) {
      throw new MalformedFrame(
          DeadLetterReason.RECORD_TOO_LARGE,
          "%d bytes, expected at most %d".formatted(bytes.length, limits.bytes()));
    }
    return bytes;
  }

  private WriterSchema<T> writer(int id) throws MalformedFrame {
    WriterSchema<T> last = latest;
    if (last != null && last.id() == id) {
      return last;
    }
    WriterSchema<T> writer = known.get(id);
    if (writer == null) {
      writer = resolve(id);
    }
    latest = writer;
    return writer;
  }

  private WriterSchema<T> resolve(int id) throws MalformedFrame {
    MalformedFrame before = refused.get(id);
    if (before != null) {
      throw before;
    }
    try {
      WriterSchema<T> writer = WriterSchema.resolve(id, ids.byId(id), type);
      remember(known, id, writer);
      return writer;
    } catch (UnknownSchemaId e) {
      throw new MalformedFrame(DeadLetterReason.UNKNOWN_SCHEMA, text(e));
    } catch (RegistryUnavailable e) {
      throw new MalformedFrame(DeadLetterReason.REGISTRY_UNAVAILABLE, text(e));
    } catch (MalformedFrame e) {
      remember(refused, id, e);
      throw e;
    }
  }

  /** What it reads. */
  Class<T> type() {
    return type;
  }

  FrameLimits limits() {
    return limits;
  }

  /** The writer's schema of this id if records of it were read and it is remembered, else null. */
  @Nullable Schema writerKnown(int id) {
    WriterSchema<T> writer = known.get(id);
    return writer == null ? null : writer.writer();
  }

  private static <V> void remember(Map<Integer, V> map, int id, V value) {
    if (map.size() < KNOWN_MAX) {
      map.put(id, value);
    }
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
