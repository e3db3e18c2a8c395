package io.tillwatch.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

  @Test
  void withoutSettingsItIsAPlainBrokerOnThisMachine() {
    assertThat(connection(Map.of()).clientProperties())
        .isEqualTo(KafkaConnection.plain("localhost:9092").clientProperties())
        .isEqualTo(Map.of("bootstrap.servers", "localhost:9092", "security.protocol", "PLAINTEXT"));
  }

  @Test
  void usernameAndPasswordBecomeAJaasLine() {
    KafkaConnection connection =
        connection(
            Map.of(
                "TILLWATCH_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "TILLWATCH_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                "TILLWATCH_KAFKA_SASL_USERNAME", "till\"watch",
                "TILLWATCH_KAFKA_SASL_PASSWORD", "a\\b\"c"));
    assertThat(connection.clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"till\\\"watch\" password=\"a\\\\b\\\"c\";");
  }

  @Test
  void storesBecomeTlsSettings() {
    KafkaConnection connection =
        connection(
            Map.of(
                "TILLWATCH_KAFKA_SECURITY_PROTOCOL", "ssl",
                "TILLWATCH_KAFKA_TLS_TRUSTSTORE", "/etc/trust.p12",
                "TILLWATCH_KAFKA_TLS_TRUSTSTORE_PASSWORD", "t",
                "TILLWATCH_KAFKA_TLS_KEYSTORE", "/etc/key.pem",
                "TILLWATCH_KAFKA_TLS_KEYSTORE_TYPE", "PEM"));
    assertThat(connection.clientProperties())
        .containsEntry("ssl.truststore.location", "/etc/trust.p12")
        .containsEntry("ssl.truststore.type", "PKCS12")
        .containsEntry("ssl.truststore.password", "t")
        .containsEntry("ssl.keystore.location", "/etc/key.pem")
        .containsEntry("ssl.keystore.type", "PEM")
        .doesNotContainKey("ssl.key.password");
  }

  @Test
  void theClientsOwnPropertiesArePassedOn() {
    Settings settings =
        Settings.load(null, Map.of(), Map.of("kafka.client.request.timeout.ms", "5000"));
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.verify();
    assertThat(connection.clientProperties()).containsEntry("request.timeout.ms", "5000");
  }

  @Test
  void kafkaItselfAcceptsTheProperties() {
    assertThatNoException()
        .isThrownBy(
            () -> Admin.create(KafkaConnection.plain("localhost:1").clientProperties()).close());
  }

  @Test
  void anIncompleteLoginStopsTheStart() {
    Settings settings =
        Settings.load(
            null,
            Map.of(
                "TILLWATCH_KAFKA_SECURITY_PROTOCOL", "sasl-ssl",
                "TILLWATCH_KAFKA_SASL_MECHANISM", "plain"),
            Map.of());
    KafkaConnection.from(settings);
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(settings::verify)
        .withMessageContaining("kafka.sasl-username and kafka.sasl-password");
  }

  @Test
  void aLoginWithoutAProtocolThatUsesItStopsTheStart() {
    Settings settings =
        Settings.load(null, Map.of("TILLWATCH_KAFKA_SASL_MECHANISM", "PLAIN"), Map.of());
    KafkaConnection.from(settings);
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(settings::verify)
        .withMessageContaining("kafka.security-protocol");
  }

  @Test
  void noSecretIsShown() {
    KafkaConnection connection =
        connection(
            Map.of(
                "TILLWATCH_KAFKA_SECURITY_PROTOCOL", "sasl-plaintext",
                "TILLWATCH_KAFKA_SASL_MECHANISM", "PLAIN",
                "TILLWATCH_KAFKA_SASL_USERNAME", "ana",
                "TILLWATCH_KAFKA_SASL_PASSWORD", "s3cret",
                "TILLWATCH_KAFKA_SASL_JAAS", "line with s3cret"));
    assertThat(connection.toString()).doesNotContain("s3cret").contains("PLAIN");
    assertThat(connection.clientProperties()).containsEntry("sasl.jaas.config", "line with s3cret");
  }

  private static KafkaConnection connection(Map<String, String> env) {
    Settings settings = Settings.load(null, env, Map.of());
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.verify();
    return connection;
  }
}
