package io.tillwatch.schemas.kafka;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;

/**
 * A store of certificates or keys on disk.
 *
 * @param path empty for none
 * @param type {@code PKCS12}, {@code JKS} or {@code PEM}
 */
public record KeyFile(String path, String type, Secret password) {

  static final KeyFile NONE = new KeyFile("", "PKCS12", Secret.NONE);

  static KeyFile from(Settings settings, String key) {
    return new KeyFile(
        settings.text(key, ""),
        settings.text(key + "-type", NONE.type()),
        settings.secret(key + "-password"));
  }

  boolean isSet() {
    return !path.isEmpty();
  }
}
