package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.contestant.AuthFields;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads events by hand into one object that is used again, as object reuse allows. */
final class EventDecoding implements KafkaRecordDeserializationSchema<AuthFields> {

  private static final long serialVersionUID = 1L;

  private transient @Nullable AuthFields event;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<AuthFields> out)
      throws IOException {
    AuthFields fields = event;
    if (fields == null) {
      fields = new AuthFields();
      event = fields;
    }
    fields.read(record.value());
    out.collect(fields);
  }

  @Override
  public TypeInformation<AuthFields> getProducedType() {
    return EventSerializer.TYPE;
  }
}
