package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.ChangeEvent;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** What every source of schema ids must do. */
public abstract class SchemaIdsContract {

  private static final Schema CHANGE = ChangeEvent.getClassSchema();
  private static final Schema RANGE = BinRange.getClassSchema();

  /** The source under test; may hold schemas already. */
  protected abstract SchemaIds ids();

  @Test
  void theIdOfASchemaLeadsBackToIt() {
    int id = ids().idOf("contract-a-value", CHANGE);
    assertThat(canonical(ids().byId(id))).isEqualTo(canonical(CHANGE));
  }

  @Test
  void askingAgainGivesTheSameId() {
    int id = ids().idOf("contract-b-value", CHANGE);
    assertThat(ids().idOf("contract-b-value", CHANGE)).isEqualTo(id);
  }

  @Test
  void differentSchemasHaveDifferentIds() {
    assertThat(ids().idOf("contract-c-value", CHANGE))
        .isNotEqualTo(ids().idOf("contract-d-value", RANGE));
  }

  @Test
  void anIdThatNoSchemaHasIsUnknown() {
    assertThatExceptionOfType(UnknownSchemaId.class)
        .isThrownBy(() -> ids().byId(999_999))
        .withMessageContaining("999999");
  }

  @Test
  void aNegativeIdIsUnknown() {
    assertThatExceptionOfType(UnknownSchemaId.class).isThrownBy(() -> ids().byId(-1));
  }

  @Test
  void manyThreadsGetOneAnswer() {
    SchemaIds ids = ids();
    List<Integer> answers =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> ids.idOf("contract-e-value", CHANGE))
            .distinct()
            .toList();
    assertThat(answers).hasSize(1);
  }

  private static String canonical(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }
}
