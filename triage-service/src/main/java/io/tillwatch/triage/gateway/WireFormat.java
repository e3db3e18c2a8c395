package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

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
  },
  /** Embeddings of OpenAI, and of whoever speaks like it: a vector for each text. */
  EMBEDDINGS {
    @Override
    boolean holdsAnswer(JsonNode body) {
      JsonNode data = body.path(DATA);
      return data.isArray() && !data.isEmpty() && all(data, WireFormat::isVector);
    }

    @Override
    Usage usage(JsonNode body) {
      return new Usage(count(body.path("usage"), "prompt_tokens"), 0);
    }

    /** Numbers and nothing else: a redactor that took one for a card's would break the vector. */
    @Override
    JsonNode cleaned(JsonNode body, CleanJson cleaner) {
      ObjectNode clean = JsonNodeFactory.instance.objectNode();
      ArrayNode data = clean.putArray(DATA);
      for (JsonNode vector : body.path(DATA)) {
        ObjectNode one = data.addObject().put(INDEX, vector.path(INDEX).intValue());
        one.set(VECTOR, vector.path(VECTOR));
      }
      return clean;
    }
  };

  private static final String DATA = "data";
  private static final String INDEX = "index";
  private static final String VECTOR = "embedding";

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

  /**
   * The answer without what may not come in.
   *
   * @throws Unreadable when nothing is left that could be read
   */
  JsonNode cleaned(JsonNode body, CleanJson cleaner) throws Unreadable {
    return cleaner.of(body);
  }

  /** What the answer says it used. */
  abstract Usage usage(JsonNode body);

  private static boolean isVector(JsonNode item) {
    JsonNode vector = item.path(VECTOR);
    return item.path(INDEX).isInt()
        && vector.isArray()
        && !vector.isEmpty()
        && all(vector, JsonNode::isNumber);
  }

  private static boolean all(JsonNode items, Predicate<JsonNode> which) {
    return StreamSupport.stream(items.spliterator(), false).allMatch(which);
  }

  private static long count(JsonNode said, String name) {
    return Math.clamp(said.path(name).asLong(0), 0, TOKENS_MAX);
  }
}
