package io.tillwatch.topology.delivery;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Takes deliveries out of the headers they travel in. Thread-safe. */
final class DeliveriesDeserializer implements Deserializer<Deliveries> {

  @Override
  public Deliveries deserialize(String topic, Headers headers, byte @Nullable [] value) {
    return headers instanceof DeliveryHeaders carrier
        ? carrier.deliveries()
        : Deliveries.of(topic, value);
  }

  @Override
  public Deliveries deserialize(String topic, byte @Nullable [] value) {
    return Deliveries.of(topic, value);
  }
}
