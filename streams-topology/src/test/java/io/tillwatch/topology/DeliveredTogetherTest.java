package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.delivery.PolledTogether;
import io.tillwatch.topology.ingest.IngestCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Goal: records that are delivered together end as they would one by one. Method: the same records
 * both ways, among them refused ones.
 */
class DeliveredTogetherTest {

  private static final int PARTITION = 0;
  private static final long FIRST_OFFSET = 100;
  private static final int OFFSET_STEP = 3;

  @Test
  void whatIsRefusedNeverAffectsItsNeighbours() {
    try (Driven driven = Driven.withDefaults()) {
      driven.sendRaw(driven.topics.auth(), PolledTogether.of(records(driven)));
      IngestCounts counts = driven.counts(EventKind.AUTH);
      assertThat(counts.accepted()).isEqualTo(3);
      assertThat(counts.duplicates()).isEqualTo(1);
      assertThat(counts.deadLettered()).isEqualTo(3);
    }
  }

  @Test
  void deadLettersSayEachRecordsOwnPlaceAndTime() {
    try (Driven driven = Driven.withDefaults()) {
      List<ConsumerRecord<byte[], byte[]>> records = records(driven);
      driven.sendRaw(driven.topics.auth(), PolledTogether.of(records));
      List<DeadLetter> letters = driven.drain(driven.topics.deadLetters());
      assertThat(letters)
          .extracting(DeadLetter::getSourceOffset)
          .containsExactly(
              records.get(0).offset(), records.get(2).offset(), records.get(5).offset());
      assertThat(letters)
          .extracting(DeadLetter::getRecordTimestampMillis)
          .containsExactly(
              records.get(0).timestamp(), records.get(2).timestamp(), driven.now().toEpochMilli());
      assertThat(letters).extracting(DeadLetter::getSourceTopic).containsOnly("payments.auth");
      assertThat(letters).extracting(DeadLetter::getSourcePartition).containsOnly(PARTITION);
      assertThat(letters).extracting(DeadLetter::getValueLengthBytes).containsExactly(2L, -1L, 0L);
    }
  }

  @Test
  void cellsAreThoseOfTheRecordsOneByOne() {
    assertThat(totals(/* together= */ true)).isEqualTo(totals(/* together= */ false)).isNotEmpty();
  }

  @Test
  void manyOfAllFatesEndAsOneByOne() {
    assertThat(fates(/* together= */ true)).isEqualTo(fates(/* together= */ false));
  }

  private static List<Object> fates(boolean together) {
    try (Driven driven = Driven.withDefaults()) {
      SplittableRandom random = new SplittableRandom(20261120);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long now = driven.now().minus(Duration.ofSeconds(5)).toEpochMilli();
      for (int i = 0; i < 200; i++) {
        String id = "e" + random.nextInt(120);
        byte[] value =
            switch (random.nextInt(5)) {
              case 0 -> new byte[] {1, 2};
              case 1 -> frame(driven, driven.declined(id));
              case 2 ->
                  frame(
                      driven,
                      driven.step(id).setEventTime(driven.now().minus(Duration.ofDays(30))));
              default -> frame(driven, driven.step(id).setMethod("method-" + random.nextInt(9)));
            };
        add(records, now, value);
      }
      if (together) {
        driven.sendRaw(driven.topics.auth(), PolledTogether.of(records));
      } else {
        records.forEach(record -> driven.sendRaw(driven.topics.auth(), alone(record)));
      }
      IngestCounts counts = driven.counts(EventKind.AUTH);
      assertThat(counts.deadLettered()).isPositive();
      assertThat(counts.duplicates()).isPositive();
      return List.of(counts, driven.totals(EventKind.AUTH, Set.of()));
    }
  }

  @Test
  void aPollWithMoreValuesThanCanBeToldApartIsCountedAllTheSame() {
    int methods = 3 * SliceIndex.valuesMax(Dimension.METHOD);
    try (Driven driven = Driven.withDefaults()) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < methods; i++) {
        add(records, 1, frame(driven, driven.step("e" + i).setMethod("method-" + i)));
      }
      driven.sendRaw(driven.topics.auth(), PolledTogether.of(records));
      assertThat(driven.counts(EventKind.AUTH).accepted()).isEqualTo(methods);
      assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events())
          .isEqualTo(methods);
    }
  }

  private static Map<Slice, Tally> totals(boolean together) {
    try (Driven driven = Driven.withDefaults()) {
      List<ConsumerRecord<byte[], byte[]>> records = records(driven);
      if (together) {
        driven.sendRaw(driven.topics.auth(), PolledTogether.of(records));
      } else {
        records.forEach(record -> driven.sendRaw(driven.topics.auth(), alone(record)));
      }
      return driven.totals(EventKind.AUTH, Set.of());
    }
  }

  private static TestRecord<byte[], byte[]> alone(ConsumerRecord<byte[], byte[]> record) {
    return new TestRecord<>(record.key(), record.value());
  }

  /** Refused, accepted, refused, accepted, its duplicate, refused, accepted; gaps in offsets. */
  private static List<ConsumerRecord<byte[], byte[]>> records(Driven driven) {
    long now = driven.now().minus(Duration.ofSeconds(5)).toEpochMilli();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    add(records, now, new byte[] {1, 2});
    add(records, now + 1, frame(driven, driven.step("a")));
    add(records, now + 2, null);
    add(records, now + 3, frame(driven, driven.declined("b")));
    add(records, now + 4, frame(driven, driven.step("a")));
    add(records, -1, new byte[0]);
    add(records, now + 6, frame(driven, driven.step("c")));
    return records;
  }

  private static byte[] frame(Driven driven, PaymentStep.Builder step) {
    return RefusalsTest.frame(driven, step);
  }

  private static void add(
      List<ConsumerRecord<byte[], byte[]>> records, long timestamp, byte[] value) {
    records.add(
        new ConsumerRecord<>(
            "payments.auth",
            PARTITION,
            FIRST_OFFSET + OFFSET_STEP * (long) records.size(),
            timestamp,
            TimestampType.CREATE_TIME,
            -1,
            value == null ? -1 : value.length,
            null,
            value,
            new RecordHeaders(),
            Optional.empty()));
  }
}
