package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.settings.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** Whose model it is, or whose it speaks like. */
public enum Vendor {
  /**
   * OpenAI and servers that speak like it.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI, chat completions</a>
   * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI, embeddings</a>
   */
  OPENAI(WireFormat.OPENAI, "https://api.openai.com/v1", "/chat/completions", "", true),
  /**
   * Anthropic.
   *
   * @see <a href="https://docs.anthropic.com/en/api/messages">Anthropic, messages</a>
   * @see <a href="https://docs.anthropic.com/en/api/openai-sdk">OpenAI's format at Anthropic</a>
   */
  ANTHROPIC(WireFormat.ANTHROPIC, "https://api.anthropic.com/v1", "/messages", "", false),
  /**
   * Ollama.
   *
   * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama, API</a>
   */
  OLLAMA(WireFormat.OLLAMA, "http://localhost:11434", "/api/chat", "/v1", true);

  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private final WireFormat format;
  private final URI url;
  private final String path;
  private final String likeOpenAi;
  private final boolean embeds;

  Vendor(WireFormat format, String url, String path, String likeOpenAi, boolean embeds) {
    this.format = format;
    this.url = URI.create(url);
    this.path = path;
    this.likeOpenAi = likeOpenAi;
    this.embeds = embeds;
  }

  /** How it is written in settings and on record. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its own format. */
  public WireFormat format() {
    return format;
  }

  /** Where it is when the settings do not say. */
  URI url() {
    return url;
  }

  /** Where below its address it takes a body of this format: its own, or OpenAI's. */
  String path(WireFormat asked) {
    if (asked == format) {
      return path;
    }
    return likeOpenAi + (asked == WireFormat.EMBEDDINGS ? "/embeddings" : "/chat/completions");
  }

  /** Whether it has models that turn texts into vectors. */
  boolean embeds() {
    return embeds;
  }

  /** How it knows us. */
  Map<String, String> login(WireFormat asked, Secret key) {
    if (!key.isSet()) {
      return Map.of();
    }
    return asked == WireFormat.ANTHROPIC
        ? Map.of("x-api-key", key.reveal(), "anthropic-version", ANTHROPIC_VERSION)
        : Map.of("Authorization", "Bearer " + key.reveal());
  }
}
