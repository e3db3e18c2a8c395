package io.tillwatch.schemas.registry;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the settings below {@code schemas} ask for.
 *
 * @param ids where schema ids come from: the registry, if {@code schemas.registry.url} names one,
 *     else those compiled in
 * @param readers how payment events are read: by the serde that {@code schemas.serde.class} names,
 *     else as frames
 */
public record ConfiguredSchemas(SchemaIds ids, RecordReaders readers) {

  private static final String URL = "schemas.registry.url";
  private static final String SERDE_CLASS = "schemas.serde.class";

  /** Reads the settings; asks nobody yet. */
  public static ConfiguredSchemas from(Settings settings, InstantSource clock) {
    SchemaIds ids = idsFrom(settings, clock);
    Optional<String> serde = settings.optional(SERDE_CLASS);
    var config = settings.section("schemas.serde.config");
    RecordReaders readers =
        serde
            .map(name -> RecordReaders.borrowed(name, config))
            .orElseGet(() -> RecordReaders.framed(ids));
    return new ConfiguredSchemas(ids, readers);
  }

  private static SchemaIds idsFrom(Settings settings, InstantSource clock) {
    List<URI> urls = new ArrayList<>();
    for (String text : settings.list(URL, List.of())) {
      httpAddress(text)
          .ifPresentOrElse(
              urls::add, () -> settings.reject(URL, "'" + text + "'", "an http or https address"));
    }
    RegistrySettings registry = RegistrySettings.from(settings, urls);
    return urls.isEmpty() ? EmbeddedSchemaIds.load() : new RegistrySchemaIds(registry, clock);
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
