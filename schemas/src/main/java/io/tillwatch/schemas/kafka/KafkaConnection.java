package io.tillwatch.schemas.kafka;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How clients reach the cluster.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param protocol how the connection is secured
 * @param login who the client is; used by the SASL protocols
 * @param trustStore whom the client trusts; the JDK's own authorities when there is none
 * @param keyStore the client's own certificate, when the cluster asks for one
 * @param client further properties for every client, passed on as they are
 */
public record KafkaConnection(
    String bootstrapServers,
    Protocol protocol,
    Login login,
    KeyFile trustStore,
    KeyFile keyStore,
    Map<String, String> client) {

  private static final Set<String> MECHANISMS_WITH_PASSWORD =
      Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  public KafkaConnection {
    client = Map.copyOf(client);
  }

  /** How a connection is secured. */
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    boolean hasLogin() {
      return this == SASL_PLAINTEXT || this == SASL_SSL;
    }

    boolean isEncrypted() {
      return this == SSL || this == SASL_SSL;
    }
  }

  /** A connection without security, for a broker on this machine. */
  public static KafkaConnection plain(String bootstrapServers) {
    return new KafkaConnection(
        bootstrapServers, Protocol.PLAINTEXT, Login.NONE, KeyFile.NONE, KeyFile.NONE, Map.of());
  }

  /** The connection that the settings below {@code kafka} describe. */
  public static KafkaConnection from(Settings settings) {
    KafkaConnection connection =
        new KafkaConnection(
            settings.text("kafka.bootstrap-servers", "localhost:9092"),
            settings.choice("kafka.security-protocol", Protocol.PLAINTEXT),
            Login.from(settings),
            KeyFile.from(settings, "kafka.tls-truststore"),
            KeyFile.from(settings, "kafka.tls-keystore"),
            settings.section("kafka.client"));
    connection.check(settings);
    return connection;
  }

  private void check(Settings settings) {
    if (bootstrapServers.isBlank()) {
      settings.reject("kafka.bootstrap-servers", "empty", "host:port, several with commas");
    }
    if (protocol.hasLogin() && !login.isSet()) {
      settings.reject("kafka.sasl-mechanism", "empty", "a mechanism, for example SCRAM-SHA-512");
    }
    if (!protocol.hasLogin() && login.isSet()) {
      settings.reject(
          "kafka.security-protocol",
          "without SASL",
          "sasl-ssl, because kafka.sasl-mechanism is set");
    }
    if (protocol.hasLogin()
        && MECHANISMS_WITH_PASSWORD.contains(login.mechanism())
        && !login.jaas().isSet()
        && (login.username().isEmpty() || !login.password().isSet())) {
      settings.reject(
          "kafka.sasl-username", "incomplete", "kafka.sasl-username and kafka.sasl-password");
    }
  }

  /** The properties that every client of the cluster needs; holds secrets. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
    if (protocol.hasLogin()) {
      properties.putAll(login.properties());
    }
    if (protocol.isEncrypted()) {
      putStore(
          properties,
          trustStore,
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
          SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG);
      putStore(
          properties,
          keyStore,
          SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
          SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
      if (keyStore.isSet() && keyStore.password().isSet()) {
        properties.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, keyStore.password().reveal());
      }
    }
    properties.putAll(client);
    return properties;
  }

  private static void putStore(
      Map<String, Object> properties, KeyFile store, String path, String type, String password) {
    if (store.isSet()) {
      properties.put(path, store.path());
      properties.put(type, store.type());
      Secret secret = store.password();
      if (secret.isSet()) {
        properties.put(password, secret.reveal());
      }
    }
  }

  /** Without what is passed on to clients, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaConnection[%s, %s, %s]".formatted(bootstrapServers, protocol, login.mechanism());
  }
}
