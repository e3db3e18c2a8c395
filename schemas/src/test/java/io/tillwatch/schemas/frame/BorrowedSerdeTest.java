package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.TestFiles;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class BorrowedSerdeTest {

  private static final String TOPIC = "payments.auth";

  /** A site's own serde: bare Avro without a frame, generic records, schema from its settings. */
  public static final class BareAvroSerde implements Serde<IndexedRecord> {

    private Schema schema = AuthEvent.getClassSchema();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      assertThat(isKey).isFalse();
      Object text = configs.get("bare.schema");
      if (text != null) {
        schema = new Schema.Parser().parse(text.toString());
      }
    }

    @Override
    public Serializer<IndexedRecord> serializer() {
      return (topic, value) -> {
        var out = new java.io.ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
          (value instanceof SpecificRecord
                  ? new SpecificDatumWriter<IndexedRecord>(value.getSchema())
                  : new GenericDatumWriter<IndexedRecord>(value.getSchema()))
              .write(value, encoder);
          encoder.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return out.toByteArray();
      };
    }

    @Override
    public Deserializer<IndexedRecord> deserializer() {
      return (topic, bytes) -> {
        try {
          return new GenericDatumReader<IndexedRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
          throw new UncheckedIOException("card 4111111111111111", e);
        }
      };
    }
  }

  private final BorrowedSerde<AuthEvent> serde =
      BorrowedSerde.of(AuthEvent.class, TOPIC, BareAvroSerde.class.getName(), Map.of());

  @Test
  void aGenericRecordBecomesOurs() {
    byte[] bytes = serde.serializer().serialize(TOPIC, Events.auth());
    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(Events.auth());
  }

  @Test
  void aRecordWithoutAFrameHasNoSchemaId() throws MalformedFrame {
    byte[] bytes = serde.serializer().serialize(TOPIC, Events.auth());
    assertThat(serde.read(bytes).schemaId()).isEqualTo(-1);
  }

  @Test
  void itsSettingsAreHandedOnAndAnOlderSchemaIsReadWithDefaults() throws Exception {
    String older = TestFiles.text("/evolution/ChangeEvent-older.avsc");
    BorrowedSerde<ChangeEvent> changes =
        BorrowedSerde.of(
            ChangeEvent.class, "any", BareAvroSerde.class.getName(), Map.of("bare.schema", older));
    byte[] bytes = {2, 'a', 0, 0, 2, 't', 0};
    ChangeEvent read = changes.read(bytes).value();
    assertThat(read.getEventId()).isEqualTo("a");
    assertThat(read.getLink()).isNull();
  }

  @Test
  void whatItThrowsIsARefusalThatQuotesNothing() {
    MalformedFrame refused =
        catchThrowableOfType(MalformedFrame.class, () -> serde.read(new byte[] {2}));
    assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(refused.detail()).doesNotContain("4111");
  }

  /** A site's own deserialiser that follows the nesting of its bytes without a limit. */
  public static final class RecursiveDeserialiser implements Deserializer<IndexedRecord> {

    @Override
    public IndexedRecord deserialize(String topic, byte[] data) {
      return data.length == 0 ? Events.auth() : deserialize(topic, data);
    }
  }

  @Test
  void bytesThatOverflowItsStackAreARefusal() {
    BorrowedSerde<AuthEvent> recursive =
        BorrowedSerde.of(AuthEvent.class, TOPIC, RecursiveDeserialiser.class.getName(), Map.of());
    MalformedFrame refused =
        catchThrowableOfType(MalformedFrame.class, () -> recursive.read(new byte[] {2}));
    assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
  }

  @Test
  void aRecordOfAnotherNameIsNotAllowed() {
    Map<String, String> config = Map.of("bare.schema", ChangeEvent.getClassSchema().toString());
    BorrowedSerde<AuthEvent> wrong =
        BorrowedSerde.of(AuthEvent.class, TOPIC, BareAvroSerde.class.getName(), config);
    byte[] change = {2, 'a', 0, 0, 2, 't', 0, 0, 0};
    assertThatExceptionOfType(MalformedFrame.class)
        .isThrownBy(() -> wrong.read(change))
        .extracting(MalformedFrame::reason)
        .isEqualTo(DeadLetterReason.SCHEMA_NOT_ALLOWED);
  }

  @Test
  void aDeserialiserAloneWillDoForReading() {
    BorrowedSerde<AuthEvent> strings =
        BorrowedSerde.of(AuthEvent.class, TOPIC, StringDeserializer.class.getName(), Map.of());
    MalformedFrame refused =
        catchThrowableOfType(MalformedFrame.class, () -> strings.read(new byte[] {'x'}));
    assertThat(refused.detail()).isEqualTo("java.lang.String, expected an Avro record");
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(strings::serializer);
  }

  @Test
  void aTombstoneAndNothingAreRefused() {
    assertThat(catchThrowableOfType(MalformedFrame.class, () -> serde.read(null)).reason())
        .isEqualTo(DeadLetterReason.TOMBSTONE);
    assertThat(catchThrowableOfType(MalformedFrame.class, () -> serde.read(new byte[0])).reason())
        .isEqualTo(DeadLetterReason.EMPTY);
  }

  @Test
  void aClassThatIsNotThereOrNotASerdeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorrowedSerde.of(AuthEvent.class, TOPIC, "org.example.No", Map.of()))
        .withMessageContaining("org.example.No");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BorrowedSerde.of(AuthEvent.class, TOPIC, "java.lang.Object", Map.of()))
        .withMessageContaining("neither");
  }
}
