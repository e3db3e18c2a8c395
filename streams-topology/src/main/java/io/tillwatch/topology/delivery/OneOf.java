package io.tillwatch.topology.delivery;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some topics, asked for record by record: records come in batches of one. Thread-safe. */
final class OneOf {

  private final Set<String> topics;

  /** One of them, as it was last given. */
  private volatile @Nullable String latest;

  OneOf(Set<String> topics) {
    this.topics = Set.copyOf(topics);
  }

  @SuppressWarnings("ReferenceEquality") // a string that is equal only is looked up
  boolean contains(String topic) {
    if (topic == latest) {
      return true;
    }
    boolean contained = topics.contains(topic);
    if (contained) {
      latest = topic;
    }
    return contained;
  }
}
