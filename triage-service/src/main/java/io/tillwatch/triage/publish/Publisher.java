package io.tillwatch.triage.publish;

import io.tillwatch.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * Puts a record on a topic, for good. Thread-safe.
 *
 * <p>A record whose write was given up may be there all the same: readers recognise it by its id.
 */
public interface Publisher {

  /**
   * Returns when the record is on all replicas in sync.
   *
   * @throws NotPublished when it is not known to be
   */
  <V extends SpecificRecord> void publish(Topic<String, V> topic, String key, V value)
      throws NotPublished;
}
