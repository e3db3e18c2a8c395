package io.tillwatch.schemas.frame;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Makes the reader of each payment topic: how a site's own producers put records on the wire. */
@FunctionalInterface
public interface RecordReaders {

  /** A reader of records of this type from this topic. */
  <T extends SpecificRecord> RecordReader<T> of(Class<T> type, String topic);

  /** Confluent frames, checked byte by byte: what everybody should use who can. */
  static RecordReaders framed(SchemaIds ids) {
    return new RecordReaders() {
      @Override
      public <T extends SpecificRecord> RecordReader<T> of(Class<T> type, String topic) {
        return new FramedReader<>(type, ids, FrameLimits.EVENT);
      }
    };
  }

  /** Whatever this Kafka serde or deserialiser on the class path makes of the bytes. */
  static RecordReaders borrowed(String className, Map<String, ?> config) {
    return new RecordReaders() {
      @Override
      public <T extends SpecificRecord> RecordReader<T> of(Class<T> type, String topic) {
        return BorrowedSerde.of(type, topic, className, config);
      }
    };
  }
}
