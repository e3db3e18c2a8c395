package io.tillwatch.triage.audit;

import java.util.Optional;

/**
 * What came of looking at one chain of model calls.
 *
 * @param rows how many it has
 * @param unfinished attempts that were sent and whose end is not on record
 * @param finding the first thing that is wrong
 */
public record ChainAudit(String chain, long rows, int unfinished, Optional<Finding> finding) {

  /** Whether nothing is wrong. */
  public boolean whole() {
    return finding.isEmpty();
  }
}
