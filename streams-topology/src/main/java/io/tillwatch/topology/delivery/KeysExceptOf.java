package io.tillwatch.topology.delivery;

import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Keys as bytes, but for these topics none: what nobody reads need not be copied. Thread-safe. */
final class KeysExceptOf implements Deserializer<byte[]> {

  private final Deserializer<byte[]> bytes = new ByteArrayDeserializer();
  private final OneOf topics;

  KeysExceptOf(Set<String> topics) {
    this.topics = new OneOf(topics);
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer key) {
    return topics.contains(topic) ? null : bytes.deserialize(topic, headers, key);
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] key) {
    return topics.contains(topic) ? null : key;
  }
}
