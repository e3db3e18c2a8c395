package io.tillwatch.schemas.registry;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the registry is reached and what may be asked of it.
 *
 * @param urls base of the API, for example {@code https://registry:8081} or, for Apicurio, {@code
 *     http://registry:8080/apis/ccompat/v7}; several for a registry of several nodes
 * @param username for basic authentication; empty for none
 * @param token for bearer authentication; wins over username and password
 * @param timeout for one answer
 * @param patience for all tries of one question, waits between them included; for the schema of a
 *     record, at most {@link RegistryClient#GET_LONGEST}
 * @param register whether schemas that the registry does not have are registered; else they must be
 *     there
 */
public record RegistrySettings(
    List<URI> urls,
    String username,
    Secret password,
    Secret token,
    Duration timeout,
    Duration patience,
    boolean register) {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /**
   * For registering. A record that is read waits for {@link RegistryClient#GET_LONGEST} at most.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  public RegistrySettings {
    urls = List.copyOf(urls);
  }

  /** A registry without authentication, with defaults for the rest. */
  public static RegistrySettings at(URI url) {
    return new RegistrySettings(
        List.of(url), "", Secret.NONE, Secret.NONE, TIMEOUT, PATIENCE, true);
  }

  /** The settings below {@code schemas.registry}, for the registry at these addresses. */
  static RegistrySettings from(Settings settings, List<URI> urls) {
    return new RegistrySettings(
        urls,
        settings.text("schemas.registry.username", ""),
        settings.secret("schemas.registry.password"),
        settings.secret("schemas.registry.token"),
        settings.duration("schemas.registry.timeout", TIMEOUT, Duration.ofMillis(100), LONGEST),
        settings.duration("schemas.registry.patience", PATIENCE, Duration.ZERO, LONGEST),
        settings.flag("schemas.registry.register", true));
  }
}
