package io.tillwatch.schemas.kafka;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Who a client says it is, over SASL.
 *
 * @param mechanism for example {@code SCRAM-SHA-512}; empty for none
 * @param jaas a complete JAAS line, for mechanisms other than PLAIN and SCRAM; wins over username
 *     and password
 */
public record Login(String mechanism, String username, Secret password, Secret jaas) {

  static final Login NONE = new Login("", "", Secret.NONE, Secret.NONE);

  static Login from(Settings settings) {
    return new Login(
        settings.text("kafka.sasl-mechanism", "").toUpperCase(Locale.ROOT),
        settings.text("kafka.sasl-username", ""),
        settings.secret("kafka.sasl-password"),
        settings.secret("kafka.sasl-jaas"));
  }

  boolean isSet() {
    return !mechanism.isEmpty();
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (isSet()) {
      properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
      if (jaas.isSet()) {
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas.reveal());
      } else if (!username.isEmpty()) {
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaasLine());
      }
    }
    return properties;
  }

  private String jaasLine() {
    String module =
        mechanism.startsWith("SCRAM")
            ? "org.apache.kafka.common.security.scram.ScramLoginModule"
            : "org.apache.kafka.common.security.plain.PlainLoginModule";
    String secret = password.isSet() ? password.reveal() : "";
    return "%s required username=\"%s\" password=\"%s\";"
        .formatted(module, quoted(username), quoted(secret));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
