package io.tillwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import org.junit.jupiter.api.Test;

class TopicsTest {

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 6);

  @Test
  void anEventSurvivesItsTopicsSerde() {
    AuthEvent event = Events.auth();
    byte[] bytes = topics.auth().valueSerde().serializer().serialize("payments.auth", event);
    assertThat(topics.auth().valueSerde().deserializer().deserialize("payments.auth", bytes))
        .isEqualTo(event);
  }

  @Test
  void namesAreUnique() {
    assertThat(topics.all().stream().<String>map(Topic::name)).doesNotHaveDuplicates().hasSize(16);
  }
}
