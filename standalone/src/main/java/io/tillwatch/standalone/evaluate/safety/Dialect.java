package io.tillwatch.standalone.evaluate.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;

/** How a vendor writes answers; what it is called in settings is its name in lower case. */
enum Dialect {
  OPENAI {
    @Override
    ObjectNode text(String text) {
      return choice(message().put("content", text), "stop");
    }

    @Override
    ObjectNode tool(String name, String arguments) {
      ObjectNode message = message().putNull("content");
      message
          .putArray("tool_calls")
          .addObject()
          .put("id", "call_1")
          .put("type", "function")
          .putObject("function")
          .put("name", name)
          .put("arguments", arguments);
      return choice(message, "tool_calls");
    }

    private ObjectNode choice(ObjectNode message, String finish) {
      ObjectNode answer = JSON.createObjectNode().put("id", "1").put("model", MODEL);
      answer
          .putArray("choices")
          .addObject()
          .put("index", 0)
          .put("finish_reason", finish)
          .set("message", message);
      answer
          .putObject("usage")
          .put("prompt_tokens", TOKENS)
          .put("completion_tokens", TOKENS)
          .put("total_tokens", 2 * TOKENS);
      return answer;
    }
  },
  ANTHROPIC {
    @Override
    ObjectNode text(String text) {
      return content(JSON.createObjectNode().put("type", "text").put("text", text), "end_turn");
    }

    @Override
    ObjectNode tool(String name, String arguments) {
      ObjectNode use =
          JSON.createObjectNode().put("type", "tool_use").put("id", "toolu_1").put("name", name);
      use.set("input", object(arguments));
      return content(use, "tool_use");
    }

    private ObjectNode content(ObjectNode part, String stop) {
      ObjectNode answer = message().put("id", "1").put("type", "message").put("model", MODEL);
      answer.putArray("content").add(part);
      answer.put("stop_reason", stop);
      answer.putObject("usage").put("input_tokens", TOKENS).put("output_tokens", TOKENS);
      return answer;
    }
  },
  OLLAMA {
    @Override
    ObjectNode text(String text) {
      return done(message().put("content", text));
    }

    @Override
    ObjectNode tool(String name, String arguments) {
      ObjectNode message = message().put("content", "");
      ObjectNode function =
          message.putArray("tool_calls").addObject().putObject("function").put("name", name);
      function.set("arguments", object(arguments));
      return done(message);
    }

    private ObjectNode done(ObjectNode message) {
      ObjectNode answer =
          JSON.createObjectNode()
              .put("model", MODEL)
              .put("done", true)
              .put("prompt_eval_count", TOKENS)
              .put("eval_count", TOKENS);
      answer.set("message", message);
      return answer;
    }
  };

  private static final String MODEL = "stub";
  private static final int TOKENS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one of a line: each gets its turn. */
  static Dialect of(int line) {
    List<Dialect> all = List.of(values());
    return all.get(line % all.size());
  }

  /** An answer that says this. */
  abstract ObjectNode text(String text);

  /** An answer that wants a tool to be called. */
  abstract ObjectNode tool(String name, String arguments);

  private static ObjectNode message() {
    return JSON.createObjectNode().put("role", "assistant");
  }

  private static JsonNode object(String json) {
    try {
      JsonNode read = JSON.readTree(json);
      return read.isObject() ? read : JSON.createObjectNode().set("value", read);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
