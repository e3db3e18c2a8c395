package io.tillwatch.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: who looks back too far, or not far enough, is not shown what they look for. */
class ChatStubTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-11-29T03:00:00Z");

  private Instant now = START;
  private ChatStub chat;
  private String said;

  @BeforeEach
  void post() throws IOException {
    chat = new ChatStub(1, 0, () -> now);
    now = START.plusSeconds(90);
    said = take("/api/chat.postMessage", JSON.createObjectNode()).path("ts").asText();
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Test
  void aMessageHasTheTimeItWasPosted() {
    assertThat(said).startsWith(now.getEpochSecond() + ".");
    now = START;
    assertThat(take("/api/chat.postMessage", JSON.createObjectNode()).path("ts").asText())
        .as("though the clock was set back")
        .isGreaterThan(said);
  }

  @Test
  void whatIsLookedForLaterThanItWasPostedIsNotThere() {
    assertThat(history(now.minus(Duration.ofMinutes(5)))).containsExactly(said);
    assertThat(history(now.plusSeconds(1))).isEmpty();
    assertThat(history(Instant.ofEpochSecond(now.toEpochMilli()))).as("in millis").isEmpty();
  }

  @Test
  void whatIsOlderIsThatOfOthersAndTheNewestComesFirst() {
    assertThat(history(START.minus(Duration.ofDays(1)))).hasSize(100).startsWith(said);
    assertThat(chat.messages()).hasSize(1);
  }

  private List<String> history(Instant oldest) {
    ObjectNode asked = JSON.createObjectNode().put("limit", "100");
    asked.put("oldest", oldest.getEpochSecond() + ".000000");
    List<String> found = new ArrayList<>();
    take("/api/conversations.history", asked)
        .path("messages")
        .forEach(message -> found.add(message.path("ts").asText()));
    return found;
  }

  private JsonNode take(String path, ObjectNode asked) {
    try {
      return JSON.readTree(chat.take("POST", path, asked, Mood.WELL).json());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
