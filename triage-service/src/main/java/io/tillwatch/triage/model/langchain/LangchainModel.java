package io.tillwatch.triage.model.langchain;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.tillwatch.triage.gateway.Answer;
import io.tillwatch.triage.gateway.Call;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.ToolCall;
import io.tillwatch.triage.model.Reply;
import java.util.List;

/** A model of any vendor behind the gateway. Thread-safe. */
final class LangchainModel implements Model {

  private final PromptGateway gateway;

  LangchainModel(PromptGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public String name() {
    return gateway.model();
  }

  @Override
  public Reply ask(Prompt prompt) {
    GatewayHttp http =
        new GatewayHttp(
            gateway,
            gateway.vendor().format(),
            new Call(
                prompt.purpose(), prompt.subject(), prompt.fields(), prompt.outputTokensMax()));
    AiMessage said = said(http, Chats.request(prompt));
    Answer answer = http.answer();
    if (answer == null) {
      throw new ModelFailure(Reason.UNREADABLE, "an answer that nobody was asked for");
    }
    return new Reply(
        said.text() == null ? "" : said.text(),
        toolCalls(said),
        answer.promptHash(),
        answer.inputTokens(),
        answer.outputTokens(),
        answer.costMicros(),
        answer.latency());
  }

  private AiMessage said(GatewayHttp http, ChatRequest request) {
    ChatModel model = Chats.model(gateway.vendor(), gateway.model(), http);
    try {
      ChatResponse response = model.chat(request);
      return response.aiMessage();
    } catch (RuntimeException wrapped) {
      throw http.why("a prompt that cannot be written");
    }
  }

  private static List<ToolCall> toolCalls(AiMessage said) {
    return said.toolExecutionRequests().stream()
        .map(wish ->
            new ToolCall(
                wish.id() == null ? "" : wish.id(),
                wish.name() == null ? "" : wish.name(),
                wish.arguments() == null ? "" : wish.arguments()))
        .toList();
  }
}
