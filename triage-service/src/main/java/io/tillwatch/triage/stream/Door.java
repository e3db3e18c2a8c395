package io.tillwatch.triage.stream;

import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.frame.FramedReader;
import io.tillwatch.schemas.frame.MalformedFrame;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.incident.Input;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one topic into inputs for the desk; what is none becomes a dead letter, so
 * that no record can stop the desk.
 */
final class Door<T extends SpecificRecord> implements Processor<byte[], byte[], Object, Object> {

  /**
   * What stands behind a door: how to read, what to refuse, what to leave out of the rest, and
   * which input it is at which time.
   */
  record Kind<T extends SpecificRecord>(
      FramedReader<T> reader,
      Function<T, Optional<Refusal>> check,
      UnaryOperator<T> clean,
      Function<T, Input> input,
      Function<T, Instant> time) {}

  private final Kind<T> kind;
  private final Letters letters;
  private final DeskCounts counts;

  // Set by init before the first record.
  @SuppressWarnings("NullAway.Init")
  private ProcessorContext<Object, Object> context;

  Door(Kind<T> kind, Secret hashKey, DeskCounts counts) {
    this.kind = kind;
    this.letters = new Letters(hashKey);
    this.counts = counts;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      T value = kind.reader().read(record.value()).value();
      Optional<Refusal> refusal = kind.check().apply(value);
      if (refusal.isPresent()) {
        refuse(record, refusal.get());
      } else {
        T clean = kind.clean().apply(value);
        Input input = kind.input().apply(clean);
        TimedInput timed = new TimedInput(input, kind.time().apply(clean));
        context.forward(new Record<>("", timed, record.timestamp()), TriageTopology.DESK);
      }
    } catch (MalformedFrame malformed) {
      if (malformed.reason() == DeadLetterReason.REGISTRY_UNAVAILABLE) {
        throw new StreamsException("a record waits for the schema registry", malformed);
      }
      @Nullable Integer id =
          malformed.schemaId().isPresent() ? (Integer) malformed.schemaId().getAsInt() : null;
      refuse(record, new Refusal(malformed.reason(), malformed.detail(), id));
    }
  }

  private void refuse(Record<byte[], byte[]> record, Refusal refusal) {
    DeadLetter letter =
        letters.letter(
            refusal,
            context
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a door has no punctuator")),
            record.timestamp(),
            record.value());
    counts.refused(letter.getSourceTopic());
    context.forward(
        new Record<>(letter.getSourceTopic(), letter, context.currentSystemTimeMs()),
        TriageTopology.DEAD_LETTERS);
  }
}
