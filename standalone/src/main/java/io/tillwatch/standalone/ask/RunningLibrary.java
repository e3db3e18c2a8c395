package io.tillwatch.standalone.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.query.Instance;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The library of a running instance: with its site's documents, incidents, and model if any. */
final class RunningLibrary extends Instance {

  private static final ObjectMapper JSON = new ObjectMapper();

  RunningLibrary(String url) {
    super(url);
  }

  /**
   * Asks.
   *
   * @param token shown to the instance; null for none
   */
  JsonNode ask(String question, int top, @Nullable String token) throws NoAnswer, IOException {
    JsonNode body = JSON.createObjectNode().put("question", question).put("top", top);
    return JSON.readTree(post("api/v1/ask", body, token));
  }
}
