package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Goal: nobody is taken for idle who has something to read, or has read what is not processed. */
class BacklogTest {

  private static final String TOPIC = "payments.auth";
  private static final TopicPartition THREE = new TopicPartition(TOPIC, 3);

  private long now;
  private final Backlog backlog = new Backlog(() -> now);
  private final Object reader = new Object();

  @Test
  void whereNobodyReadsNothingIsLeft() {
    assertThat(backlog.isDone(TOPIC, 3, 0)).isTrue();
    assertThat(backlog.handedTo(TOPIC, 3)).isEqualTo(-1);
  }

  @Test
  void untilTheBrokerHasSpokenThereMayBeMore() {
    backlog.begins(THREE, reader);
    assertThat(backlog.isDone(TOPIC, 3, -1)).isFalse();

    backlog.hasMore(THREE, false);
    assertThat(backlog.isDone(TOPIC, 3, -1)).as("an empty partition").isTrue();
  }

  @Test
  void whatTheBrokerHasIsLeft() {
    backlog.begins(THREE, reader);
    backlog.handedOver(THREE, 10);
    backlog.hasMore(THREE, true);

    assertThat(backlog.isDone(TOPIC, 3, 10)).isFalse();
  }

  @Test
  void whatWaitsToBeProcessedIsLeft() {
    backlog.begins(THREE, reader);
    backlog.hasMore(THREE, false);
    backlog.handedOver(THREE, 10);

    assertThat(backlog.handedTo(TOPIC, 3)).isEqualTo(10);
    assertThat(backlog.isDone(TOPIC, 3, 9)).isFalse();
    assertThat(backlog.isDone(TOPIC, 3, 10)).isTrue();
    assertThat(backlog.isDone(TOPIC, 4, -1)).as("another partition").isTrue();
  }

  @Test
  void whatIsReadElsewhereIsNoBacklogHere() {
    backlog.begins(THREE, reader);
    backlog.handedOver(THREE, 10);
    backlog.ends(THREE, reader);
    backlog.handedOver(THREE, 12);

    assertThat(backlog.isDone(TOPIC, 3, 0)).isTrue();
  }

  @Test
  void whatCannotBeReadIsNotWaitedForForEver() {
    backlog.begins(THREE, reader);
    backlog.hasMore(THREE, true);
    backlog.handedOver(THREE, 10);
    now += Backlog.UNREADABLE_AFTER.toNanos() - 1;
    backlog.hasMore(THREE, true);
    assertThat(backlog.isDone(TOPIC, 3, 10)).isFalse();

    now++;
    backlog.hasMore(THREE, true);
    assertThat(backlog.isDone(TOPIC, 3, 10)).isTrue();
    assertThat(backlog.isDone(TOPIC, 3, 9)).as("with something to process").isFalse();

    backlog.handedOver(THREE, 11);
    assertThat(backlog.isDone(TOPIC, 3, 11)).as("once it comes again").isFalse();
  }

  @Test
  void whoWaitsForItsTurnCanBeRead() {
    backlog.begins(THREE, reader);
    backlog.hasMore(THREE, true);
    now += Backlog.UNREADABLE_AFTER.toNanos();
    backlog.waitsBehindOthers(THREE);
    backlog.hasMore(THREE, true);
    assertThat(backlog.isDone(TOPIC, 3, -1)).isFalse();

    now += Backlog.UNREADABLE_AFTER.toNanos();
    backlog.hasMore(THREE, true);
    assertThat(backlog.isDone(TOPIC, 3, -1)).isTrue();
  }

  @Test
  void aTurnThatNeverComesIsNotWaitedForForEver() {
    backlog.begins(THREE, reader);
    now += Backlog.BEHIND_OTHERS_MAX.toNanos() - 1;
    backlog.waitsBehindOthers(THREE);
    assertThat(backlog.isDone(TOPIC, 3, -1)).isFalse();

    now++;
    backlog.waitsBehindOthers(THREE);
    assertThat(backlog.isDone(TOPIC, 3, -1)).isTrue();
    backlog.waitsBehindOthers(THREE);
    assertThat(backlog.isDone(TOPIC, 3, -1)).as("until something comes").isTrue();
  }

  @Test
  void aLongSilenceBeforeSomethingCameIsNotHeldAgainstIt() {
    backlog.begins(THREE, reader);
    backlog.hasMore(THREE, false);
    now += 10 * Backlog.UNREADABLE_AFTER.toNanos();
    backlog.hasMore(THREE, true);

    assertThat(backlog.isDone(TOPIC, 3, -1)).isFalse();
  }

  @Test
  void whoHasLostThePartitionDoesNotEndItForTheNextReader() {
    backlog.begins(THREE, reader);
    backlog.begins(THREE, new Object());
    backlog.ends(THREE, reader);

    assertThat(backlog.isDone(TOPIC, 3, 0)).isFalse();
  }
}
