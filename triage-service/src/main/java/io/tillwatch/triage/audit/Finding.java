package io.tillwatch.triage.audit;

/**
 * Where a log is not what was written.
 *
 * @param sequence the entry, or the one that is missing
 * @param place where it stands, or where the log ends
 */
public record Finding(String tenant, long sequence, String place, String found, String expected) {

  @Override
  public String toString() {
    return "log of %s, entry %d, %s: found %s, expected %s"
        .formatted(tenant, sequence, place, found, expected);
  }
}
