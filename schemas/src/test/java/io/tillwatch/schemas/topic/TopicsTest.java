package io.tillwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.InMemorySchemaIds;
import io.tillwatch.schemas.frame.SchemaIds;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
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
  void preparingAsksForTheIdsOfWhatWeWriteOnly() {
    Set<String> asked = new TreeSet<>();
    InMemorySchemaIds memory = new InMemorySchemaIds();
    SchemaIds listening =
        new SchemaIds() {
          @Override
          public int idOf(String subject, Schema schema) {
            asked.add(subject);
            return memory.idOf(subject, schema);
          }

          @Override
          public Schema byId(int id) {
            return memory.byId(id);
          }
        };
    Topics.with(listening, 6).prepare();
    assertThat(asked)
        .hasSize(16)
        .allMatch(subject -> subject.startsWith("tillwatch."))
        .contains("tillwatch.incidents-value");
  }

  @Test
  void namesAreUnique() {
    assertThat(topics.all().stream().<String>map(Topic::name)).doesNotHaveDuplicates().hasSize(22);
  }
}
