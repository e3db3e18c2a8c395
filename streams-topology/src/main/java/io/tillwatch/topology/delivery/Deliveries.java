package io.tillwatch.topology.delivery;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition in the order of their offsets, processed by one call and thus in one
 * transaction. Never empty. Offsets have gaps where a transaction ended or was aborted. Reading
 * allocates nothing.
 */
public final class Deliveries {

  private static final int NOT_PLACED = -1;

  private final ConsumerRecord<byte[], byte[]>[] records;

  @SuppressWarnings("unchecked") // of no other type than the list's
  Deliveries(List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no record, expected at least one");
    }
    this.records = records.toArray(ConsumerRecord[]::new);
  }

  /** One record that came by itself; where from is for {@link #placedAt} to say. */
  static Deliveries of(String topic, byte @Nullable [] value) {
    return new Deliveries(
        List.of(new ConsumerRecord<>(topic, NOT_PLACED, NOT_PLACED, null, value)));
  }

  /**
   * The serde of sources: hands on what {@link DeliveryClients} packed, and makes one delivery of a
   * record that came by itself. It writes nothing.
   */
  public static Serde<Deliveries> serde() {
    return Serdes.serdeFrom(
        (topic, deliveries) -> {
          throw new UnsupportedOperationException("deliveries are read from %s".formatted(topic));
        },
        new DeliveriesDeserializer());
  }

  /** These records; a record that came by itself is from there. */
  public Deliveries placedAt(RecordMetadata place, long timestampMillis) {
    ConsumerRecord<byte[], byte[]> first = records[0];
    if (first.partition() != NOT_PLACED) {
      return this;
    }
    return new Deliveries(
        List.of(
            new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                timestampMillis,
                TimestampType.CREATE_TIME,
                first.serializedKeySize(),
                first.serializedValueSize(),
                first.key(),
                first.value(),
                first.headers(),
                Optional.empty())));
  }

  /** At least one. */
  public int size() {
    return records.length;
  }

  public String topic() {
    return records[0].topic();
  }

  public int partition() {
    return records[0].partition();
  }

  public long offset(int index) {
    return records[index].offset();
  }

  /** As the producer or the broker stamped it, in milliseconds; may be anything. */
  public long timestamp(int index) {
    return records[index].timestamp();
  }

  /** The bytes as they were polled, not a copy. */
  public byte @Nullable [] value(int index) {
    return records[index].value();
  }
}
