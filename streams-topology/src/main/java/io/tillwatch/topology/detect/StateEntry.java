package io.tillwatch.topology.detect;

import org.jspecify.annotations.Nullable;

/**
 * One change of a watch's memory: to be stored in the same transaction as the findings.
 *
 * @param key unique within one watch
 * @param value the new bytes; null when the key is to be deleted
 */
@SuppressWarnings("ArrayRecordComponent") // handed to a key-value store, never compared
public record StateEntry(String key, byte @Nullable [] value) {

  /** The same with a longer key. */
  StateEntry under(String prefix) {
    return new StateEntry(prefix + key, value);
  }
}
