package io.tillwatch.topology.delivery;

import java.util.ArrayList;
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
 * allocates nothing. Used by the thread that polls.
 */
public final class Deliveries {

  private static final int NOT_PLACED = -1;

  private final ConsumerRecord<?, ?>[] records;
  private final @Nullable Value[] values;

  /** What its values lie on, held as often as it is here. */
  private final List<Shelf> shelves = new ArrayList<>(1);

  /**
   * These records.
   *
   * @param records whose values are {@link Value}s, or arrays
   */
  Deliveries(List<? extends ConsumerRecord<?, ?>> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no record, expected at least one");
    }
    this.records = records.toArray(ConsumerRecord[]::new);
    this.values = new @Nullable Value[this.records.length];
    Shelf latest = null;
    for (int i = 0; i < values.length; i++) {
      Value value = value(this.records[i].value());
      values[i] = value;
      if (value != null && value.shelf != latest) {
        latest = value.shelf;
        latest.hold();
        shelves.add(latest);
      }
    }
  }

  private static @Nullable Value value(@Nullable Object polled) {
    return polled instanceof byte[] bytes ? Value.of(bytes) : (Value) polled;
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
    ConsumerRecord<?, ?> first = records[0];
    if (first.partition() != NOT_PLACED) {
      return this;
    }
    return new Deliveries(
        List.of(
            new ConsumerRecord<Object, Object>(
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

  /** The value as it was polled, not a copy. */
  public @Nullable Value value(int index) {
    return values[index];
  }

  /** Says that nobody looks at the values any more; to be called once, by the polling thread. */
  public void letGo() {
    shelves.forEach(Shelf::letGo);
    shelves.clear();
  }
}
