package io.tillwatch.topology.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: what Kafka Streams sees of a poll commits the offsets that the records themselves would,
 * and keeps the order between partitions. Method: polls of a mock consumer, packed.
 */
class PackingTest {

  private static final TopicPartition AUTH_0 = new TopicPartition("payments.auth", 0);
  private static final TopicPartition AUTH_1 = new TopicPartition("payments.auth", 1);
  private static final TopicPartition CAPTURE_0 = new TopicPartition("payments.capture", 0);
  private static final TopicPartition CELLS_0 = new TopicPartition("tillwatch.cells", 0);
  private static final long NOON = 1_772_452_800_000L;
  private static final int EPOCH = 7;

  private final Packing packing = new Packing(Set.of("payments.auth", "payments.capture"));
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @BeforeEach
  void assign() {
    List<TopicPartition> all = List.of(AUTH_0, AUTH_1, CAPTURE_0, CELLS_0);
    consumer.assign(all);
    all.forEach(partition -> consumer.updateBeginningOffsets(Map.of(partition, 0L)));
  }

  @Test
  void aPartitionsRecordsBecomeOneThatStandsWhereTheFirstStood() {
    add(AUTH_0, 3, NOON);
    add(AUTH_0, 4, NOON + 5);
    add(AUTH_0, 9, NOON + 1);
    ConsumerRecord<byte[], byte[]> packed = only(poll(), AUTH_0);
    assertThat(packed.offset()).isEqualTo(3);
    assertThat(packed.timestamp()).isEqualTo(NOON);
    assertThat(packed.leaderEpoch()).contains(EPOCH);
    Deliveries deliveries = unpacked(packed);
    assertThat(deliveries.topic()).isEqualTo("payments.auth");
    assertThat(deliveries.partition()).isZero();
    assertThat(offsets(deliveries)).containsExactly(3, 4, 9);
    assertThat(deliveries.timestamp(1)).isEqualTo(NOON + 5);
    assertThat(requireNonNull(deliveries.value(2)).copy()).isEqualTo(value(9));
  }

  @Test
  void valuesAreHandedOnByReference() {
    ConsumerRecord<byte[], byte[]> record = record(AUTH_0, 0, NOON);
    consumer.addRecord(record);
    assertThat(requireNonNull(unpacked(only(poll(), AUTH_0)).value(0)).bytes())
        .isSameAs(record.value());
  }

  @Test
  void nextOffsetsStayThoseOfThePoll() {
    add(AUTH_0, 0, NOON);
    add(AUTH_0, 1, NOON);
    add(CELLS_0, 0, NOON);
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ZERO);
    assertThat(packing.pack(polled).nextOffsets()).isEqualTo(polled.nextOffsets());
    assertThat(polled.nextOffsets().get(AUTH_0).offset()).isEqualTo(2);
  }

  @Test
  void anEmptyPollKeepsItsNextOffsets() {
    ConsumerRecords<byte[], byte[]> empty =
        new ConsumerRecords<>(Map.of(), Map.of(AUTH_0, new OffsetAndMetadata(12)));
    ConsumerRecords<byte[], byte[]> packed = packing.pack(empty);
    assertThat(packed.isEmpty()).isTrue();
    assertThat(packed.nextOffsets().get(AUTH_0).offset()).isEqualTo(12);
    assertThat(packing.pack(ConsumerRecords.empty()).count()).isZero();
  }

  @Test
  void partitionsAndTopicsAreNotMixed() {
    for (int i = 0; i < 4; i++) {
      add(AUTH_0, i, NOON + i);
      add(AUTH_1, 10 + i, NOON + i);
      add(CAPTURE_0, 20 + i, NOON + i);
    }
    ConsumerRecords<byte[], byte[]> packed = poll();
    assertThat(packed.count()).isEqualTo(3);
    assertThat(offsets(unpacked(only(packed, AUTH_0)))).containsExactly(0, 1, 2, 3);
    assertThat(offsets(unpacked(only(packed, AUTH_1)))).containsExactly(10, 11, 12, 13);
    assertThat(offsets(unpacked(only(packed, CAPTURE_0)))).containsExactly(20, 21, 22, 23);
  }

  @Test
  void recordsOfOtherTopicsAreTheSameObjects() {
    List<ConsumerRecord<byte[], byte[]>> cells =
        List.of(record(CELLS_0, 0, NOON), record(CELLS_0, 1, NOON));
    cells.forEach(consumer::addRecord);
    add(AUTH_0, 0, NOON);
    List<ConsumerRecord<byte[], byte[]>> passed = poll().records(CELLS_0);
    assertThat(passed).hasSize(2);
    assertThat(passed.get(0)).isSameAs(cells.get(0));
    assertThat(passed.get(1)).isSameAs(cells.get(1));
  }

  @Test
  void aNewOneBeginsWhereTheTimeIsFarAhead() {
    add(AUTH_0, 0, NOON);
    add(AUTH_0, 1, NOON + Packing.AHEAD_MILLIS_MAX);
    add(AUTH_0, 2, NOON + Packing.AHEAD_MILLIS_MAX + 1);
    add(AUTH_0, 3, NOON);
    add(AUTH_0, 4, Long.MAX_VALUE);
    add(AUTH_0, 5, -1);
    List<ConsumerRecord<byte[], byte[]>> packed = poll().records(AUTH_0);
    assertThat(packed).extracting(ConsumerRecord::offset).containsExactly(0L, 2L, 4L);
    assertThat(offsets(unpacked(packed.get(0)))).containsExactly(0, 1);
    assertThat(offsets(unpacked(packed.get(1)))).containsExactly(2, 3);
    assertThat(offsets(unpacked(packed.get(2)))).containsExactly(4, 5);
  }

  @Test
  void sizesAreThoseOfAllAndHeadersAreNone() {
    add(AUTH_0, 0, NOON);
    add(AUTH_0, 1, NOON);
    consumer.addRecord(new ConsumerRecord<>("payments.auth", 0, 2, null, null));
    ConsumerRecord<byte[], byte[]> packed = only(poll(), AUTH_0);
    assertThat(packed.serializedKeySize()).isEqualTo(2);
    assertThat(packed.serializedValueSize()).isEqualTo(value(0).length + value(1).length);
    assertThat(packed.headers().toArray()).isEmpty();
    assertThat(packed.headers()).isEmpty();
    assertThat(packed.headers().headers("trace")).isEmpty();
    assertThat(packed.headers().lastHeader("trace")).isNull();
    assertThatThrownBy(() -> packed.headers().add("trace", new byte[0]))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Whatever a poll brings: no record is lost, doubled or moved. */
  @Test
  void everyRecordIsThereOnceAndInOrder() {
    List<Integer> expected = new ArrayList<>();
    IntStream.iterate(0, offset -> offset + 1 + offset % 3)
        .limit(1_000)
        .forEach(offset -> {
          expected.add(offset);
          add(AUTH_0, offset, NOON + (offset * 7919L) % 60_000);
        });
    List<Integer> seen = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> packed = poll().records(AUTH_0);
    packed.forEach(one -> {
      assertThat(one.offset()).isEqualTo(unpacked(one).offset(0));
      offsets(unpacked(one)).forEach(offset -> seen.add(offset));
    });
    assertThat(seen).isEqualTo(expected);
    assertThat(packed).hasSizeBetween(2, expected.size());
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    return packing.pack(consumer.poll(Duration.ZERO));
  }

  private void add(TopicPartition partition, long offset, long timestamp) {
    consumer.addRecord(record(partition, offset, timestamp));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, long timestamp) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        1,
        value(offset).length,
        new byte[1],
        value(offset),
        new RecordHeaders(),
        Optional.of(EPOCH));
  }

  private static byte[] value(long offset) {
    return Long.toString(offset).getBytes(StandardCharsets.UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> only(
      ConsumerRecords<byte[], byte[]> packed, TopicPartition partition) {
    assertThat(packed.records(partition)).hasSize(1);
    return packed.records(partition).getFirst();
  }

  private static Deliveries unpacked(ConsumerRecord<byte[], byte[]> packed) {
    return Deliveries.serde()
        .deserializer()
        .deserialize(packed.topic(), packed.headers(), packed.value());
  }

  private static List<Integer> offsets(Deliveries deliveries) {
    return LongStream.range(0, deliveries.size())
        .mapToObj(i -> Math.toIntExact(deliveries.offset((int) i)))
        .toList();
  }
}
