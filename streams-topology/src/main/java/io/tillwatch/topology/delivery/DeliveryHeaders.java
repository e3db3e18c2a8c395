package io.tillwatch.topology.delivery;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Carries deliveries through the queues of Kafka Streams to the deserializer of the source, which
 * is given the headers by reference. As headers they are empty, and stay so.
 */
final class DeliveryHeaders implements Headers {

  private static final Header[] NONE = {};

  private final Deliveries deliveries;

  DeliveryHeaders(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public Headers add(Header header) {
    throw closed();
  }

  @Override
  public Headers add(String key, byte[] value) {
    throw closed();
  }

  @Override
  public Headers remove(String key) {
    throw closed();
  }

  @Override
  public @Nullable Header lastHeader(String key) {
    return null;
  }

  @Override
  public Iterable<Header> headers(String key) {
    return List.of();
  }

  @Override
  public Header[] toArray() {
    return NONE;
  }

  @Override
  public Iterator<Header> iterator() {
    return Collections.emptyIterator();
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the headers of deliveries are empty and stay so");
  }
}
