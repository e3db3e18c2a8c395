package io.tillwatch.triage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.outside.OutsideSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {

  private static ModelSettings read(Map<String, String> keys) {
    Settings settings = Settings.load(null, Map.of(), keys);
    ModelSettings read = ModelSettings.from(settings, OutsideSettings.from(settings));
    settings.verify();
    return read;
  }

  @Test
  void byDefaultNoModelIsAsked() {
    ModelSettings off = read(Map.of());
    assertThat(off.vendor()).isEmpty();
    assertThat(off.others().isSet()).isFalse();
    assertThat(
            PromptGateway.open(
                new PromptGateway.Outset(
                    off,
                    PromptPolicy.shipped(),
                    "default",
                    new MemoryModelCalls(),
                    InstantSource.system()),
                new SimpleMeterRegistry()))
        .isEmpty();
  }

  @Test
  void aVendorsOwnAddressIsTheDefault() {
    ModelSettings model =
        read(Map.of("triage.model.vendor", "ollama", "triage.model.name", "qwen3:8b"));
    assertThat(model.url()).isEqualTo(URI.create("http://localhost:11434"));
    assertThat(model.deadline()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aSecretMayStandInAFileAndIsNotShown(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), Gateways.KEY + "\n");
    ModelSettings model = read(Map.of("triage.model.api-key-file", file.toString()));
    assertThat(model.apiKey().reveal()).isEqualTo(Gateways.KEY);
    assertThat(model.toString()).doesNotContain(Gateways.KEY);
  }

  @Test
  void pricesAreExact() {
    ModelSettings model =
        read(Map.of("triage.model.input-price", "0.15", "triage.model.output-price", "0.6"));
    assertThat(model.prices()).isEqualTo(new Prices(150_000, 600_000));
  }

  @ParameterizedTest
  @CsvSource({
    "triage.model.vendor, oracle",
    "triage.model.url, ftp://llm.example.com",
    "triage.model.deadline, 21s",
    "triage.model.concurrent, 0",
    "triage.model.input-price, 1e3",
    "triage.model.money-per-hour, -1",
    "triage.model.api-key, a key with spaces",
    "triage.model.others.token, short",
    "triage.model.embeddings.name, vectors without a vendor",
    "triage.model.embeddings.dimensions, 1537"
  })
  void whatIsWrongIsNamed(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(key);
  }

  @Test
  void vectorsNeedAVendorThatHasThem() {
    Map<String, String> keys =
        new TreeMap<>(
            Map.of(
                "triage.model.name", "test-model", "triage.model.embeddings.name", "test-vectors"));
    keys.put("triage.model.vendor", "ollama");
    assertThat(read(keys).embeddings()).contains(new EmbeddingSettings("test-vectors", 0));
    keys.put("triage.model.vendor", "anthropic");
    assertThatThrownBy(() -> read(keys))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.model.embeddings.name");
  }

  @Test
  void aVendorWithoutAModelIsWrong() {
    assertThatThrownBy(() -> read(Map.of("triage.model.vendor", "openai")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.model.name");
  }
}
