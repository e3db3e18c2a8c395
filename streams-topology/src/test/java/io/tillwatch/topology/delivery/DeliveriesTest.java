package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final RecordMetadata PLACE =
      new RecordMetadata() {
        @Override
        public String topic() {
          return "payments.auth";
        }

        @Override
        public int partition() {
          return 3;
        }

        @Override
        public long offset() {
          return 42;
        }
      };

  private final Serde<Deliveries> serde = Deliveries.serde();

  @Test
  void aRecordByItselfIsOneDeliveryFromWhereTheContextSays() {
    byte[] value = {1, 2};
    Deliveries one =
        serde
            .deserializer()
            .deserialize("payments.auth", new RecordHeaders(), value)
            .placedAt(PLACE, 7);
    assertThat(one.size()).isEqualTo(1);
    assertThat(one.topic()).isEqualTo("payments.auth");
    assertThat(one.partition()).isEqualTo(3);
    assertThat(one.offset(0)).isEqualTo(42);
    assertThat(one.timestamp(0)).isEqualTo(7);
    assertThat(Objects.requireNonNull(one.value(0)).bytes()).isSameAs(value);
  }

  @Test
  void aRecordWithoutValueIsOneDeliveryWithout() {
    Deliveries none = serde.deserializer().deserialize("payments.auth", null).placedAt(PLACE, 7);
    assertThat(none.size()).isEqualTo(1);
    assertThat(none.value(0)).isNull();
  }

  @Test
  void neverEmptyAndNeverWritten() {
    assertThatThrownBy(() -> new Deliveries(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serde.serializer().serialize("payments.auth", Deliveries.of("", null)))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
