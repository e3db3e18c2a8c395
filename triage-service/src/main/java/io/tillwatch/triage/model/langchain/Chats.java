package io.tillwatch.triage.model.langchain;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.tillwatch.triage.gateway.EmbeddingSettings;
import io.tillwatch.triage.gateway.Vendor;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.Asked;
import io.tillwatch.triage.model.Prompt.Tool;
import io.tillwatch.triage.model.Prompt.ToolAnswered;
import io.tillwatch.triage.model.Prompt.ToolCall;
import io.tillwatch.triage.model.Prompt.ToolsAsked;
import io.tillwatch.triage.model.Prompt.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Prompts in langchain4j's words. */
final class Chats {

  /** The gateway knows the address and the key; langchain4j asks for some. */
  private static final String NOWHERE = "http://gateway.invalid";

  private static final String NO_KEY = "none";

  /** The same question is to have the same answer. */
  private static final double TEMPERATURE = 0;

  private Chats() {}

  /** The vendor's model over this HTTP: asked once, whatever comes of it. */
  static ChatModel model(Vendor vendor, String name, HttpClientBuilder http) {
    return switch (vendor) {
      case OPENAI ->
          OpenAiChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(NOWHERE)
              .apiKey(NO_KEY)
              .modelName(name)
              .temperature(TEMPERATURE)
              .maxRetries(0)
              .build();
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(NOWHERE)
              .apiKey(NO_KEY)
              .modelName(name)
              .temperature(TEMPERATURE)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(NOWHERE)
              .modelName(name)
              .temperature(TEMPERATURE)
              .maxRetries(0)
              .build();
    };
  }

  /** A model of vectors over this HTTP, in OpenAI's words: asked once for all texts. */
  static EmbeddingModel vectors(EmbeddingSettings settings, int texts, HttpClientBuilder http) {
    return OpenAiEmbeddingModel.builder()
        .httpClientBuilder(http)
        .baseUrl(NOWHERE)
        .apiKey(NO_KEY)
        .modelName(settings.name())
        .dimensions(settings.dimensions() == 0 ? null : settings.dimensions())
        .encodingFormat("float")
        .maxSegmentsPerBatch(texts)
        .maxRetries(0)
        .build();
  }

  static ChatRequest request(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(prompt.system()));
    prompt.turns().forEach(turn -> messages.add(message(turn)));
    return ChatRequest.builder()
        .messages(messages)
        .toolSpecifications(prompt.tools().stream().map(Chats::tool).toList())
        .maxOutputTokens(prompt.outputTokensMax())
        .build();
  }

  private static ChatMessage message(Turn turn) {
    return switch (turn) {
      case Asked asked -> UserMessage.from(asked.text());
      case ToolsAsked asked -> AiMessage.from(asked.calls().stream().map(Chats::wish).toList());
      case ToolAnswered answered ->
          ToolExecutionResultMessage.from(wish(answered.call()), answered.text());
    };
  }

  private static ToolExecutionRequest wish(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  private static ToolSpecification tool(Tool tool) {
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
    // By name: the same prompt is to be the same body, by whose hash answers are kept.
    new TreeMap<>(tool.parameters()).forEach(parameters::addStringProperty);
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(parameters.build())
        .build();
  }
}
