package io.tillwatch.triage.audit;

import java.util.Optional;

/**
 * What came of looking at one tenant's log.
 *
 * @param first sequence of its first entry; 0 when it has none
 * @param last sequence of its last entry; 0 when it has none
 * @param lastHash its hash; keep it elsewhere
 * @param headsMet heads that were published and that the log agrees with
 * @param expired why it may begin later than with its first entry; empty when it does not
 * @param finding the first thing that is wrong
 */
public record TenantAudit(
    String tenant,
    long first,
    long last,
    String lastHash,
    int headsMet,
    String expired,
    Optional<Finding> finding) {

  /** Whether nothing is wrong. */
  public boolean whole() {
    return finding.isEmpty();
  }
}
