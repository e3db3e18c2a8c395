package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.incident.Incident;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: whatever the bytes, the reader gives a record or a refusal, for little memory. Method:
 * valid frames of random records are spoilt by random edits, from a seed that each message names.
 */
class FrameFuzzTest {

  private static final long SEED = 20261120;
  private static final int RECORDS = 200;
  private static final int EDITS_PER_RECORD = 150;

  /** Heap a frame may cost per byte of its own, and at least. */
  private static final int GROWTH_MAX = 200;

  private static final int FLOOR_BYTES = 256 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SchemaIds ids = EmbeddedSchemaIds.load();

  @ParameterizedTest
  @ValueSource(classes = {AuthEvent.class, CellBlock.class, Burst.class, Incident.class})
  <T extends SpecificRecord> void spoiltFramesAreReadOrRefusedForLittleMemory(Class<T> type)
      throws IOException {
    Schema schema = SpecificData.get().getSchema(type);
    FramedReader<T> reader = new FramedReader<>(type, ids, FrameLimits.EVENT);
    int id = ids.idOf("any", schema);
    for (int record = 0; record < RECORDS; record++) {
      long seed = SEED + record;
      byte[] valid = frame(id, schema, new RandomRecords(seed).of(schema));
      Random random = new Random(seed);
      // What the first look of a kind loads is no cost of a record.
      readOrRefuse(reader, valid, "seed %d".formatted(seed));
      readOrRefuse(reader, Arrays.copyOf(valid, valid.length / 2), "seed %d".formatted(seed));
      for (int edit = 0; edit < EDITS_PER_RECORD; edit++) {
        byte[] spoilt = spoil(valid, random);
        String which = "seed %d, edit %d".formatted(seed, edit);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        readOrRefuse(reader, spoilt, which);
        long cost = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(cost).as(which).isLessThan(FLOOR_BYTES + (long) GROWTH_MAX * spoilt.length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AuthEvent.class, CellBlock.class, Burst.class, Incident.class})
  <T extends SpecificRecord> void validFramesAreReadAsAvroItselfReadsThem(Class<T> type)
      throws IOException, MalformedFrame {
    Schema schema = SpecificData.get().getSchema(type);
    FramedReader<T> reader = new FramedReader<>(type, ids, FrameLimits.EVENT);
    AvroSerde<T> serde = new AvroSerde<>(type, "any", ids);
    int id = ids.idOf("any", schema);
    for (int record = 0; record < RECORDS; record++) {
      byte[] frame = frame(id, schema, new RandomRecords(SEED + record).of(schema));
      T value = reader.read(frame).value();
      assertThat(generic(schema, serde.toBytes(value)))
          .as("seed %d", SEED + record)
          .isEqualTo(generic(schema, frame));
    }
  }

  private static void readOrRefuse(FramedReader<?> reader, byte[] bytes, String which) {
    try {
      assertThat(reader.read(bytes).value()).isNotNull();
    } catch (MalformedFrame refused) {
      assertThat(refused.reason()).isNotNull();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(which + " broke the reader", e);
    }
  }

  static byte[] spoil(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 5; i--) {
      int at = 5 + random.nextInt(bytes.length - 5);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = inserted(bytes, at, random);
        default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xFF);
      }
    }
    return bytes;
  }

  private static byte[] inserted(byte[] bytes, int at, Random random) {
    byte[] longer = new byte[bytes.length + 1 + random.nextInt(8)];
    System.arraycopy(bytes, 0, longer, 0, at);
    int gap = longer.length - bytes.length;
    for (int i = 0; i < gap; i++) {
      longer[at + i] = (byte) random.nextInt();
    }
    System.arraycopy(bytes, at, longer, at + gap, bytes.length - at);
    return longer;
  }

  static byte[] frame(int id, Schema schema, Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Frame.header(id));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Object generic(Schema schema, byte[] frame) throws IOException {
    return new GenericDatumReader<>(schema)
        .read(
            null,
            DecoderFactory.get()
                .binaryDecoder(frame, Frame.HEADER_BYTES, frame.length - Frame.HEADER_BYTES, null));
  }
}
