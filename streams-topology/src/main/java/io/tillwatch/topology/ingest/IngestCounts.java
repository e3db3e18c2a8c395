package io.tillwatch.topology.ingest;

import java.nio.ByteBuffer;

/**
 * What became of the records of one kind: each is exactly one of accepted, duplicate, late and dead
 * lettered, so these four add up to the records received.
 *
 * @param conflicts duplicates whose value was another one
 * @param redacted attributes and names of accepted events that were left out for what they hold
 * @param maxEventTimeMillis newest accepted event time; 0 before the first
 */
public record IngestCounts(
    long accepted,
    long duplicates,
    long late,
    long deadLettered,
    long conflicts,
    long redacted,
    long maxEventTimeMillis) {

  /** Nothing received yet. */
  public static final IngestCounts NONE = new IngestCounts(0, 0, 0, 0, 0, 0, 0);

  private static final int LONGS = 7;

  /** All records. */
  public long received() {
    return accepted + duplicates + late + deadLettered;
  }

  /** These and those of another partition. */
  public IngestCounts plus(IngestCounts other) {
    return new IngestCounts(
        accepted + other.accepted,
        duplicates + other.duplicates,
        late + other.late,
        deadLettered + other.deadLettered,
        conflicts + other.conflicts,
        redacted + other.redacted,
        Math.max(maxEventTimeMillis, other.maxEventTimeMillis));
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(LONGS * Long.BYTES)
        .putLong(accepted)
        .putLong(duplicates)
        .putLong(late)
        .putLong(deadLettered)
        .putLong(conflicts)
        .putLong(redacted)
        .putLong(maxEventTimeMillis)
        .array();
  }

  /** The counts as the ledger stores them. */
  public static IngestCounts of(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new IngestCounts(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }
}
