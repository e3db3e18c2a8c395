package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.OutsideSettings;
import io.tillwatch.triage.outside.ProxyAddress;
import io.tillwatch.triage.outside.WebAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which model is asked, what of ours it may see, and what it may cost; off unless a vendor is
 * named.
 *
 * @param vendor empty when no model is asked
 * @param name the model's name, as the vendor has it
 * @param url the vendor's own address, or that of an own installation or a relay
 * @param proxy HTTP proxy to go through; null for what the platform takes
 * @param deadline longest time an attempt may take, its answer's body included
 * @param concurrent calls under way at once; one more is refused
 * @param policy a site's own policy in place of the shipped one
 * @param policyKey key of delimiters and hashes; random when it is not set
 * @param others what whoever else asks through us has to know; not set, nobody else may
 * @param othersPerMinute how many requests of theirs are taken in a minute
 * @param embeddings which model turns texts into vectors; empty when none is asked
 */
public record ModelSettings(
    Optional<Vendor> vendor,
    String name,
    URI url,
    Secret apiKey,
    @Nullable URI proxy,
    Duration deadline,
    int concurrent,
    SpendingLimits limits,
    Prices prices,
    Optional<Path> policy,
    Secret policyKey,
    Secret others,
    int othersPerMinute,
    Optional<EmbeddingSettings> embeddings) {

  /** Longer nobody waits for a model. */
  static final Duration DEADLINE_MAX = Duration.ofSeconds(20);

  /** Names of models. */
  static final String NAME = "[\\w.:/@\\-]{1,100}";

  private static final String NONE = "none";

  /** Shorter ones can be guessed. */
  private static final int TOKEN_CHARACTERS_MIN = 16;

  /** Reads the keys below {@code triage.model}. */
  public static ModelSettings from(Settings settings, OutsideSettings outside) {
    Optional<Vendor> vendor = vendor(settings);
    String name = settings.text("triage.model.name", "").strip();
    if (vendor.isPresent() && !name.matches(NAME)) {
      settings.reject("triage.model.name", "'" + name + "'", "the model's name at the vendor");
    }
    return new ModelSettings(
        vendor,
        name,
        WebAddress.optional(settings, "triage.model.url")
            .orElse(vendor.orElse(Vendor.OPENAI).url()),
        secret(settings, "triage.model.api-key", 1),
        ProxyAddress.optional(settings, "triage.model.proxy").orElse(outside.proxy()),
        settings.duration(
            "triage.model.deadline", DEADLINE_MAX, Duration.ofMillis(10), DEADLINE_MAX),
        settings.integer("triage.model.concurrent", 4, 1, 64),
        limits(settings),
        new Prices(
            Prices.micros(settings, "triage.model.input-price"),
            Prices.micros(settings, "triage.model.output-price")),
        settings.optional("triage.model.policy").filter(file -> !file.isBlank()).map(Path::of),
        settings.secret("triage.model.policy-key"),
        secret(settings, "triage.model.others.token", TOKEN_CHARACTERS_MIN),
        settings.integer("triage.model.others.calls-per-minute", 20, 1, 10_000),
        EmbeddingSettings.from(settings, vendor));
  }

  /** The model that is asked in this format. */
  String nameFor(WireFormat format) {
    return format == WireFormat.EMBEDDINGS
        ? embeddings.map(EmbeddingSettings::name).orElse(name)
        : name;
  }

  private static Optional<Vendor> vendor(Settings settings) {
    String text = settings.text("triage.model.vendor", NONE).strip();
    Optional<Vendor> vendor =
        Arrays.stream(Vendor.values())
            .filter(known -> known.label().equalsIgnoreCase(text))
            .findFirst();
    if (vendor.isEmpty() && !text.equalsIgnoreCase(NONE)) {
      String labels =
          Arrays.stream(Vendor.values()).map(Vendor::label).collect(Collectors.joining(", "));
      settings.reject("triage.model.vendor", "'" + text + "'", "one of none, " + labels);
    }
    return vendor;
  }

  private static SpendingLimits limits(Settings settings) {
    return new SpendingLimits(
        settings.integer("triage.model.calls-per-revision", 2, 1, 10),
        settings.integer("triage.model.calls-per-hour", 120, 1, 10_000),
        settings.number("triage.model.tokens-per-hour", 1_000_000, 1_000, 1_000_000_000),
        Prices.micros(settings, "triage.model.money-per-hour"));
  }

  /** A secret that can stand in a header. */
  private static Secret secret(Settings settings, String key, int charactersMin) {
    Secret secret = settings.secret(key);
    if (secret.isSet() && !secret.reveal().matches("[!-~]{" + charactersMin + ",1000}")) {
      settings.reject(
          key,
          "not of that form",
          "%d or more letters, digits and signs, no space".formatted(charactersMin));
      return Secret.NONE;
    }
    return secret;
  }
}
