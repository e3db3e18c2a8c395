package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.TestFiles;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Goal: producers and Tillwatch are upgraded in any order. Method: a change event as an older
 * version of the schema had it (two fields and three symbols fewer), and as a newer one may have
 * it.
 */
class SchemaEvolutionTest {

  private final Schema older = schema("/evolution/ChangeEvent-older.avsc");
  private final Schema newer = schema("/evolution/ChangeEvent-newer.avsc");
  private final InMemorySchemaIds ids = new InMemorySchemaIds();
  private final FramedReader<ChangeEvent> reader =
      new FramedReader<>(ChangeEvent.class, ids, FrameLimits.EVENT);

  @Test
  void anOlderProducersEventHasDefaultsForWhatItDidNotKnow() throws Exception {
    GenericRecord event = base(older, "DEPLOY");
    ChangeEvent read = reader.read(frame(older, event)).value();
    assertThat(read.getEventId()).isEqualTo("chg-1");
    assertThat(read.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
    assertThat(read.getType()).isEqualTo(ChangeType.DEPLOY);
    assertThat(read.getAuthor()).isNull();
    assertThat(read.getLink()).isNull();
  }

  @Test
  void aNewerProducersEventIsReadWithoutWhatWeDoNotKnow() throws Exception {
    GenericRecord event = base(newer, "DEPLOY");
    event.put("ticket", "OPS-7");
    event.put("regions", List.of("eu-west", "us-east"));
    event.put("author", "ana");
    ChangeEvent read = reader.read(frame(newer, event)).value();
    assertThat(read.getTitle()).isEqualTo("gateway 2.4.1");
    assertThat(read.getScope()).isEqualTo(Map.of("psp", "northpay"));
    assertThat(read.getAuthor()).isEqualTo("ana");
  }

  @Test
  void aNewerProducersSymbolIsReadAsTheEnumsDefault() throws Exception {
    GenericRecord event = base(newer, "MIGRATION");
    event.put("regions", List.of());
    assertThat(reader.read(frame(newer, event)).value().getType()).isEqualTo(ChangeType.OTHER);
  }

  @Test
  void anOlderConsumerReadsWhatWeWrite() throws Exception {
    ChangeEvent event =
        new ChangeEvent(
            "chg-1",
            Instant.ofEpochMilli(1_790_000_000_000L),
            ChangeType.CERTIFICATE,
            "renewed",
            Map.of(),
            "ana",
            null);
    byte[] frame = new AvroSerde<>(ChangeEvent.class, "any", ids).toBytes(event);
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(ChangeEvent.getClassSchema(), older)
            .read(null, DecoderFactory.get().binaryDecoder(frame, 5, frame.length - 5, null));
    assertThat(read.get("title")).hasToString("renewed");
    assertThat(read.get("type")).hasToString("OTHER");
  }

  private static GenericRecord base(Schema schema, String type) {
    GenericRecord event = new GenericData.Record(schema);
    event.put("eventId", "chg-1");
    event.put("eventTime", 1_790_000_000_000L);
    event.put("type", new GenericData.EnumSymbol(schema.getField("type").schema(), type));
    event.put("title", "gateway 2.4.1");
    event.put("scope", Map.of("psp", "northpay"));
    return event;
  }

  private byte[] frame(Schema schema, GenericRecord event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Frame.header(ids.idOf("tillwatch.changes-value", schema)));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(event, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Schema schema(String resource) {
    return new Schema.Parser().parse(TestFiles.text(resource));
  }
}
