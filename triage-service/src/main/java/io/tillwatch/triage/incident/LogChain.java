package io.tillwatch.triage.incident;

import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.wire.FieldHash;
import java.util.List;
import java.util.Optional;

/**
 * The chain of the incident log: each entry's hash covers its own fields and the hash before it.
 *
 * <p>The hash is SHA-256 over the entry's fields in the order of the schema, all but the hash
 * itself: texts as UTF-8 with their length in bytes before them (4 bytes), whole numbers as 8
 * bytes, both big-endian, times as epoch milliseconds. Changing, removing, adding or swapping an
 * entry breaks the chain at that place. What the chain cannot show is that its end was cut off:
 * compare the last hash with one kept elsewhere.
 */
public final class LogChain {

  /** What is wrong with a log, and where. */
  public record Break(long sequence, String found, String expected) {
    @Override
    public String toString() {
      return "log entry %d: found %s, expected %s".formatted(sequence, found, expected);
    }
  }

  private LogChain() {}

  /** The hash of an entry, whatever its own hash field says. */
  public static String hash(IncidentLogEntry entry) {
    return new FieldHash()
        .text(entry.getIncidentId())
        .text(entry.getTenant())
        .number(entry.getSequence())
        .number(entry.getAt().toEpochMilli())
        .text(entry.getEvent().name())
        .number(entry.getRevision())
        .text(entry.getAuthor())
        .text(entry.getText())
        .text(entry.getPreviousHash())
        .hex();
  }

  /**
   * Checks a part of a tenant's log.
   *
   * @param entries in the order of the log; the first may be any, its previous hash is taken as it
   *     is unless it is entry 1
   * @return the first break, empty when there is none
   */
  public static Optional<Break> verify(List<IncidentLogEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      IncidentLogEntry entry = entries.get(i);
      Optional<Break> broken = i == 0 ? checkFirst(entry) : checkNext(entries.get(i - 1), entry);
      if (broken.isEmpty() && !entry.getHash().equals(hash(entry))) {
        broken = Optional.of(new Break(entry.getSequence(), entry.getHash(), hash(entry)));
      }
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private static Optional<Break> checkFirst(IncidentLogEntry first) {
    return first.getSequence() == 1 && !first.getPreviousHash().isEmpty()
        ? Optional.of(new Break(1, "a hash before", "none before the first entry"))
        : Optional.empty();
  }

  private static Optional<Break> checkNext(IncidentLogEntry before, IncidentLogEntry entry) {
    if (entry.getSequence() != before.getSequence() + 1) {
      return Optional.of(
          new Break(
              entry.getSequence(), "this sequence", "sequence " + (before.getSequence() + 1)));
    }
    return entry.getPreviousHash().equals(before.getHash())
        ? Optional.empty()
        : Optional.of(
            new Break(
                entry.getSequence(), "previous hash " + entry.getPreviousHash(), before.getHash()));
  }
}
