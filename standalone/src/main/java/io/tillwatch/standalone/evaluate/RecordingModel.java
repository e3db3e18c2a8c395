package io.tillwatch.standalone.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model whose answers are kept in files, as {@link RecordedModel} reads them. An answer that asks
 * for tools first is not kept: what is kept is what it said in the end.
 */
record RecordingModel(Model model, Path folder) implements Model {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Reply ask(Prompt prompt) {
    Reply reply = model.ask(prompt);
    if (reply.toolCalls().isEmpty()) {
      keep(prompt, reply);
    }
    return reply;
  }

  private void keep(Prompt prompt, Reply reply) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("text", reply.text());
    answer.put("inputTokens", reply.inputTokens());
    answer.put("outputTokens", reply.outputTokens());
    answer.put("costMicros", reply.costMicros());
    answer.put("latencyMillis", reply.latency().toMillis());
    try {
      Files.createDirectories(folder);
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(RecordedModel.hash(prompt) + ".json").toFile(), answer);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer cannot be kept in " + folder, e);
    }
  }
}
