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
  private final Set<String> topics;

  /** One of the topics, as it was last given: records come in batches of one topic. */
  private volatile @Nullable String latest;

  KeysExceptOf(Set<String> topics) {
    this.topics = topics;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer key) {
    return isExcepted(topic) ? null : bytes.deserialize(topic, headers, key);
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] key) {
    return isExcepted(topic) ? null : key;
  }

  @SuppressWarnings("ReferenceEquality") // a string that is equal only is looked up
  private boolean isExcepted(String topic) {
    if (topic == latest) {
      return true;
    }
    boolean excepted = topics.contains(topic);
    if (excepted) {
      latest = topic;
    }
    return excepted;
  }
}
