package io.tillwatch.triage.audit;

/**
 * Where a log is not what was written, or where nobody can tell.
 *
 * @param sequence the entry, or the one that is missing
 * @param place where it stands, or where the log ends
 * @param undecided whether it may as well have expired: nothing says that it was tampered with
 */
public record Finding(
    String tenant, long sequence, String place, String found, String expected, boolean undecided) {

  Finding(String tenant, long sequence, String place, String found, String expected) {
    this(tenant, sequence, place, found, expected, false);
  }

  @Override
  public String toString() {
    return "log of %s, entry %d, %s: found %s, expected %s"
        .formatted(tenant, sequence, place, found, expected);
  }
}
