package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;

/** The switched-off dedupe. */
final class Unremembering implements Dedupe {

  @Override
  public Seen look(
      EventKind kind, byte[] bytes, int idFrom, int idLength, long eventTimeMillis, byte[] value) {
    return Seen.NEW;
  }

  @Override
  public void expect(EventKind kind, byte[] bytes, int idFrom, int idLength) {
    // Nothing is looked up.
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
