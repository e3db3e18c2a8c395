package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** In whose words a model is asked and answers. */
public enum WireFormat {
  /** Chat completions of OpenAI, and of whoever speaks like it. */
  OPENAI {
    @Override
    boolean holdsAnswer(JsonNode body) {
      return body.path("choices").path(0).path("message").isObject();
    }

    @Override
    Usage usage(JsonNode body) {
      JsonNode said = body.path("usage");
      return new Usage(count(said, "prompt_tokens"), count(said, "completion_tokens"));
    }
  },
  /** Messages of Anthropic. */
  ANTHROPIC {
    @Override
    boolean holdsAnswer(JsonNode body) {
      return body.path("content").isArray();
    }

    @Override
    Usage usage(JsonNode body) {
      JsonNode said = body.path("usage");
      return new Usage(
          count(said, "input_tokens")
              + count(said, "cache_creation_input_tokens")
              + count(said, "cache_read_input_tokens"),
          count(said, "output_tokens"));
    }
  },
  /** Chat of Ollama. */
  OLLAMA {
    @Override
    boolean holdsAnswer(JsonNode body) {
      return body.path("message").isObject();
    }

    @Override
    Usage usage(JsonNode body) {
      return new Usage(count(body, "prompt_eval_count"), count(body, "eval_count"));
    }
  };

  /** More tokens than any model takes; a vendor that says more is not believed. */
  private static final long TOKENS_MAX = 10_000_000;

  /**
   * What a call used.
   *
   * @param inputTokens 0 when the vendor did not say
   * @param outputTokens 0 when the vendor did not say
   */
  record Usage(long inputTokens, long outputTokens) {

    /** Whether the vendor said. */
    boolean said() {
      return inputTokens + outputTokens > 0;
    }
  }

  /** Whether this is an answer in this format. */
  abstract boolean holdsAnswer(JsonNode body);

  /** What the answer says it used. */
  abstract Usage usage(JsonNode body);

  private static long count(JsonNode said, String name) {
    return Math.clamp(said.path(name).asLong(0), 0, TOKENS_MAX);
  }
}
