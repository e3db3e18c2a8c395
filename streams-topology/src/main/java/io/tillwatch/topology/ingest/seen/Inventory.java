package io.tillwatch.topology.ingest.seen;

/** What one task holds, kept up by all who add to it or take from it. */
final class Inventory {

  private final long idsMax;
  private long idsInMemory;
  private long idsSpilled;
  private long filterBytes;
  private long runReads;
  private long falseHits;

  Inventory(long idsMax) {
    this.idsMax = idsMax;
  }

  void inMemory(long ids) {
    idsInMemory += ids;
  }

  void spilled(long ids) {
    idsSpilled += ids;
  }

  void filters(long bytes) {
    filterBytes += bytes;
  }

  void runRead(boolean falseHit) {
    runReads++;
    falseHits += falseHit ? 1 : 0;
  }

  /** Filters count as the ids whose room they take. */
  boolean isFull() {
    return idsInMemory + filterBytes / DedupeSettings.BYTES_PER_ID >= idsMax;
  }

  /** Filters may have half of the room: without any, ids would have to be read for every event. */
  boolean hasTooManyFilters() {
    return filterBytes / DedupeSettings.BYTES_PER_ID > idsMax / 2;
  }

  /** Whether so many ids are worth spilling before those of younger slots. */
  boolean isWorthSpilling(long ids) {
    return ids >= idsMax / 8;
  }

  SeenCounts counts() {
    return new SeenCounts(idsInMemory, idsSpilled, filterBytes, runReads, falseHits);
  }
}
