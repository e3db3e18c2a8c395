package io.tillwatch.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.frame.BorrowedSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredSchemasTest {

  @Test
  void withoutSettingsIdsAreCompiledInAndEventsAreFramed() {
    ConfiguredSchemas schemas = configured(Map.of());
    assertThat(schemas.ids()).isInstanceOf(EmbeddedSchemaIds.class);
    assertThat(schemas.readers().of(AuthEvent.class, "payments.auth"))
        .isInstanceOf(FramedReader.class);
  }

  @Test
  void anAddressMakesIdsComeFromTheRegistry() {
    assertThat(configured(Map.of("schemas.registry.url", "http://registry:8081")).ids())
        .isInstanceOf(RegistrySchemaIds.class);
  }

  @Test
  void aSerdeClassIsBorrowed() {
    Map<String, String> settings =
        Map.of(
            "schemas.serde.class", "org.apache.kafka.common.serialization.StringDeserializer",
            "schemas.serde.config.deserializer.encoding", "UTF-8");
    assertThat(configured(settings).readers().of(AuthEvent.class, "payments.auth"))
        .isInstanceOf(BorrowedSerde.class);
  }

  @Test
  void anAddressThatIsNoneStopsTheStart() {
    for (String wrong : new String[] {"registry:8081", "ftp://registry", "http://", "a b"}) {
      assertThatExceptionOfType(InvalidSettings.class)
          .isThrownBy(() -> configured(Map.of("schemas.registry.url", wrong)))
          .withMessageContaining("'" + wrong + "', expected an http or https address");
    }
  }

  @Test
  void aRegistryThatIsNotThereStopsTheStart() throws IOException {
    StubRegistry gone = new StubRegistry();
    gone.close();
    Map<String, String> settings =
        Map.of("schemas.registry.url", gone.url().toString(), "schemas.registry.patience", "0s");
    Topics topics = Topics.with(configured(settings).ids(), 1);
    assertThatIllegalStateException()
        .isThrownBy(topics::prepare)
        .withMessageStartingWith("POST " + gone.url() + "/subjects/tillwatch.");
  }

  private static ConfiguredSchemas configured(Map<String, String> overrides) {
    Settings settings = Settings.load(null, Map.of(), overrides);
    ConfiguredSchemas schemas = ConfiguredSchemas.from(settings, InstantSource.system());
    settings.verify();
    return schemas;
  }
}
