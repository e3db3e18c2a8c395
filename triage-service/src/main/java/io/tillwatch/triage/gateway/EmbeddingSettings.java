package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.settings.Settings;
import java.util.Optional;

/**
 * Which model of the vendor turns texts into vectors.
 *
 * @param name its name, as the vendor has it
 * @param dimensions how many numbers of a text are asked for; 0 for as many as the model has
 */
public record EmbeddingSettings(String name, int dimensions) {

  private static final int DIMENSIONS_MAX = 1_536;

  /** Reads the keys below {@code triage.model.embeddings}; empty when no model is named. */
  static Optional<EmbeddingSettings> from(Settings settings, Optional<Vendor> vendor) {
    String name = settings.text("triage.model.embeddings.name", "").strip();
    int dimensions = settings.integer("triage.model.embeddings.dimensions", 0, 0, DIMENSIONS_MAX);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!name.matches(ModelSettings.NAME)) {
      settings.reject(
          "triage.model.embeddings.name", "'" + name + "'", "the model's name at the vendor");
    }
    if (vendor.filter(Vendor::embeds).isEmpty()) {
      settings.reject(
          "triage.model.embeddings.name",
          "'" + name + "' without a vendor that has such models",
          "triage.model.vendor openai or ollama");
    }
    return Optional.of(new EmbeddingSettings(name, dimensions));
  }
}
