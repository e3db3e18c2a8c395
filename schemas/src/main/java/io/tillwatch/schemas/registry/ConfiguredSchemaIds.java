package io.tillwatch.schemas.registry;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Where schema ids come from: the registry, if {@code schemas.registry.url} names one. */
public final class ConfiguredSchemaIds {

  private static final String URL = "schemas.registry.url";

  private ConfiguredSchemaIds() {}

  /** The ids that the settings ask for; those compiled in when they ask for nothing. */
  public static SchemaIds from(Settings settings, InstantSource clock) {
    Optional<String> text = settings.optional(URL);
    URI placeholder = URI.create("http://localhost");
    Optional<URI> url = text.flatMap(ConfiguredSchemaIds::httpAddress);
    RegistrySettings registry = RegistrySettings.from(settings, url.orElse(placeholder));
    if (text.isPresent() && url.isEmpty()) {
      settings.reject(URL, "'" + text.get() + "'", "an http or https address");
    }
    return url.isPresent()
        ? new RegistrySchemaIds(registry, clock)
        : EmbeddedSchemaIds.load();
  }

  private static Optional<URI> httpAddress(String text) {
    try {
      URI url = URI.create(text.strip());
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
