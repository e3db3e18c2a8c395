package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.Asked;
import io.tillwatch.triage.model.Prompt.Purpose;
import io.tillwatch.triage.model.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedModelTest {

  @TempDir private Path folder;

  private static Prompt prompt(String question) {
    return new Prompt(
        Purpose.HYPOTHESES, "INC-1/1/7", "You weigh.", List.of(new Asked(question)), List.of(), 99);
  }

  @Test
  void theAnswerToThisVeryPromptComesFirst() throws IOException {
    Files.writeString(folder.resolve("INC-1_1_7.json"), "{\"text\": \"of the incident\"}");
    Files.writeString(
        folder.resolve(RecordedModel.hash(prompt("why?")) + ".json"),
        "{\"text\": \"of the prompt\", \"inputTokens\": 12, \"latencyMillis\": 300}");
    RecordedModel model = new RecordedModel(folder);

    Reply reply = model.ask(prompt("why?"));

    assertThat(reply.text()).isEqualTo("of the prompt");
    assertThat(reply.inputTokens()).isEqualTo(12);
    assertThat(reply.latency()).hasMillis(300);
    assertThat(model.ask(prompt("where?")).text()).isEqualTo("of the incident");
  }

  @Test
  void whatWasNotRecordedIsRefusedAndNotMadeUp() {
    assertThatThrownBy(() -> new RecordedModel(folder).ask(prompt("why?")))
        .isInstanceOf(ModelFailure.class)
        .hasMessageContaining("INC-1_1_7.json");
  }
}
