package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;

/** The switched-off dedupe. */
final class Unremembering implements Dedupe {

  @Override
  public int expect(EventKind kind, byte[] bytes, int idFrom, int idLength) {
    return 0;
  }

  @Override
  public Seen look(int expected, long eventTimeMillis, Value value) {
    return Seen.NEW;
  }

  @Override
  public void prepare() {
    // Nothing is looked up.
  }

  @Override
  public void remember() {
    // There is nothing to keep.
  }

  @Override
  public void commit() {
    // There is nothing to store.
  }

  @Override
  public SeenCounts counts() {
    return SeenCounts.NONE;
  }
}
