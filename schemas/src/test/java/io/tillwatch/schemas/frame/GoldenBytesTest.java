package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.TestFiles;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: bytes written years ago mean the same today. Method: for each schema version a frame is
 * checked in as hex (line 1) with what it says (line 2), in the words of its own version.
 */
class GoldenBytesTest {

  private static final long SEED = 3;
  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();

  static Stream<Entry> versions() {
    return EmbeddedSchemaIds.entries().stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goldenBytesStillSayTheSame(Entry entry) throws IOException {
    List<String> golden = golden(entry);
    byte[] frame = HexFormat.of().parseHex(golden.get(0));
    assertThat(Frame.idOf(frame)).isEqualTo(entry.id());
    Schema schema = IDS.byId(entry.id());
    Object value =
        new GenericDatumReader<>(schema)
            .read(
                null,
                DecoderFactory.get()
                    .binaryDecoder(
                        frame, Frame.HEADER_BYTES, frame.length - Frame.HEADER_BYTES, null));
    assertThat(GenericData.get().toString(value)).isEqualTo(golden.get(1));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goldenBytesAreReadByTodaysType(Entry entry)
      throws IOException, ClassNotFoundException, MalformedFrame {
    byte[] frame = HexFormat.of().parseHex(golden(entry).get(0));
    Class<? extends SpecificRecord> type =
        Class.forName(IDS.byId(entry.id()).getFullName()).asSubclass(SpecificRecord.class);
    Framed<?> framed = new FramedReader<>(type, IDS, FrameLimits.EVENT).read(frame);
    assertThat(framed.schemaId()).isEqualTo(entry.id());
    assertThat(framed.value()).isInstanceOf(type);
  }

  private static List<String> golden(Entry entry) throws IOException {
    String file = "golden/" + entry.name() + "-v" + entry.version() + ".txt";
    if (GoldenBytesTest.class.getResource("/" + file) == null) {
      Path made = Path.of("target").resolve(file);
      Files.createDirectories(made.getParent());
      Files.write(made, make(entry));
      throw new AssertionError("copy %s to src/test/resources/%s".formatted(made, file));
    }
    return TestFiles.lines("/" + file).toList();
  }

  private static List<String> make(Entry entry) throws IOException {
    Schema schema = IDS.byId(entry.id());
    Object value = new RandomRecords(SEED + entry.id()).of(schema);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Frame.header(entry.id()));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return List.of(HexFormat.of().formatHex(out.toByteArray()), GenericData.get().toString(value));
  }
}
