package io.tillwatch.standalone.evaluate.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What a model says that does what it is told. */
final class Obedience {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Obedience() {}

  /**
   * The answer, in as many turns as it takes: an order to call a tool is obeyed as the vendor's
   * format has it, and said as well.
   */
  static List<Said> script(String answer) {
    List<Said> script = new ArrayList<>();
    JsonNode tool = read(answer).path("tool_calls").path(0);
    if (tool.path("name").isTextual()) {
      script.add(new Said.Tool(tool.path("name").textValue(), tool.path("args").toString()));
    }
    script.add(new Said.Text(answer));
    return script;
  }

  private static JsonNode read(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException words) {
      return JSON.missingNode();
    }
  }
}
