package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.TestFiles;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.AuthEvent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FramedReaderTest {

  private final SchemaIds ids = EmbeddedSchemaIds.load();
  private final FramedReader<AuthEvent> reader =
      new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);

  @Test
  void aValidFrameIsReadWithItsSchemaId() throws MalformedFrame {
    Framed<AuthEvent> framed = reader.read(FrameRecipe.valid());
    assertThat(framed.value()).isEqualTo(Events.auth());
    assertThat(framed.schemaId()).isEqualTo(1);
  }

  static Stream<Arguments> malformed() {
    return TestFiles.lines("/frames/malformed.txt")
        .map(line -> line.split("\\|"))
        .map(c -> Arguments.of(c[0].strip(), c[1].strip(), DeadLetterReason.valueOf(c[2].strip())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void aMalformedFrameIsRefusedForItsReasonAndTheNextValidOneIsRead(
      String name, String recipe, DeadLetterReason reason) throws MalformedFrame {
    byte[] bytes = FrameRecipe.cook(recipe);
    MalformedFrame refused = catchThrowableOfType(MalformedFrame.class, () -> reader.read(bytes));
    assertThat(refused).as(name).isNotNull();
    assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
    assertThat(refused.detail()).hasSizeBetween(1, 512).doesNotContainPattern("\\d{12}");
    assertThat(reader.read(FrameRecipe.valid()).value()).isEqualTo(Events.auth());
  }

  @Test
  void everyPrefixOfAFrameIsRefusedAsCutOff() {
    byte[] valid = FrameRecipe.valid();
    for (int length = 0; length < valid.length; length++) {
      byte[] prefix = Arrays.copyOf(valid, length);
      assertThatExceptionOfType(MalformedFrame.class)
          .isThrownBy(() -> reader.read(prefix))
          .extracting(MalformedFrame::reason)
          .isIn(DeadLetterReason.EMPTY, DeadLetterReason.SHORT_FRAME, DeadLetterReason.TRUNCATED);
    }
  }

  @Test
  void aRefusalNamesTheSchemaIdWhenThereWasOne() {
    assertThat(refusal("append 00").schemaId()).hasValue(1);
    assertThat(refusal("id 999999").schemaId()).hasValue(999_999);
    assertThat(refusal("magic 01").schemaId()).isEmpty();
    assertThat(refusal("truncate 3").schemaId()).isEmpty();
  }

  @Test
  void theDetailSaysWhereAndWhatWasExpected() {
    assertThat(refusal("append deadbeef").detail())
        .isEqualTo("4 bytes after the record's end at byte 123");
    assertThat(refusal("field rawCode 0a").detail()).startsWith("branch 5 of a union of 2 at byte");
  }

  @Test
  void anUnreachableRegistryIsARefusalOfItsOwn() {
    FramedReader<AuthEvent> cutOff =
        new FramedReader<>(AuthEvent.class, new CutOff(), FrameLimits.EVENT);
    assertThatExceptionOfType(MalformedFrame.class)
        .isThrownBy(() -> cutOff.read(FrameRecipe.valid()))
        .extracting(MalformedFrame::reason)
        .isEqualTo(DeadLetterReason.REGISTRY_UNAVAILABLE);
  }

  @Test
  void aSchemaIdIsLookedUpOnce() throws MalformedFrame {
    Counting counting = new Counting(ids);
    FramedReader<AuthEvent> once = new FramedReader<>(AuthEvent.class, counting, FrameLimits.EVENT);
    for (int i = 0; i < 10; i++) {
      once.read(FrameRecipe.valid());
    }
    assertThat(counting.asked).isEqualTo(1);
  }

  @Test
  void aSchemaThatIsNotAllowedIsJudgedOnce() {
    Counting counting = new Counting(ids);
    FramedReader<AuthEvent> once = new FramedReader<>(AuthEvent.class, counting, FrameLimits.EVENT);
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(MalformedFrame.class)
          .isThrownBy(() -> once.read(FrameRecipe.cook("id 2")));
    }
    assertThat(counting.asked).isEqualTo(1);
  }

  @Test
  void aSchemaOfTheSameNameThatCannotBeResolvedIsNotAllowed() {
    Schema other =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "AuthEvent", "namespace": "io.tillwatch.schemas.event",
                 "fields": [{"name": "step", "type": "int"}]}\
                """);
    InMemorySchemaIds strange = new InMemorySchemaIds();
    int id = strange.idOf("payments.auth-value", other);
    FramedReader<AuthEvent> strict =
        new FramedReader<>(AuthEvent.class, strange, FrameLimits.EVENT);
    byte[] bytes = {0, 0, 0, 0, (byte) id, 2};
    assertThatExceptionOfType(MalformedFrame.class)
        .isThrownBy(() -> strict.read(bytes))
        .extracting(MalformedFrame::reason)
        .isEqualTo(DeadLetterReason.SCHEMA_NOT_ALLOWED);
  }

  @Test
  void aSchemaThatNestsWithoutEndIsReadToItsLimitOnly() {
    Schema endless =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Chain", "fields": [
                  {"name": "next", "type": ["null", "Chain"]}]}\
                """);
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 2);
    assertThatExceptionOfType(MalformedFrame.class)
        .isThrownBy(() -> FrameCheck.of(endless).check(bytes, 0, FrameLimits.EVENT))
        .withMessageContaining("nested deeper");
  }

  private MalformedFrame refusal(String recipe) {
    return catchThrowableOfType(MalformedFrame.class, () -> reader.read(FrameRecipe.cook(recipe)));
  }

  /** Ids that count how often a schema is asked for. */
  private static final class Counting implements SchemaIds {
    private final SchemaIds delegate;
    private int asked;

    Counting(SchemaIds delegate) {
      this.delegate = delegate;
    }

    @Override
    public int idOf(String subject, Schema schema) {
      return delegate.idOf(subject, schema);
    }

    @Override
    public Schema byId(int id) {
      asked++;
      return delegate.byId(id);
    }
  }

  /** Ids that nobody can be asked for. */
  private static final class CutOff implements SchemaIds {
    @Override
    public int idOf(String subject, Schema schema) {
      throw new RegistryUnavailable("no answer", null);
    }

    @Override
    public Schema byId(int id) {
      throw new RegistryUnavailable("no answer", null);
    }
  }
}
