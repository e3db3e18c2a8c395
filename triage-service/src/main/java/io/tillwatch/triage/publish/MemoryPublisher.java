package io.tillwatch.triage.publish;

import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The twin without a cluster: remembers the latest {@link #REMEMBERED_MAX} records. */
public final class MemoryPublisher implements Publisher {

  /** Records kept, a few KiB each; the oldest goes first. */
  public static final int REMEMBERED_MAX = 1_000;

  private final Deque<Published> published = new ArrayDeque<>();

  /** One record. */
  public record Published(String topic, String key, SpecificRecord value) {}

  @Override
  public synchronized <V extends SpecificRecord> void publish(
      Topic<String, V> topic, String key, V value) {
    if (published.size() == REMEMBERED_MAX) {
      published.removeFirst();
    }
    published.addLast(new Published(topic.name(), key, value));
  }

  /** What was published, oldest first. */
  public synchronized List<Published> published() {
    return List.copyOf(published);
  }

  /** The values of one type, oldest first. */
  public <V extends SpecificRecord> List<V> values(Class<V> type) {
    return published().stream()
        .map(Published::value)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
