package io.tillwatch.topology.ingest.seen;

/**
 * What the dedupe of one task holds.
 *
 * @param idsInMemory ids in tables
 * @param idsSpilled ids of which only a filter is in memory
 * @param filterBytes size of those filters
 * @param runReads reads of spilled ids from the store
 * @param falseHits those of them that a filter had not ruled out although the id was not there
 */
public record SeenCounts(
    long idsInMemory, long idsSpilled, long filterBytes, long runReads, long falseHits) {

  /** Nothing. */
  public static final SeenCounts NONE = new SeenCounts(0, 0, 0, 0, 0);
}
