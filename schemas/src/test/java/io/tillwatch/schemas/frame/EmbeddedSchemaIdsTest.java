package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillwatch.schemas.event.AuthEvent;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EmbeddedSchemaIdsTest extends SchemaIdsContract {

  private final SchemaIds ids = EmbeddedSchemaIds.load();

  @Override
  protected SchemaIds ids() {
    return ids;
  }

  @Test
  void authEventsAreNumberOne() {
    assertThat(ids.idOf("payments.auth-value", AuthEvent.getClassSchema())).isEqualTo(1);
  }

  @Test
  void aSchemaThatIsNotCompiledInHasNoId() {
    Schema foreign = Schema.createRecord("Foreign", null, "org.example", false, List.of());
    assertThatExceptionOfType(UnknownSchemaId.class)
        .isThrownBy(() -> ids.idOf("payments.auth-value", foreign))
        .withMessageContaining("org.example.Foreign");
  }
}
