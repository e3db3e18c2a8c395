package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Goal: a value says what it said when it was polled for as long as its deliveries are held, and
 * memory is used again after that. Method: polls and deliveries in a random order, each value a
 * function of its number.
 */
class ShelvesTest {

  private static final String AUTH = "payments.auth";
  private static final long SEED = 20261128;
  private static final int POLLS = 2_000;

  private final Shelves shelves = new Shelves(Set.of(AUTH));
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void valuesAreWhatTheyWereUntilTheirDeliveriesAreLetGo() {
    ArrayDeque<List<Integer>> numbers = new ArrayDeque<>();
    ArrayDeque<Deliveries> held = new ArrayDeque<>();
    int next = 0;
    for (int poll = 0; poll < POLLS; poll++) {
      List<Integer> polled = new ArrayList<>();
      List<ConsumerRecord<?, ?>> records = new ArrayList<>();
      for (int i = random.nextInt(1, 60); i > 0; i--) {
        polled.add(next);
        records.add(record(next, shelved(AUTH, bytes(next))));
        next++;
      }
      held.add(new Deliveries(records));
      numbers.add(polled);
      while (held.size() > random.nextInt(1, 6)) {
        boolean isOldest = random.nextBoolean();
        check(
            isOldest ? numbers.pollFirst() : numbers.pollLast(),
            isOldest ? held.pollFirst() : held.pollLast());
      }
    }
  }

  private static void check(@Nullable List<Integer> numbers, @Nullable Deliveries deliveries) {
    List<Integer> expected = Objects.requireNonNull(numbers);
    for (int i = 0; i < expected.size(); i++) {
      Value value = Objects.requireNonNull(deliveries).value(i);
      byte[] bytes = bytes(expected.get(i));
      assertThat(value == null ? null : value.copy())
          .as("value %d", expected.get(i))
          .isEqualTo(bytes);
    }
    Objects.requireNonNull(deliveries).letGo();
  }

  /** None, empty, usual, or longer than a shelf. */
  private static byte @Nullable [] bytes(int number) {
    SplittableRandom of = new SplittableRandom(number);
    byte[] bytes =
        switch (of.nextInt(200)) {
          case 0 -> new byte[0];
          case 1 -> new byte[Shelves.SHELF_BYTES + of.nextInt(9)];
          default -> new byte[of.nextInt(2_000)];
        };
    of.nextBytes(bytes);
    return of.nextInt(100) == 0 ? null : bytes;
  }

  private @Nullable Object shelved(String topic, byte @Nullable [] bytes) {
    ByteBuffer data = bytes == null ? null : ByteBuffer.wrap(bytes);
    return shelves.deserialize(topic, new RecordHeaders(), data);
  }

  private static ConsumerRecord<?, ?> record(int offset, @Nullable Object value) {
    return new ConsumerRecord<@Nullable Object, @Nullable Object>(AUTH, 0, offset, null, value);
  }

  @Test
  void valuesOfOtherTopicsAreArraysOfTheirOwn() {
    assertThat(shelved("tillwatch.cells", new byte[] {1, 2})).isEqualTo(new byte[] {1, 2});
    assertThat(shelved("tillwatch.cells", null)).isNull();
  }

  @Test
  void aBufferIsReadFromItsPositionAndLeftThere() {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {9, 9, 1, 2, 9}, 2, 2);
    Value value = (Value) shelves.deserialize(AUTH, new RecordHeaders(), data);
    assertThat(Objects.requireNonNull(value).copy()).containsExactly(1, 2);
    assertThat(data.position()).isEqualTo(2);
  }

  @Test
  void valuesThatComeAndGoMakeNoObject() {
    ByteBuffer data = ByteBuffer.wrap(new byte[220]);
    RecordHeaders headers = new RecordHeaders();
    for (int poll = 0; poll < 20; poll++) {
      turn(data, headers);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int poll = 0; poll < 20; poll++) {
      turn(data, headers);
    }
    // A holder per poll; an object per value alone would be 1,600,000 bytes.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000);
  }

  /** Five thousand values, of which every thousandth is delivered so that all shelves are held. */
  private void turn(ByteBuffer data, RecordHeaders headers) {
    List<ConsumerRecord<?, ?>> records = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Object value = shelves.deserialize(AUTH, headers, data);
      if (i % 1_000 == 0) {
        records.add(record(i, value));
      }
    }
    new Deliveries(records).letGo();
  }
}
