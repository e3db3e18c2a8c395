package io.tillwatch.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.FrameLimits;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.frame.SchemaIdsContract;
import io.tillwatch.schemas.frame.UnknownSchemaId;
import io.tillwatch.schemas.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our registry client against a real registry, and on the wire against the real Confluent client.
 */
class ApicurioIT extends SchemaIdsContract {

  private static final InstantSource CLOCK = InstantSource.system();

  private static ApicurioProcess apicurio;

  private final RegistrySchemaIds ids =
      new RegistrySchemaIds(RegistrySettings.at(apicurio.url()), CLOCK);

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    apicurio = ApicurioProcess.start();
  }

  @AfterAll
  static void stop() {
    apicurio.close();
  }

  @AfterEach
  void close() {
    ids.close();
  }

  @Override
  protected SchemaIds ids() {
    return ids;
  }

  @Test
  void anotherInstanceGetsTheSameId() {
    int id = ids.idOf("two-instances-value", ChangeEvent.getClassSchema());
    try (RegistrySchemaIds other =
        new RegistrySchemaIds(RegistrySettings.at(apicurio.url()), CLOCK)) {
      assertThat(other.idOf("two-instances-value", ChangeEvent.getClassSchema())).isEqualTo(id);
    }
  }

  @Test
  void aRecordSurvivesTheRegistrysIds() throws Exception {
    AvroSerde<AuthEvent> serde = new AvroSerde<>(AuthEvent.class, "payments.auth-value", ids);
    byte[] bytes = serde.toBytes(Events.auth());
    FramedReader<AuthEvent> reader = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    assertThat(reader.read(bytes).value()).isEqualTo(Events.auth());
  }

  @Test
  void withoutRegisteringAMissingSchemaIsUnknown() {
    RegistrySettings lookUp =
        new RegistrySettings(
            List.of(apicurio.url()),
            "",
            Secret.NONE,
            Secret.NONE,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            false);
    try (RegistrySchemaIds readOnly = new RegistrySchemaIds(lookUp, CLOCK)) {
      assertThatExceptionOfType(UnknownSchemaId.class)
          .isThrownBy(() -> readOnly.idOf("nobody-value", ChangeEvent.getClassSchema()));
      int id = ids.idOf("somebody-value", ChangeEvent.getClassSchema());
      assertThat(readOnly.idOf("somebody-value", ChangeEvent.getClassSchema())).isEqualTo(id);
    }
  }

  @Test
  void anIncompatibleVersionIsRefused() {
    String subject = "guarded-value";
    ids.idOf(subject, record("{\"name\": \"a\", \"type\": \"string\"}"));
    ids.demand(subject, Compatibility.BACKWARD);
    Schema compatible =
        record(
            "{\"name\": \"a\", \"type\": \"string\"},"
                + "{\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
    Schema incompatible =
        record("{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\"}");
    assertThat(ids.isCompatible(subject, compatible)).isTrue();
    assertThat(ids.isCompatible(subject, incompatible)).isFalse();
    assertThatExceptionOfType(SchemaRefused.class)
        .isThrownBy(() -> ids.idOf(subject, incompatible))
        .extracting(SchemaRefused::status)
        .isEqualTo(409);
    assertThat(ids.idOf(subject, compatible)).isPositive();
  }

  @Test
  void everythingIsCompatibleWithASubjectThatHasNoVersions() {
    assertThat(ids.isCompatible("empty-value", ChangeEvent.getClassSchema())).isTrue();
  }

  @Test
  void theConfluentClientReadsWhatWeWrite() throws Exception {
    AvroSerde<AuthEvent> serde = new AvroSerde<>(AuthEvent.class, "ours-value", ids);
    String json = new ConfluentClient(apicurio.url()).read(serde.toBytes(Events.auth()));
    assertThat(json)
        .contains("\"eventId\": \"ev-000001\"")
        .contains("\"amountMinor\": 1250")
        .contains("\"outcome\": \"DECLINED\"")
        .contains("\"channel\": \"web\"");
  }

  @Test
  void weReadWhatTheConfluentClientWrites() throws Exception {
    ConfluentClient confluent = new ConfluentClient(apicurio.url());
    AvroSerde<AuthEvent> serde = new AvroSerde<>(AuthEvent.class, "ours-value", ids);
    byte[] theirs = confluent.rewrite("theirs-value", serde.toBytes(Events.auth()));
    FramedReader<AuthEvent> reader = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    assertThat(reader.read(theirs).value()).isEqualTo(Events.auth());
  }

  @Test
  void theConfluentClientAndWeAgreeOnIdsAndVerdicts() throws Exception {
    ConfluentClient confluent = new ConfluentClient(apicurio.url());
    Schema schema = record("{\"name\": \"agreed\", \"type\": \"long\"}");
    int theirs = confluent.register("agreed-value", schema.toString());
    assertThat(ids.idOf("agreed-value", schema)).isEqualTo(theirs);
    assertThat(ids.byId(theirs)).isEqualTo(schema);

    ids.demand("agreed-value", Compatibility.BACKWARD);
    Schema other = record("{\"name\": \"required\", \"type\": \"long\"}");
    assertThat(confluent.isCompatible("agreed-value", other.toString()))
        .isEqualTo(ids.isCompatible("agreed-value", other))
        .isFalse();
    assertThatThrownBy(() -> confluent.register("agreed-value", other.toString()))
        .hasMessageContaining("409");
    assertThatThrownBy(() -> confluent.schema(999_999)).hasMessageContaining("40403");
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"Guarded\", \"namespace\": \"org.example\","
                + "\"fields\": ["
                + fields
                + "]}");
  }
}
