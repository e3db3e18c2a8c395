package io.tillwatch.triage.wire;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps so many entries and lets go of those put in first. Not thread-safe. */
public final class Latest<K, V> extends LinkedHashMap<K, V> {

  @Serial private static final long serialVersionUID = 1;

  private final int entriesMax;

  /** An empty map for so many entries. */
  public Latest(int entriesMax) {
    this.entriesMax = entriesMax;
  }

  /** An empty map that threads may share. */
  public static <K, V> Map<K, V> shared(int entriesMax) {
    return Collections.synchronizedMap(new Latest<>(entriesMax));
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > entriesMax;
  }
}
