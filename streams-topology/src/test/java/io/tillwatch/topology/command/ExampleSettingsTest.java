package io.tillwatch.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped {@code topology.yaml} says what the defaults are, and nothing that is no setting. */
class ExampleSettingsTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Test
  void theExampleHoldsTheDefaultsOfKeysThatExist() {
    Settings example = Settings.load(Path.of("../examples/topology.yaml"), Map.of(), Map.of());
    Settings none = Settings.load(null, Map.of(), Map.of());
    assertThat(TopologySettings.from(example))
        .isEqualTo(TopologySettings.from(none))
        .isEqualTo(TopologySettings.DEFAULT);
    assertThat(HttpSettings.from(example)).isEqualTo(HttpSettings.from(none));
    assertThat(KafkaConnection.from(example)).isEqualTo(KafkaConnection.from(none));
    ConfiguredSchemas.from(example, CLOCK);
    example.verify();
  }
}
