package io.tillwatch.triage.model;

import java.util.List;
import java.util.Map;

/**
 * What a model is asked.
 *
 * @param purpose what for: budgets and audit rows go by it
 * @param subject what it is about, for example {@code INC-3F9A12C4/1/7}: incident, episode,
 *     revision
 * @param system what the model is told to be, from a versioned prompt file; no data
 * @param turns the conversation so far, the last one is to be answered
 * @param tools what it may ask for instead of answering; none leaves only the answer
 * @param outputTokensMax limit of the answer
 * @param fields fields of records in the turns, by the form they were let out in; for the audit
 */
public record Prompt(
    Purpose purpose,
    String subject,
    String system,
    List<Turn> turns,
    List<Tool> tools,
    int outputTokensMax,
    Map<String, Long> fields) {

  public Prompt {
    fields = Map.copyOf(fields);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a prompt without a turn");
    }
  }

  /** A prompt that holds no fields of records. */
  public Prompt(
      Purpose purpose,
      String subject,
      String system,
      List<Turn> turns,
      List<Tool> tools,
      int outputTokensMax) {
    this(purpose, subject, system, turns, tools, outputTokensMax, Map.of());
  }

  /** What a model may be asked for. */
  public enum Purpose {
    HYPOTHESES,
    QUESTION,
    /** Vectors of passages and questions. */
    EMBEDDING,
    /** Of somebody else who asks through our gateway. */
    OTHERS
  }

  /** One turn of a conversation. */
  public sealed interface Turn permits Asked, ToolsAsked, ToolAnswered {}

  /** What we say. */
  public record Asked(String text) implements Turn {}

  /** The model asked for tools. */
  public record ToolsAsked(List<ToolCall> calls) implements Turn {
    public ToolsAsked {
      calls = List.copyOf(calls);
    }
  }

  /** What a tool said. */
  public record ToolAnswered(ToolCall call, String text) implements Turn {}

  /**
   * A tool the model may ask for; it reads and never acts.
   *
   * @param name lower case and underscores
   * @param description for the model
   * @param parameters names of its parameters, all strings, with their descriptions
   */
  public record Tool(String name, String description, Map<String, String> parameters) {
    public Tool {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * The model's wish to call a tool.
   *
   * @param id the model's own id of the call
   * @param arguments JSON, unchecked
   */
  public record ToolCall(String id, String name, String arguments) {}
}
