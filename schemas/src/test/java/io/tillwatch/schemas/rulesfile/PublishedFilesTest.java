package io.tillwatch.schemas.rulesfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PublishedFilesTest {

  private static final Topic<String, RulesFile> TOPIC =
      Topics.with(EmbeddedSchemaIds.load(), 1).rules();

  private final PublishedFiles files = new PublishedFiles(TOPIC.valueSerde().deserializer());

  @Test
  void cardDataOrASecretLeavesAFileOut() {
    take("a.yaml", "reason: planned\nauthor: ada@example.com");
    take("b.yaml", "reason: card 4111111111111111");
    take("c.yaml", "reason: with sk_live_5tN8bWq2Zx7Kd");
    take("ada@example.com", "reason: planned");

    assertThat(files.texts()).containsOnlyKeys(TOPIC.name() + "/a.yaml");
  }

  @Test
  void anEmptyTextTakesAFileAway() {
    take("a.yaml", "reason: planned");
    take("a.yaml", "");

    assertThat(files.texts()).isEmpty();
  }

  private void take(String name, String yaml) {
    RulesFile file = new RulesFile(name, yaml, "ada", "planned", Instant.EPOCH);
    byte[] value = TOPIC.valueSerde().serializer().serialize(TOPIC.name(), file);
    files.take(new ConsumerRecord<>(TOPIC.name(), 0, 0, name, value));
  }
}
